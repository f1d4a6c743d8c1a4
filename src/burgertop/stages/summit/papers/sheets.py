"""The sheet of each table host: what is asked, who will sit there by first name, and what they need. No features."""

from collections import Counter, defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from burgertop.foundation.texts import base_of, direction_of
from burgertop.stages.summit.models import Round, StaffRole, Table
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.lists import needs_words
from burgertop.stages.summit.papers.writing import Writing, languages_of, plain, speaking
from burgertop.stages.summit.queries.papers import Guest

__all__ = ["write_host_sheets"]


def write_host_sheets(writing: Writing) -> dict[str, object]:
    """A sheet for each table that is open, in its first language."""
    at: dict[tuple[int, int], list[Guest]] = defaultdict(list)
    for guest in writing.hall.guests:
        for number, table in guest.tables.items():
            at[number, table].append(guest)
    sheets = [_sheet(writing, table, at) for table in writing.hall.tables if table.closed_at is None]
    return {**writing.head(str(Paper.HOST_SHEETS.label)), "sheets": sheets}


def _sheet(writing: Writing, table: Table, at: dict[tuple[int, int], list[Guest]]) -> dict[str, object]:
    process = writing.hall.stage.process
    with speaking(next(iter(table.languages), writing.language)) as spoken:
        return {
            "lang": spoken,
            "rtl": False,
            "head": pgettext("on paper", "Table %(number)s") % {"number": table.number},
            "facts": _facts(writing, table),
            "phone": _("Hall desk: %(phone)s") % {"phone": process.phone} if process.phone else "",
            "rule_head": _("Three rules"),
            "rules": [
                _("Everybody speaks once before anybody speaks twice."),
                _("One proposal is one card. Read it back to the table, and ask: is this what you mean? Then send it."),
                _("Who does not agree may say so on a card too. Do not talk anybody round."),
            ],
            "rounds": [_round(writing, table, one, at[one.number, table.number]) for one in writing.hall.rounds],
        }


def _facts(writing: Writing, table: Table) -> list[str]:
    facts = [_("Languages: %(languages)s") % {"languages": languages_of(table.languages)}]
    if table.interpreter_languages:
        said = _("With an interpreter: %(languages)s")
        facts.append(said % {"languages": languages_of(table.interpreter_languages)})
    hosts = [
        one.staff.name
        for one in writing.hall.helpers
        if one.staff.role == StaffRole.FACILITATOR and one.table == table.number
    ]
    facts.append(_("Table host: %(name)s") % {"name": ", ".join(hosts) or "……………………………………"})
    if table.has_hearing_loop:
        facts.append(_("This table has a hearing loop."))
    return facts


def _round(writing: Writing, table: Table, round_: Round, guests: list[Guest]) -> dict[str, object]:
    interpreters = [
        one.staff.name
        for one in writing.hall.helpers
        if one.staff.role == StaffRole.INTERPRETER and table.number in (one.tables.get(round_.number), one.table)
    ]
    head = [pgettext("on paper", "Round %(number)s") % {"number": round_.number}]
    if interpreters:
        head.append(_("interpreter: %(name)s") % {"name": ", ".join(interpreters)})
    return {
        "head": " · ".join(head),
        "questions": _questions(table, round_),
        "nobody": _("Nobody has a seat here in this round."),
        "columns": [_("First name"), _("Languages"), _("Needs")],
        "people": _people(writing, guests),
    }


def _questions(table: Table, round_: Round) -> list[dict[str, object]]:
    """The question in every language of the table; one that is not translated stands there once."""
    said = [round_.say("question", tag) for tag in table.spoken]
    once = {str(one): one for one in said if str(one)}
    return [
        {"words": words, "lang": base_of(one.language), "rtl": direction_of(one.language) == "rtl"}
        for words, one in once.items()
    ]


def _people(writing: Writing, guests: list[Guest]) -> list[dict[str, str]]:
    """First names; where two are the same, the first letter of the family name helps."""
    ordered = sorted(guests, key=lambda one: plain(writing.name_of(one, "given_name")))
    same = Counter(writing.name_of(one, "given_name") for one in ordered)
    rows = []
    for one in ordered:
        name = writing.name_of(one, "given_name")
        family = writing.names.get(one.participant.pk, {}).get("family_name", "")
        name = f"{name} {family[:1]}." if same[name] > 1 and family else name
        needs = ", ".join([*needs_words(one), *([] if one.may_be_in_photos else [pgettext("badge", "No photos")])])
        rows.append({"name": name, "languages": languages_of(one.speaks), "needs": needs})
    return rows

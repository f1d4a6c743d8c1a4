"""The lists of the day: doors, wall, interpreters, caterer, child care, access and travel, photographers."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from burgertop.stages.lottery.models import Diet
from burgertop.stages.summit.models import StaffRole
from burgertop.stages.summit.papers.grids import Column, Grid, Row, Section
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.writing import Writing, languages_of, plain
from burgertop.stages.summit.queries.papers import Guest, Helper

__all__ = ["GRIDS", "needs_words", "write_list"]

FEW_ROUNDS = 4


def write_list(writing: Writing, grid: Grid) -> dict[str, object]:
    """A list as it goes to the press."""
    head = writing.head(grid.title)
    foot = [f"{head['made']}."]
    if writing.names:
        foot.append(_("It names people: shred it after the day."))
    return {
        **head,
        "head": f"{writing.process_in(writing.language)} · {grid.title}",
        "foot": " ".join(foot),
        "page": pgettext("on paper", "Page"),
        "large": grid.is_large,
        "landscape": grid.is_wide,
        "intro": list(grid.intro),
        "sections": [_section(one) for one in grid.sections],
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "head": section.head,
        "texts": list(section.texts),
        "breaks": section.breaks,
        "flow": section.flow,
        "columns": [{"name": one.name, "width": one.width, "kind": one.kind} for one in section.columns],
        "rows": [{"key": row.key, "cells": [str(cell) for cell in row.cells]} for row in section.rows],
    }


def _round_heads(writing: Writing) -> str:
    numbers = [str(one.number) for one in writing.hall.rounds]
    if not numbers:
        return _("Tables")
    return _("Tables in rounds %(first)s to %(last)s") % {"first": numbers[0], "last": numbers[-1]}


def _by_name(writing: Writing, guests: Sequence[Guest]) -> list[Guest]:
    return sorted(guests, key=lambda one: plain(writing.name_of(one, "family_name", "given_name")))


def _people(count: int) -> str:
    said = ngettext("%(people)s person.", "%(people)s people.", count) % {"people": count}
    return said if count else _("Nobody.")


# At the doors and on the wall -------------------------------------------------------------


def door_list(writing: Writing, shares: int = 1) -> Grid:
    """Everybody by family name; in as many parts of the alphabet as there are doors to share it."""
    guests = _by_name(writing, writing.hall.guests)
    columns = [
        Column(_("Here"), 11, "box"),
        Column(_("Family name"), 0.5, "strong"),
        Column(_("First name"), 0.4),
        Column(_("Badge"), 16),
        Column(_round_heads(writing), 0.5),
        Column(_("Time"), 20, "line"),
    ]
    size = -(-len(guests) // shares) if guests else 1
    sections = []
    for place in range(0, max(len(guests), 1), size):
        rows = [_door_row(writing, one) for one in guests[place : place + size]]
        head = f"{rows[0].key}–{rows[-1].key}" if shares > 1 and rows else ""
        sections.append(Section(head, columns, rows, breaks=place > 0))
    people = len(guests)
    intro = [_people(people)]
    intro.append(_("Tick the box and write the time. Type the list in at the desk when the network is back."))
    return Grid(str(Paper.DOOR_LIST.label), intro, sections, first_head=_("Part") if shares > 1 else "")


def _door_row(writing: Writing, guest: Guest) -> Row:
    family, given = writing.name_of(guest, "family_name"), writing.name_of(guest, "given_name")
    letter = plain(family)[:1].upper()
    return Row(("", family, given if given != family else "", guest.mark, writing.tables_of(guest), ""), letter)


def find_list(writing: Writing) -> Grid:
    """For the wall: the first signs of a badge and its tables; nobody is named."""
    numbers = [str(one.number) for one in writing.hall.rounds]
    columns = [
        Column(_("Badge"), 22, "strong"),
        *(Column(pgettext("on paper", "Round %(number)s") % {"number": one}, 0.1) for one in numbers),
    ]
    if len(numbers) > FEW_ROUNDS:
        columns = [columns[0], *(Column(one, 0.1) for one in numbers)]
    rows = [
        Row((one.mark, *(table for _round, table in writing.seats_of(one))), one.mark[:1])
        for one in writing.hall.guests
    ]
    intro = [_("Look for the signs in bold on your badge. Behind them: your table in each round.")]
    flow = 2 if len(numbers) <= FEW_ROUNDS else 1
    return Grid(str(Paper.FIND_LIST.label), intro, [Section("", columns, rows, flow=flow)], is_large=True)


# Interpreters -------------------------------------------------------------------------------


def rota(writing: Writing) -> Grid:
    """Each interpreter with a table or a break in each round; then where an interpreter is missing."""
    interpreters = [one for one in writing.hall.helpers if one.staff.role == StaffRole.INTERPRETER]
    columns = [Column(_("Round"), 18), Column(_("Table"), 18, "strong"), Column(_("Languages"), 0.5)]
    sections = [Section(one.staff.name, columns, _turns(writing, one)) for one in interpreters]
    if lacking := _lacking(writing, interpreters):
        sections.append(Section(_("Nobody interprets here yet"), columns, lacking))
    if not sections:
        sections = [Section("", columns, [])]
    intro = [_("A break is a break: nobody interprets for hours on end.")]
    return Grid(str(Paper.ROTA.label), intro, sections, first_head=_("Name"))


def _turns(writing: Writing, helper: Helper) -> list[Row]:
    tables = {one.number: one for one in writing.hall.tables}
    rows = []
    for round_ in writing.hall.rounds:
        number = helper.tables.get(round_.number, helper.table)
        if number is None or number not in tables:
            rows.append(Row((round_.number, "–", _("break"))))
        else:
            spoken = tables[number].interpreter_languages or tables[number].languages
            rows.append(Row((round_.number, number, languages_of(spoken))))
    return rows


def _lacking(writing: Writing, interpreters: Sequence[Helper]) -> list[Row]:
    covered = {(number, table) for one in interpreters for number, table in one.tables.items()}
    covered |= {(round_.number, one.table) for one in interpreters if one.table for round_ in writing.hall.rounds}
    return [
        Row((round_.number, table.number, languages_of(table.interpreter_languages)))
        for round_ in writing.hall.rounds
        for table in writing.hall.tables
        if table.interpreter_languages and table.closed_at is None and (round_.number, table.number) not in covered
    ]


# Meals, children, access ---------------------------------------------------------------------


def catering(writing: Writing) -> Grid:
    """How many meals of each kind; and where those sit who have an allergy, by first name."""
    guests = writing.hall.guests
    told = Counter(_diet(one) for one in guests)
    meals = [Row((str(diet.label), told[diet])) for diet in Diet if diet != Diet.ALLERGY]
    meals += [Row((_("an allergy, see below"), told[Diet.ALLERGY])), Row((_("All"), len(guests)))]
    allergic = _by_name(writing, [one for one in guests if _diet(one) == Diet.ALLERGY])
    where = [
        Row((writing.name_of(one, "given_name"), one.mark, writing.tables_of(one), str(one.needs.get("note", ""))))
        for one in allergic
    ]
    tables = Column(_round_heads(writing), 0.5)
    badge = Column(_("Badge"), 18)
    columns = [Column(_("Eats"), 0.5, "strong"), Column(_("Meals"), 30)]
    names = [Column(_("First name"), 0.3, "strong"), badge, tables, Column(_("What they told us"), 0.5)]
    intro = [_("For each meal of the day.")]
    if staff := len(writing.hall.helpers):
        more = ngettext("And %(staff)s person of the staff.", "And %(staff)s people of the staff.", staff)
        intro.append(more % {"staff": staff})
    nobody = [] if where else [_("Nobody told us of one.")]
    sections = [
        Section(_("Meals"), columns, meals),
        Section(_("Allergies: ask each of them"), names, where, texts=nobody),
    ]
    each = [Row((one.mark, str(_diet(one).label), writing.tables_of(one))) for one in guests]
    return Grid(
        str(Paper.CATERING.label), intro, sections, for_file=Section("", [badge, Column(_("Eats")), tables], each)
    )


def child_care(writing: Writing) -> Grid:
    """How many children, whose, and where the parents are."""
    parents = [one for one in writing.hall.guests if _number(one.needs.get("children"))]
    rows = [
        Row(
            (
                writing.name_of(one, "given_name", "family_name"),
                _number(one.needs.get("children")),
                writing.names.get(one.participant.pk, {}).get("phone", ""),
                languages_of(one.speaks),
                writing.tables_of(one),
                *("", ""),
            )
        )
        for one in _by_name(writing, parents)
    ]
    columns = [
        *(Column(_("Parent"), 0.4, "strong"), Column(_("Children"), 18), Column(_("Phone"), 0.3)),
        *(Column(_("Languages"), 0.3), Column(_round_heads(writing), 0.4)),
        *(Column(_("Names and ages"), 0.5, "line"), Column(_("Fetched at"), 22, "line")),
    ]
    children = sum(_number(one.needs.get("children")) for one in parents)
    said = ngettext("%(children)s child.", "%(children)s children.", children) % {"children": children}
    intro = [said if children else _("No child is announced.")]
    intro.append(_("Names and ages are not asked beforehand: write them down with the parents."))
    return Grid(str(Paper.CHILD_CARE.label), intro, [Section("", columns, rows)], is_wide=True)


def access(writing: Writing) -> Grid:
    """Who needs something to get here and to take part: for the desk and for whoever arranges the travel."""
    rows = []
    for one in _by_name(writing, writing.hall.guests):
        words = needs_words(one)
        if one.needs.get("travel"):
            words = [*words, _("help with travel")]
        note = str(one.needs.get("note", ""))
        if words or note:
            fields = writing.names.get(one.participant.pk, {})
            where = ", ".join(fields[name] for name in ("municipality", "phone") if fields.get(name))
            name = writing.name_of(one, "given_name", "family_name")
            rows.append(Row((name, one.mark, ", ".join(words), note, where, writing.tables_of(one))))
    columns = [
        *(Column(_("Name"), 0.4, "strong"), Column(_("Badge"), 18), Column(_("Needs"), 0.5)),
        *(Column(_("What they told us"), 0.5), Column(_("Town and phone"), 0.4), Column(_round_heads(writing), 0.4)),
    ]
    intro = [_people(len(rows))]
    return Grid(str(Paper.ACCESS.label), intro, [Section("", columns, rows)], is_wide=True)


def photographers(writing: Writing) -> Grid:
    """At which tables somebody is in no photo, round by round; no name, for the badge tells who."""
    columns = [
        *(Column(_("Table"), 16, "strong"), Column(_("People"), 18), Column(_("No photos"), 22)),
        Column(_("Badges that begin with"), 0.9),
    ]
    sections = []
    for round_ in writing.hall.rounds:
        at: dict[int, list[Guest]] = defaultdict(list)
        for guest in writing.hall.guests:
            if round_.number in guest.tables:
                at[guest.tables[round_.number]].append(guest)
        rows = []
        for table, guests in sorted(at.items()):
            marks = [one.mark for one in guests if not one.may_be_in_photos]
            if marks:
                rows.append(Row((table, len(guests), len(marks), "  ".join(marks))))
        free = [str(table) for table, guests in sorted(at.items()) if all(one.may_be_in_photos for one in guests)]
        all_agree = [_("Everybody agreed at tables %(tables)s.") % {"tables": ", ".join(free)}] if free else []
        head = pgettext("on paper", "Round %(number)s") % {"number": round_.number}
        sections.append(Section(head, columns, rows, texts=all_agree))
    intro = [
        _("Whoever wants no photo wears an orange dot with a camera struck through, and these words, on the badge."),
        _("People change places and change their minds: look at the badge, and in doubt ask. A no counts at once."),
    ]
    return Grid(str(Paper.PHOTOGRAPHERS.label), intro, sections, first_head=_("Round"))


def needs_words(guest: Guest) -> list[str]:
    """What somebody needs at a table; nothing of what they eat, earn or are."""
    words = {
        "interpreter": pgettext("need", "interpreter"),
        "sign_language": pgettext("need", "sign language"),
        "step_free": pgettext("need", "no steps"),
        "hearing_loop": pgettext("need", "hearing loop"),
        "large_print": pgettext("need", "large print"),
    }
    return [said for name, said in words.items() if guest.needs.get(name)]


def _diet(guest: Guest) -> Diet:
    """What somebody eats; a word that we do not know is everything."""
    told = guest.needs.get("diet", "")
    return Diet(told) if told in Diet.values else Diet.ANYTHING


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


GRIDS: dict[Paper, Callable[[Writing], Grid]] = {
    Paper.DOOR_LIST: door_list,
    Paper.FIND_LIST: find_list,
    Paper.ROTA: rota,
    Paper.CATERING: catering,
    Paper.CHILD_CARE: child_care,
    Paper.ACCESS: access,
    Paper.PHOTOGRAPHERS: photographers,
}

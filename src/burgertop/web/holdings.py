"""What is held about one person, class by class: the same for page, print and the copy to take along."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Field, ForeignKey, Model, OneToOneField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.foundation.codes.models import Code
from burgertop.foundation.codes.queries import codes_of
from burgertop.foundation.draws.models import Member
from burgertop.foundation.draws.queries import places_of_person
from burgertop.foundation.people.models import Consent, Identity, Opening, Participant
from burgertop.foundation.people.queries import consents_of, openings_of
from burgertop.foundation.people.vault import VaultError, open_identity
from burgertop.foundation.post.models import Sending
from burgertop.foundation.post.queries import sent_to
from burgertop.foundation.retention import Retention, retention_of
from burgertop.stages.lottery.actions import Reason
from burgertop.stages.lottery.models import Look, Reply
from burgertop.stages.lottery.queries import replies_of
from burgertop.stages.panel.models import PanelSeat
from burgertop.stages.panel.queries import panel_seats_of
from burgertop.stages.summit.models import Arrival, Badge, DoorLook, Scan, Seat, SeatMove, SeatRule, Staff
from burgertop.stages.summit.papers.kinds import Look as HallLook
from burgertop.stages.summit.queries.doors import arrivals_of_person, badges_of_person, scans_of_person
from burgertop.stages.summit.queries.roster import hall_seats_of, known_by, moves_of, seat_rules_of
from burgertop.web.feature_words import draw_words, feature_words, value_words_of_one
from burgertop.web.templatetags.house import language_name

__all__ = ["FIELD_WORDS", "Fact", "Holding", "copy_of", "held_of", "reason_words"]

FIELD_WORDS: dict[str, str | Promise] = {
    "given_name": _("First name"),
    "family_name": _("Family name"),
    "address": _("Address"),
    "postcode": _("Postcode"),
    "municipality": _("Town"),
    "phone": _("Phone"),
    "mail": _("E-mail"),
    "birth_year": _("Year of birth"),
}
DESCRIBED = {Member, Consent, Sending, Seat, SeatMove, SeatRule, Staff, Arrival, Scan, Badge, PanelSeat}
RowT = TypeVar("RowT")
Value = str | int | datetime | date | Promise


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is held: its name and value for a program, its words for a person."""

    name: str
    label: str | Promise
    value: Value
    raw: str = ""

    @property
    def is_moment(self) -> bool:
        """Whether it is a moment."""
        return isinstance(self.value, datetime)


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held of one kind: its class, and rows of facts."""

    name: str
    title: str | Promise
    retention: Retention
    rows: tuple[tuple[Fact, ...], ...]


def held_of(person: Participant) -> tuple[Holding, ...]:
    """Everything that is tied to one participant; votes, ratings and ideas are tied to nobody."""
    described = (
        Holding("identity", _("Who you are"), Retention.IDENTITY, (_identity(person),)),
        Holding("profile", _("What the lottery knows"), Retention.PROFILE, (_profile(person),)),
        Holding("draws", _("Your place in each draw"), Retention.PROFILE, _rows(_place, places_of_person(person))),
        Holding("consents", _("What you agreed to"), Retention.PROFILE, _rows(_consent, consents_of(person))),
        Holding(
            "sendings", _("What was sent to you"), Retention.CONTACT, tuple(map(_sending, sent_to(person.identity)))
        ),
        Holding("codes", _("Your codes"), Retention.CONTACT, _rows(_code, codes_of(person.pk))),
        Holding("openings", _("Who opened your name"), Retention.ACCESS, _rows(_opening, openings_of(person))),
        Holding("replies", _("Your answer to the invitation"), Retention.PROFILE, _rows(_reply, replies_of(person))),
        Holding("hall_seats", _("Your tables in the hall"), Retention.PROFILE, _rows(_table, hall_seats_of(person))),
        Holding("seat_moves", _("Where you were moved to"), Retention.PROFILE, _rows(_move, moves_of(person))),
        Holding("seat_rules", _("Rules for your seat"), Retention.PROFILE, _rows(_rule, seat_rules_of(person))),
        Holding("known_by", _("Staff of the hall who know you"), Retention.IDENTITY, _rows(_helper, known_by(person))),
        Holding("hall_arrivals", _("When you came in"), Retention.PROFILE, _rows(_arrival, arrivals_of_person(person))),
        Holding("door_scans", _("At the doors of the hall"), Retention.PROFILE, _rows(_scan, scans_of_person(person))),
        Holding("badges", _("Your badge"), Retention.CONTACT, _rows(_badge, badges_of_person(person))),
        Holding(
            "panel_seats", _("Your seat in the panel"), Retention.PROFILE, _rows(_in_panel, panel_seats_of(person))
        ),
        *_others(person),
    )
    return tuple(one for one in described if any(one.rows))


def copy_of(person: Participant, *, now: datetime) -> dict[str, object]:
    """The same as plain values for a file: names of facts and values, moments in ISO 8601."""
    held = held_of(person)
    return {
        "kind": "own-data",
        "format": 1,
        "process": person.process.slug,
        "made_at": now.isoformat(),
        "held": {
            one.name: {
                "class": str(one.retention),
                "rows": [{fact.name: fact.raw or _plain(fact.value) for fact in row} for row in one.rows],
            }
            for one in held
        },
    }


def reason_words(reason: str) -> str:
    """Say why names were opened."""
    return next(
        (str(kind(reason).label) for kind in (Reason, Look, DoorLook, HallLook) if reason in kind.values), reason
    )


def _rows(describe: Callable[[RowT], tuple[Fact, ...]], rows: Iterable[RowT]) -> tuple[tuple[Fact, ...], ...]:
    return tuple(describe(row) for row in rows)


def _plain(value: Value) -> str | int:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _identity(person: Participant) -> tuple[Fact, ...]:
    try:
        fields = open_identity(person.identity) if person.identity is not None else {}
    except VaultError:
        return (Fact("locked", _("Name and address"), _("They cannot be opened at the moment. Call us.")),)
    return tuple(Fact(name, FIELD_WORDS[name], value) for name, value in fields.items())


def _profile(person: Participant) -> tuple[Fact, ...]:
    facts = [
        Fact("origin", _("You came in"), person.get_origin_display(), person.origin),
        Fact("language", _("Language of the letters"), language_name(person.language), person.language),
        Fact("speaks", _("Languages you speak"), ", ".join(map(language_name, person.speaks)), " ".join(person.speaks)),
        Fact("pool_id", _("Number in the file we got"), person.pool_id),
        Fact("created_at", _("Since"), person.created_at),
    ]
    facts += [
        Fact(name, feature_words(name), value_words_of_one(name, str(value)), str(value))
        for name, value in person.features.items()
    ]
    return tuple(fact for fact in facts if fact.value != "")


def _place(member: Member) -> tuple[Fact, ...]:
    household = (Fact("household", _("Household"), _("kept as a mark that tells nothing else")),)
    return (
        Fact("draw", pgettext_lazy("holding", "Draw"), draw_words(member.draw.name), member.draw.name),
        Fact("number", _("Number"), member.number),
        Fact("standing", _("What became of it"), member.get_standing_display(), member.standing),
        *(household if member.household else ()),
    )


def _consent(consent: Consent) -> tuple[Fact, ...]:
    facts = [
        Fact("purpose", _("You agreed"), consent.get_purpose_display(), consent.purpose),
        Fact("given_at", pgettext_lazy("consent", "Given"), consent.given_at),
        Fact("language", _("Language"), language_name(consent.language), consent.language),
        Fact("receipt", _("Receipt"), f"{consent.pk}-{consent.wording[:12]}"),
    ]
    if consent.is_by_guardian:
        facts.append(Fact("guardian", _("Parent or guardian"), _("agreed as well")))
    if consent.withdrawn_at:
        facts.append(Fact("withdrawn_at", pgettext_lazy("consent", "Withdrawn"), consent.withdrawn_at))
    return tuple(facts)


def _table(seat: Seat) -> tuple[Fact, ...]:
    return (Fact("round", _("Round"), seat.round.number), Fact("table", _("Table"), seat.table.number))


def _move(move: SeatMove) -> tuple[Fact, ...]:
    return (
        Fact("round", _("Round"), move.round.number),
        Fact("table", _("Table"), move.table.number),
        Fact("moved_at", _("When"), move.moved_at),
    )


def _rule(rule: SeatRule) -> tuple[Fact, ...]:
    return (
        Fact("kind", _("Rule"), rule.get_kind_display(), rule.kind),
        Fact("reason", _("Why"), rule.get_reason_display(), rule.reason),
    )


def _helper(helper: Staff) -> tuple[Fact, ...]:
    return (Fact("role", _("Role"), helper.get_role_display(), helper.role),)


def _arrival(arrival: Arrival) -> tuple[Fact, ...]:
    facts = (Fact("came_at", _("You came in"), arrival.came_at),)
    return (*facts, Fact("left_at", _("You went out"), arrival.left_at)) if arrival.left_at else facts


def _scan(scan: Scan) -> tuple[Fact, ...]:
    door = scan.door.name if scan.door is not None else _("the desk")
    return (
        Fact("at", _("When"), scan.at),
        Fact("kind", _("What"), scan.get_kind_display(), scan.kind),
        Fact("door", pgettext_lazy("holding", "Door"), door),
        Fact("outcome", _("What became of it"), scan.get_outcome_display(), scan.outcome),
    )


def _badge(badge: Badge) -> tuple[Fact, ...]:
    return (Fact("number", _("Number"), badge.number), Fact("replaced_at", _("Since"), badge.replaced_at))


def _in_panel(seat: PanelSeat) -> tuple[Fact, ...]:
    facts = (Fact("number", _("Number"), seat.number),)
    return (*facts, Fact("left_at", _("Given up"), seat.left_at)) if seat.left_at else facts


def _sending(sending: Sending) -> tuple[Fact, ...]:
    return (
        Fact("channel", _("How"), sending.get_channel_display()),
        Fact("kind", _("What"), sending.kind.replace("_", " ")),
        Fact("state", _("What became of it"), sending.get_state_display()),
        Fact("at", _("When"), sending.sent_at or sending.made_at),
    )


def _code(code: Code) -> tuple[Fact, ...]:
    replaced = code.replaced_at
    facts = (Fact("made_at", pgettext_lazy("code", "Made"), code.made_at),)
    return (*facts, Fact("replaced_at", pgettext_lazy("code", "Ended"), replaced)) if replaced else facts


def _reply(reply: Reply) -> tuple[Fact, ...]:
    """What was answered and what was asked for: each need by its own name."""
    needs = (Fact(name, name.replace("_", " "), _need(value)) for name, value in reply.needs.items())
    return (
        Fact("answer", _("Answer"), reply.get_answer_display()),
        Fact("reason", _("Why"), reply.get_reason_display() if reply.reason else ""),
        Fact("language", _("Language"), language_name(reply.language), reply.language),
        Fact("channel", _("How"), reply.get_channel_display()),
        Fact("answered_at", _("When"), reply.answered_at),
        *needs,
    )


def _need(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _opening(opening: Opening) -> tuple[Fact, ...]:
    return (
        Fact("at", _("When"), opening.at),
        Fact("reason", _("Why"), reason_words(opening.reason)),
    )


def _others(person: Participant) -> Iterator[Holding]:
    """Rows of any other model that is tied to a participant or an identity: nothing is forgotten when one is added."""
    owners: tuple[tuple[type[Model], Model | None], ...] = ((Participant, person), (Identity, person.identity))
    for owner, row in owners:
        for relation in owner._meta.related_objects if row is not None else ():  # noqa: SLF001  # Django documents it
            model = relation.related_model
            if model in DESCRIBED | {Participant} or isinstance(model, str):
                continue
            rows = model._base_manager.filter(**{relation.field.name: row})  # noqa: SLF001  # Django documents it
            label = model._meta.label_lower  # noqa: SLF001  # Django documents it
            title = str(model._meta.verbose_name_plural).capitalize()  # noqa: SLF001  # Django documents it
            kept = tuple(_facts_of(one) for one in rows)
            yield Holding(label, title, retention_of(model) or Retention.PROFILE, kept)


def _facts_of(row: Model) -> tuple[Fact, ...]:
    """The plain fields of a row, under the names they have; what it points at is shown by its own words."""
    facts = []
    for field in row._meta.concrete_fields:  # noqa: SLF001  # Django documents it
        value = _shown(row, field)
        if value not in {None, ""}:
            facts.append(Fact(field.name, str(field.verbose_name).capitalize(), value))
    return tuple(facts)


def _shown(row: Model, field: "Field[object, object]") -> Value | None:
    if field.primary_key:
        return None
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey | OneToOneField):
        return None if isinstance(value, Participant | Identity) or value is None else str(value)
    return value if isinstance(value, int | datetime | date | str) else str(value) if value else None

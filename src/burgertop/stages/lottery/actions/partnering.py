"""Partner seats: organisations nominate people with their consent; each nominee says yes themselves, or does not."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.jobs.actions import start
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.links import make_link
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.actions.answering import erase_invitee
from burgertop.stages.lottery.actions.confirming import NOMINATED
from burgertop.stages.lottery.actions.mailing import invitation_of
from burgertop.stages.lottery.models import Invitee, Partner, Reply
from burgertop.stages.lottery.permissions import PARTNER
from burgertop.stages.lottery.queries.partners import most_partner_seats, nominees_holding, seats_of_partners

__all__ = [
    "Nomination",
    "add_partner",
    "link_for_partner",
    "nominate",
    "renew_partner_link",
    "set_partner_share",
    "set_seats_of_partner",
    "withdraw_nomination",
]


@dataclass(frozen=True, slots=True)
class Nomination:
    """Whom a partner nominates: what goes into the vault, and the language to write in; ``once`` names this form."""

    identity: Mapping[str, str]
    language: str
    once: uuid.UUID


@transaction.atomic
def set_partner_share(stage: Stage, share: float, *, now: datetime) -> None:
    """Set how much of all seats partners may have together, 0..0.5; the record says so.

    Raises:
        HouseError: ``lottery.too_many_partner_seats``: they have more already.
    """
    held = Stage.objects.select_for_update().get(pk=stage.pk)
    invitation = invitation_of(held)
    if invitation.partner_share == share:
        return
    invitation.partner_share = share
    invitation.save(update_fields=["partner_share"])
    _need_seats(held, 0)
    append(held.process_id, "partner_share_set", {"percent": round(100 * share)}, now=now)


@transaction.atomic
def add_partner(stage: Stage, name: str, *, seats: int, once: uuid.UUID, now: datetime) -> Partner:
    """Give an organisation seats; sent twice with the same ``once`` it is added once.

    Raises:
        HouseError: ``lottery.partner_name_taken``, ``lottery.too_many_partner_seats``.
    """
    held = Stage.objects.select_for_update().get(pk=stage.pk)
    if known := Partner.objects.filter(pk=once, stage=held).first():
        return known
    said = " ".join(name.split())
    if held.partners.filter(name=said).exists():
        raise HouseError("lottery.partner_name_taken", name=said)
    _need_seats(held, seats)
    partner = Partner.objects.create(
        pk=once, stage=held, name=said, seats=seats, link_key=secrets.token_hex(16), added_at=now
    )
    append(held.process_id, "partner_seats_given", {"partner": said, "seats": seats}, now=now)
    return partner


@transaction.atomic
def set_seats_of_partner(partner: Partner, seats: int, *, now: datetime) -> Partner:
    """Give a partner more seats, or fewer, but not fewer than are held.

    Raises:
        HouseError: ``lottery.partner_seats_held``, ``lottery.too_many_partner_seats``.
    """
    stage = Stage.objects.select_for_update().get(pk=partner.stage_id)
    locked = Partner.objects.select_for_update().get(pk=partner.pk)
    if locked.seats == seats:
        return locked
    if (held := nominees_holding(locked).count()) > seats:
        raise HouseError("lottery.partner_seats_held", held=held)
    _need_seats(stage, seats - locked.seats)
    locked.seats = seats
    locked.save(update_fields=["seats"])
    append(stage.process_id, "partner_seats_given", {"partner": locked.name, "seats": seats}, now=now)
    return locked


def _need_seats(stage: Stage, more: int) -> None:
    most, together = most_partner_seats(stage), seats_of_partners(stage) + more
    if together > most:
        raise HouseError("lottery.too_many_partner_seats", together=together, most=most)


@transaction.atomic
def renew_partner_link(partner: Partner) -> Partner:
    """Make a new link key; links given out before no longer open."""
    partner.link_key = secrets.token_hex(16)
    partner.save(update_fields=["link_key"])
    return partner


def link_for_partner(partner: Partner, address: str) -> str:
    """Return the path of the signed link of a partner."""
    return make_link(PARTNER, partner.stage.process_id, partner.pk, address=address, key=partner.link_key)


@transaction.atomic
def nominate(partner: Partner, wanted: Nomination, *, now: datetime) -> Invitee:
    """Nominate somebody, who is written to with a code of their own; sent twice they are nominated once.

    Raises:
        HouseError: ``lottery.no_partner_seat_free``.
    """
    locked = Partner.objects.select_for_update(of=("self",)).select_related("stage__process").get(pk=partner.pk)
    if known := Invitee.objects.filter(pk=wanted.once, partner=locked).first():
        return known
    if nominees_holding(locked).count() >= locked.seats:
        raise HouseError("lottery.no_partner_seat_free", seats=locked.seats)
    last = locked.nominees.aggregate(last=Max("order"))["last"] or 0
    nominee = Invitee.objects.create(
        pk=wanted.once,
        stage=locked.stage,
        partner=locked,
        origin=Origin.PARTNER,
        order=last + 1,
        identity=seal(locked.stage.process_id, wanted.identity),
        languages=[wanted.language],
        invited_at=now,
    )
    process_id = locked.stage.process_id
    start(NOMINATED, {"invitee": str(nominee.pk)}, process_id=process_id, actor_id=None, subject=nominee.pk, now=now)
    return nominee


@transaction.atomic
def withdraw_nomination(partner: Partner, number: int, *, now: datetime) -> Invitee:
    """Take a nomination back that was not answered: the person is erased and the seat is free.

    Raises:
        HouseError: ``lottery.no_open_nomination``: there is none of this number, or it was answered.
    """
    found = Invitee.objects.select_for_update(of=("self",)).filter(partner=partner, order=number).first()
    if found is None or found.erased_at is not None or Reply.objects.filter(invitee=found).exists():
        raise HouseError("lottery.no_open_nomination", number=number)
    return erase_invitee(found, now=now)

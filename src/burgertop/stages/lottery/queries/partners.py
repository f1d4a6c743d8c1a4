"""Reads of partner seats: how many there may be, who holds them, in counts; never in those of the draw."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet
from django.http import Http404

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.models import PARTNER_SHARE, Answer, Invitation, Invitee, Partner

__all__ = [
    "PartnerCount",
    "most_partner_seats",
    "nominations_to_call",
    "nominees_holding",
    "open_nominations",
    "partner_counts",
    "partner_or_404",
    "partner_seats_of",
    "seats_of_partners",
]


@dataclass(frozen=True, slots=True)
class PartnerCount:
    """The seats of one partner: said yes, not answered yet, and free for another nomination."""

    partner: Partner
    yes: int
    open: int

    @property
    def free(self) -> int:
        """Seats for which nobody is nominated, or whose nominee said no."""
        return max(self.partner.seats - self.yes - self.open, 0)


def most_partner_seats(stage: Stage) -> int:
    """How many seats partners may have together: their share of all seats, those of the largest draw among them.

    With a share of 0.1, a draw of 900 leaves 100 for partners.
    """
    drawn = stage.draws.aggregate(most=Max("seats"))["most"] or 0
    kept = Invitation.objects.filter(stage=stage).values_list("partner_share", flat=True).first()
    hundredths = round(100 * (PARTNER_SHARE if kept is None else kept))
    return int(drawn * hundredths // (100 - hundredths))


def seats_of_partners(stage: Stage) -> int:
    """How many seats the partners of a stage have together."""
    return sum(stage.partners.values_list("seats", flat=True))


def nominees_holding(partner: Partner) -> QuerySet[Invitee]:
    """Those who hold a seat of a partner: they said yes, or have not answered; after a no the seat is free."""
    is_held = Q(reply__isnull=True) | Q(reply__answer=Answer.YES)
    return Invitee.objects.filter(is_held, partner=partner, erased_at__isnull=True)


def open_nominations(partner: Partner) -> QuerySet[Invitee]:
    """The nominations of a partner that were not answered yet."""
    return nominees_holding(partner).filter(reply__isnull=True).order_by("order")


def partner_counts(stage: Stage) -> list[PartnerCount]:
    """The seats of every partner, by name; in as many questions for one partner as for ten."""
    rows = Invitee.objects.filter(stage=stage, partner__isnull=False, erased_at__isnull=True).values_list(
        "partner", "reply__answer"
    )
    held: list[tuple[uuid.UUID | None, str | None]] = list(rows)
    return [
        PartnerCount(partner, held.count((partner.pk, Answer.YES)), held.count((partner.pk, None)))
        for partner in stage.partners.order_by("name")
    ]


def partner_or_404(stage: Stage, pk: uuid.UUID) -> Partner:
    """Return a partner of this stage, or answer "not found"."""
    partner = Partner.objects.filter(stage=stage, pk=pk).first()
    if partner is None:
        raise Http404
    partner.stage = stage
    return partner


def nominations_to_call(stage: Stage) -> QuerySet[Invitee]:
    """Nominees who have not answered, for the reply desk: partner and number, no names."""
    people = Invitee.objects.filter(stage=stage, partner__isnull=False, erased_at__isnull=True, reply__isnull=True)
    return people.select_related("partner").order_by("partner__name", "order")


def partner_seats_of(process_id: uuid.UUID) -> Sequence[Participant]:
    """Those who take part on a partner seat of a process: nominated, and said yes themselves."""
    people = Participant.objects.filter(
        process_id=process_id,
        erased_at__isnull=True,
        invitee__partner__isnull=False,
        invitee__reply__answer=Answer.YES,
    )
    return list(people.order_by("invitee__partner__name", "invitee__order"))

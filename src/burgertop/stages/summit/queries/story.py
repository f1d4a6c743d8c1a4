"""The summit in the trace: questions, cards, clusters; and what the panel takes over from the hall."""

import uuid
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.ballotbox.queries import result_of
from burgertop.foundation.texts import Said
from burgertop.foundation.trace.describers import Described
from burgertop.stages.summit.models import Card, Cluster, HallBallot, HomeStatement, Round

__all__ = [
    "chosen_clusters",
    "clusters_named",
    "describe_cards",
    "describe_clusters",
    "describe_questions",
    "describe_statements",
]


def clusters_named(process_id: uuid.UUID, keys: Sequence[str] | None = None) -> list[Cluster]:
    """The standing clusters of a process (of these keys, when given), round by round, with texts."""
    clusters = Cluster.objects.standing().filter(round__stage__process_id=process_id).select_related("round")
    if keys is not None:
        clusters = clusters.filter(key__in=keys)
    return list(clusters.prefetch_related("texts").order_by("round__stage__order", "round__number", "order"))


def chosen_clusters(process_id: uuid.UUID) -> list[Cluster]:
    """The clusters that the hall chose in its published ballots, ballot by ballot, with texts."""
    counted = HallBallot.objects.filter(
        stage__process_id=process_id, published_at__isnull=False, ballot__state=BallotState.COUNTED
    ).select_related("ballot")
    chosen: list[uuid.UUID] = []
    for hall in counted.order_by("stage__order", "number"):
        result = result_of(hall.ballot)
        group = result.main if result is not None else None
        if group is not None:
            subjects = [row.option.subject for row in group.rows if row.is_chosen]
            chosen.extend(subject for subject in subjects if subject is not None)
    found = {one.pk: one for one in clusters_named(process_id)}
    return [found[pk] for pk in dict.fromkeys(chosen) if pk in found]


def describe_questions(ids: Sequence[uuid.UUID], language: str) -> Iterable[Described]:
    """Say rounds as the trace shows them: the question all tables talked about."""
    for one in Round.objects.filter(pk__in=ids).select_related("stage__process").prefetch_related("texts"):
        yield Described(
            kind="question",
            pk=one.pk,
            where=_("Round %(number)s of the summit") % {"number": one.number},
            title=one.say("question", language),
            text=one.say("introduction", language) or None,
            url=_home_of(one),
        )


def describe_cards(ids: Sequence[uuid.UUID], language: str) -> Iterable[Described]:
    """Say sent cards as the trace shows them: table, words, origin; never who wrote them."""
    cards = Card.objects.sent().filter(pk__in=ids).select_related("round__stage__process", "table")
    for one in cards.prefetch_related("texts"):
        numbers = {"table": one.table.number, "card": one.number, "round": one.round.number}
        support = _("%(people)s at the table agreed") % {"people": one.support} if one.support is not None else ""
        yield Described(
            kind="card",
            pk=one.pk,
            where=_("Table %(table)s, card %(card)s, round %(round)s") % numbers,
            title=one.say("text", language),
            text=one.say("reasons", language) or None,
            url=_home_of(one.round),
            origin=one.get_origin_display(),
            note=_("not everybody at the table agreed") if one.is_dissent else support,
        )


def describe_statements(ids: Sequence[uuid.UUID], language: str) -> Iterable[Described]:
    """Say statements of people at home as the trace shows them: the online table and the words, never whose."""
    said = HomeStatement.objects.shown().filter(pk__in=ids).select_related("round__stage__process", "table")
    for one in said:
        numbers = {"table": one.table.number, "round": one.round.number}
        yield Described(
            kind="statement",
            pk=one.pk,
            where=_("Said at online table %(table)s, round %(round)s") % numbers,
            title=Said(one.text, one.language, is_original=True, is_machine=False),
            url=_home_of(one.round),
            origin=one.get_origin_display(),
        )


def describe_clusters(ids: Sequence[uuid.UUID], language: str) -> Iterable[Described]:
    """Say clusters as the trace shows them."""
    clusters = Cluster.objects.filter(pk__in=ids).select_related("round__stage__process")
    for one in clusters.prefetch_related("texts"):
        yield Described(
            kind="cluster",
            pk=one.pk,
            where=_("Theme desk, round %(number)s") % {"number": one.round.number},
            title=one.say("title", language),
            text=one.say("summary", language) or None,
            url=_home_of(one.round),
        )


def _home_of(round_: Round) -> str:
    stage = round_.stage
    return reverse("summit:home", kwargs={"process": stage.process.slug, "stage": stage.slug})

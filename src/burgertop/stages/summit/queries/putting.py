"""Reads before a ballot: what is not confirmed, which words are missing, who objects, and how it will look."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from burgertop.stages.summit.models import Cluster, ClusterCard, Round, WaiverKind
from burgertop.stages.summit.queries.desk_counts import open_objections

__all__ = ["Fault", "Faults", "Preview", "PreviewOption", "faults_of", "previews_of"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is open at one cluster before it can stand on a ballot."""

    cluster: Cluster
    unconfirmed: int
    missing: tuple[str, ...]
    missing_summaries: tuple[str, ...]
    objections: int

    @property
    def is_any(self) -> bool:
        """Whether something is open."""
        return bool(self.unconfirmed or self.missing or self.missing_summaries or self.objections)


@dataclass(frozen=True, slots=True)
class Faults:
    """What is open at the clusters of a ballot."""

    rows: tuple[Fault, ...]

    @property
    def counts(self) -> dict[WaiverKind, int]:
        """How often each check fails: cards, words, objections."""
        return {
            WaiverKind.UNCONFIRMED: sum(row.unconfirmed for row in self.rows),
            WaiverKind.WORDS: sum(len(row.missing) + len(row.missing_summaries) for row in self.rows),
            WaiverKind.OBJECTIONS: sum(row.objections for row in self.rows),
        }


@dataclass(frozen=True, slots=True)
class PreviewOption:
    """One option as voters read it, and whether its words stand in for a language that is missing."""

    number: int
    title: str
    summary: str
    language: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """A ballot as voters see it in one language."""

    language: str
    question: str
    options: tuple[PreviewOption, ...]


def faults_of(round_: Round, clusters: Sequence[Cluster]) -> Faults:
    """Look at clusters before they go on a ballot; a fixed number of queries when their texts are there.

    A title is needed in each language of the process; a summary too, once there is one in any.
    """
    languages = round_.stage.process.languages
    alone = _by_cluster(ClusterCard.objects.standing().of_sent_cards().filter(confirmed_by__isnull=True), clusters)
    lying = ClusterCard.objects.standing().filter(card__in=open_objections(round_).values("card"))
    objected = _by_cluster(lying, clusters)
    rows = []
    for one in clusters:
        titles, summaries = set(one.languages_of("title")), set(one.languages_of("summary"))
        rows.append(
            Fault(
                one,
                alone.get(one.pk, 0),
                tuple(tag for tag in languages if tag not in titles),
                tuple(tag for tag in languages if summaries and tag not in summaries),
                objected.get(one.pk, 0),
            )
        )
    return Faults(tuple(rows))


def _by_cluster(placements: QuerySet[ClusterCard], clusters: Sequence[Cluster]) -> dict[UUID, int]:
    found = placements.filter(cluster__in=clusters).order_by().values_list("cluster").annotate(Count("pk"))
    return dict(found)


def previews_of(round_: Round, clusters: Sequence[Cluster]) -> list[Preview]:
    """Lay a ballot out in each language of the process, with the words voters will read."""
    return [
        Preview(
            language,
            round_.say("question", language).text,
            tuple(_option(number, one, language) for number, one in enumerate(clusters, start=1)),
        )
        for language in round_.stage.process.languages
    ]


def _option(number: int, cluster: Cluster, language: str) -> PreviewOption:
    title = cluster.say("title", language)
    summary = cluster.say("summary", language).text
    return PreviewOption(number, title.text, summary, title.language, title.language != language)

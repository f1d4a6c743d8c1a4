"""The demo's summit: 81 tables, three rounds, cards, clusters, a ballot in each round."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from burgertop.foundation.ballotbox.actions import Vote, cast_together
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.days import WELCOME
from burgertop.stages.summit.models import Card, Cluster, Effort, Round, RoundKind
from burgertop.stages.summit.queries import roster_of, tables_of
from burgertop.web.demo.day import begin_until, end_of_day, go_on, write_script
from burgertop.web.demo.desk import FIRST, look_again
from burgertop.web.demo.first_stage import IDS, Consulted
from burgertop.web.demo.founding import COLON, at_noon
from burgertop.web.demo.hall import look_on, name_staff, open_doors
from burgertop.web.demo.kinds import Cluster as DemoCluster
from burgertop.web.demo.kinds import DemoContent, DemoRound

__all__ = ["Met", "tell_summit"]

SEED = "11-11-2011"
SHARE_VOTING = 0.97
LOOP_AT_EVERY = 5
DOORS = ("A", "B", "C", "D")


class Met:
    """What later chapters need: cards and clusters by their keys, and who was there."""

    def __init__(self, cards: Mapping[str, Card], clusters: Mapping[str, Cluster], people: list[Participant]) -> None:
        self.cards = cards
        self.clusters = clusters
        self.people = people


def tell_summit(stage: Stage, content: DemoContent, told: Consulted, rng: np.random.Generator) -> Met:
    """Lay the tables, seat everyone for three rounds, write the cards, cluster them, vote."""
    morning = at_noon(content.process.days["summit_on"]) - timedelta(hours=4)
    with transaction.atomic():
        actions.lay_tables(
            stage,
            [
                actions.TableDraft(
                    table.number,
                    table.languages,
                    interpreter_languages=table.languages if table.interpreters else (),
                    has_hearing_loop=table.number % LOOP_AT_EVERY == 0 or "de" in table.languages,
                )
                for table in content.tables
            ],
            now=morning,
        )
        rounds = {row.number: _round(stage, row, told) for row in content.rounds}
        write_script(stage, content.rounds, planned_at=_first_moment(content))
    actions.seat_hall(stage, seed=SEED, effort=Effort.QUICK, now=morning)
    people = roster_of(stage)
    actions.make_seat_codes(stage)
    name_staff(stage, rng, now=morning)
    for door in open_doors(stage, DOORS, people, rng, since=morning):
        actions.close_door(door, now=morning + timedelta(hours=1))
    cards: dict[str, Card] = {}
    clusters: dict[str, Cluster] = {}
    for row in content.rounds:
        with transaction.atomic():
            _hold(stage, rounds[row.number], row, content, told, cards, clusters, people, rng)
    end_of_day(stage, now=_begin_of(content, content.rounds[-1]) + timedelta(minutes=content.rounds[-1].minutes))
    look_on(stage, since=morning)
    return Met(cards, clusters, people)


def _begin_of(content: DemoContent, row: DemoRound) -> datetime:
    return at_noon(content.process.days["summit_on"]).replace(hour=row.starts_at.hour, minute=row.starts_at.minute)


def _first_moment(content: DemoContent) -> datetime:
    """When the welcome begins, so that the first round is on time."""
    first = content.rounds[0]
    before = WELCOME.minutes + sum(expert.minutes for expert in first.experts)
    return _begin_of(content, first) - timedelta(minutes=before)


def _round(stage: Stage, row: DemoRound, told: Consulted) -> Round:
    introductions = {
        language: "\n".join(
            f"- {expert.role.by_language()[language]}{COLON[language]} {expert.subject.by_language()[language]}"
            for expert in row.experts
        )
        for language in row.question.by_language()
    }
    return actions.make_round(
        stage,
        questions=row.question.by_language(),
        introductions=introductions,
        kind=RoundKind(row.kind),
        theme=told.themes[row.theme].pk,
        length_seconds=row.minutes * 60,
        cards_limit=8,
    )


def _hold(
    stage: Stage,
    round_: Round,
    row: DemoRound,
    content: DemoContent,
    told: Consulted,
    cards: dict[str, Card],
    clusters: dict[str, Cluster],
    people: list[Participant],
    rng: np.random.Generator,
) -> None:
    """Hold one round from its opening to its result on the screen."""
    begins = _begin_of(content, row)
    begin_until(round_, begins)
    round_ = actions.open_round(round_, now=begins)
    tables = {table.number: table for table in tables_of(stage)}
    for one in content.cards:
        if one.round != row.number:
            continue
        draft = actions.CardDraft(one.text, one.language, one.reasons, one.support, one.has_dissent)
        written = begins + timedelta(minutes=row.minutes * 0.7)
        card = actions.write_card(
            round_.pk, tables[one.table], draft, card_id=_id("card", one.key), once=_id(one.key), by=None, now=written
        )
        cards[one.key] = card
        if one.idea:
            actions.link_idea(card, told.ideas[one.idea].pk)
    ends = begins + timedelta(minutes=row.minutes)
    actions.close_round(round_, now=ends)
    mine = [_cluster(round_, one, cards, ends) for one in content.clusters if one.round == row.number]
    clusters.update(mine)
    look_again(round_, [cluster for _key, cluster in mine], now=ends)
    go_on(round_, ends)
    until = ends + timedelta(minutes=30) if row.number == content.rounds[-1].number else None
    _vote(round_, [cluster for _key, cluster in mine], people, rng, ends, until)


def _cluster(round_: Round, one: DemoCluster, cards: Mapping[str, Card], now: datetime) -> tuple[str, Cluster]:
    cluster = actions.make_cluster(
        round_,
        titles=one.title.by_language(),
        summaries=one.summary.by_language(),
        key=one.key,
        by=FIRST,
        now=now,
    )
    actions.place_cards(cluster, [actions.Pick(cards[key].pk) for key in one.cards], by=FIRST, now=now)
    return one.key, cluster


def _vote(
    round_: Round,
    clusters: list[Cluster],
    people: list[Participant],
    rng: np.random.Generator,
    ends: datetime,
    embargo: datetime | None,
) -> None:
    hall = actions.put_to_ballot(round_, clusters, most_choices=3, seats=3)
    if embargo is not None:
        hall = actions.set_embargo(hall, embargo, now=ends)
    hall = actions.open_ballot(hall, now=ends)
    pulls = rng.dirichlet(np.linspace(6, 2, len(clusters)))
    votes = []
    for person in people:
        if rng.random() > SHARE_VOTING:
            continue
        picks = rng.choice(len(clusters), size=min(3, len(clusters)), replace=False, p=pulls)
        choices = sorted(int(pick) + 1 for pick in picks)
        once = _id("hall", round_.number, person.pk)
        votes.append(Vote(f"seat:{person.pk}", choices, Origin(person.origin), once))
    cast_together(hall.ballot, votes, now=ends)
    hall = actions.close_ballot(hall, now=ends)
    actions.publish_result(hall, now=ends)


def _id(*parts: object) -> uuid.UUID:
    return uuid.uuid5(IDS, "/".join(str(part) for part in parts))

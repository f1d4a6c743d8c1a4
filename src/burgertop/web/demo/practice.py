"""The practice summit of the demo: a small process in which every stage is open, so that anybody can try it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction

from burgertop.core.sortition import Quota
from burgertop.foundation.ballotbox.actions import Vote, cast_together
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Account, Participant, Role
from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import Process, Stage, StageKind, Template
from burgertop.stages.consultation import actions as consultation
from burgertop.stages.consultation.models import Idea, Theme
from burgertop.stages.panel import actions as panel
from burgertop.stages.report import actions as report
from burgertop.stages.summit import actions as summit
from burgertop.stages.summit.models import Cluster, Effort, Round, RoundKind
from burgertop.stages.summit.queries import roster_of, tables_of
from burgertop.web.demo.day import begin_until, write_script
from burgertop.web.demo.desk import FIRST, confirm_all
from burgertop.web.demo.drawing import hold_draw
from burgertop.web.demo.first_stage import IDS
from burgertop.web.demo.founding import give_staff_roles, stage_of
from burgertop.web.demo.hall import name_staff, open_doors
from burgertop.web.demo.kinds import DemoContent
from burgertop.web.demo.letters import Post, draw_addressees, hand_to_post, take_replies
from burgertop.web.demo.population import invent_citizens
from burgertop.web.demo.remote import tell_remote
from burgertop.web.demo.second_stage import pool_row

__all__ = ["SLUG", "prepare_practice"]

SLUG = "practice"
TITLE = {
    "nl": "Oefentop: probeer het zelf",
    "fr": "Sommet d’essai : essayez vous-même",
    "de": "Übungsgipfel: selbst ausprobieren",
    "en": "Practice summit: try it yourself",
}
DICE = "4 7 1 3 6"
SOURCE, THROWN = "3 × D10", "471"
VOTE = {
    "nl": "Kies de thema’s waarover de top praat",
    "fr": "Choisissez les thèmes du sommet",
    "de": "Wählen Sie die Themen des Gipfels",
    "en": "Choose what the summit talks about",
}
SUBTITLE = {
    "nl": "Alle stappen staan open. Wat u hier doet, telt nergens mee.",
    "fr": "Toutes les étapes sont ouvertes. Ce que vous faites ici ne compte nulle part.",
    "de": "Alle Schritte sind offen. Was Sie hier tun, zählt nirgends.",
    "en": "Every stage is open. What you do here counts nowhere.",
}
TABLES = (("nl",), ("nl",), ("nl",), ("fr",), ("fr",), ("nl", "fr"), ("nl", "fr"), ("de", "fr"))
FEATURES = ("language", "sex", "age_band")
POOL, HALL, PANEL = 300, 60, 12
HERE = 51  # of the hall: the others are missing in the morning
NO_PHOTO_EVERY = 7  # so often somebody did not agree to photos
ADDRESSES, LETTERS = 500, {"nl": 65, "fr": 50}
IDEAS, RATERS = 48, 30


def prepare_practice(content: DemoContent, rng: np.random.Generator, *, now: datetime) -> Process:
    """Found the practice summit and fill every stage just enough to go on from there."""
    process = _found(content, now)
    _write(stage_of(process, StageKind.LOTTERY), rng, now)
    with transaction.atomic():
        ideas, themes = _consult(stage_of(process, StageKind.CONSULTATION), content, rng, now)
    _draw(stage_of(process, StageKind.LOTTERY), rng, now)
    people, clusters = _meet(stage_of(process, StageKind.SUMMIT), content, ideas, themes, rng, now)
    _work_out(process, content, people, clusters, now)
    return process


def _id(*parts: object) -> uuid.UUID:
    return uuid.uuid5(IDS, "/".join(str(part) for part in ("practice", *parts)))


def _found(content: DemoContent, now: datetime) -> Process:
    source = content.process
    process = found_process(
        SLUG, Template.BELGIAN, titles=TITLE, languages=source.languages, phone=source.phone, is_listed=True
    )
    process.write("subtitle", SUBTITLE)
    process.write("question", source.question.by_language())
    process.write("about", SUBTITLE)
    process.write("promise", source.promise.by_language())
    process.write("phone_hours", source.hours.by_language())
    for stage in process.stages.all():
        open_stage(stage, now=now - timedelta(days=11))
    give_staff_roles(process)
    return process


def _consult(
    stage: Stage, content: DemoContent, rng: np.random.Generator, now: datetime
) -> tuple[dict[str, Idea], list[Theme]]:
    """Send ideas, rate them, make eight themes, and open the vote."""
    ideas: dict[str, Idea] = {}
    for row in [row for row in content.ideas if not row.hidden_because][:IDEAS]:
        ideas[row.key], _code = consultation.send_idea(
            stage,
            row.text,
            language=row.language,
            speech=_id("speech", row.key),
            once=_id("idea", row.key),
            now=now - timedelta(hours=20),
            place=row.place,
        )
    for rater in range(RATERS):
        for key in rng.choice(list(ideas), size=6, replace=False):
            consultation.rate(
                stage, ideas[str(key)], rater=_id("rating", rater), value=int(rng.integers(-1, 2)), now=now
            )
    hand = consultation.Hand(account=None, role=Role.THEME_TEAM, now=now)
    themes = []
    for told in content.themes[:8]:
        theme = consultation.make_theme(
            stage,
            titles=told.title.by_language(),
            questions=told.question.by_language(),
            key=told.key,
            now=now,
        )
        mine = [ideas[idea.key] for idea in content.ideas if idea.theme == told.key and idea.key in ideas]
        if mine:
            consultation.place_ideas(mine[: max(1, len(mine) // 2)], theme, hand=hand)
        themes.append(theme)
    consultation.prepare_vote(stage, themes, titles=VOTE, questions=content.process.question.by_language(), now=now)
    consultation.open_vote(stage, now=now)
    return ideas, themes


def _write(stage: Stage, rng: np.random.Generator, now: datetime) -> None:
    """Send letters ten days ago, with real files to look at; half of those who will answer have done so."""
    sent = now - timedelta(days=10)
    post = Post("letters", LETTERS, SOURCE, THROWN, sent, now + timedelta(days=21))
    listed = draw_addressees(stage, invent_citizens(ADDRESSES, rng), post)
    take_replies(stage, listed, rng, since=sent, share=0.5)
    hand_to_post(stage, is_reminder=False, now=sent, is_printed=False)
    hand_to_post(stage, is_reminder=True, now=now, is_printed=True)


def _quotas(rows: Sequence[Sequence[str]], seats: int) -> list[Quota]:
    """Return quotas in proportion to a pool, one seat of play on either side."""
    quotas = []
    for place, name in enumerate(FEATURES):
        values = [row[place] for row in rows]
        for value in sorted(set(values)):
            share = seats * values.count(value) / len(values)
            quotas.append(Quota(name, value, max(0, int(share) - 1), int(share) + 2))
    return quotas


def _draw(stage: Stage, rng: np.random.Generator, now: datetime) -> None:
    """Draw sixty people; leave a second draw ready to be sealed by whoever tries."""
    for name, first in (("hall", 1), ("second", POOL + 1)):
        citizens = invent_citizens(POOL, rng)
        draw = draws.found_draw(stage, name, seats=HALL, features=FEATURES)
        rows = [pool_row(number, citizen, FEATURES) for number, citizen in enumerate(citizens, start=first)]
        draws.fill_pool(draw, rows)
        draws.set_quotas(draw, _quotas([[row.features[name] for name in FEATURES] for row in rows], HALL))
        if name == "hall":
            hold_draw(draw, source=SOURCE, said=THROWN, sealed_at=now)


def _meet(
    stage: Stage,
    content: DemoContent,
    ideas: dict[str, Idea],
    themes: list[Theme],
    rng: np.random.Generator,
    now: datetime,
) -> tuple[list[Participant], list[Cluster]]:
    """Let people in, hold a first round up to its ballot, leave a second one open and a third one planned."""
    with transaction.atomic():
        drafts = [
            summit.TableDraft(number, languages, interpreter_languages=languages if len(languages) > 1 else ())
            for number, languages in enumerate(TABLES, start=1)
        ]
        summit.lay_tables(stage, drafts, now=now)
        rounds = [
            summit.make_round(
                stage,
                questions=row.question.by_language(),
                kind=RoundKind(row.kind),
                theme=theme.pk,
                length_seconds=7200,
            )
            for row, theme in zip(content.rounds[:3], themes, strict=False)
        ]
        write_script(stage, content.rounds[:3], planned_at=now - timedelta(hours=2, minutes=40), minutes=120)
    summit.seat_hall(stage, seed=DICE, effort=Effort.QUICK, now=now)
    summit.make_seat_codes(stage)
    people = roster_of(stage)
    for place, person in enumerate(people):
        if place % NO_PHOTO_EVERY:
            summit.agree_to_photos(person, is_yes=True, now=now)
    name_staff(stage, rng, now=now)
    open_doors(stage, ("A",), people[:HERE], rng, since=now - timedelta(hours=3))
    with transaction.atomic():
        begin_until(rounds[0], now - timedelta(hours=2))
        clusters = _first_round(stage, rounds[0], content, ideas, now)
        under_way = Round.objects.select_related("stage__process").get(pk=rounds[1].pk)
        tell_remote(stage, summit.open_round(under_way, now=now), now=now)
    return people, clusters


def _first_round(
    stage: Stage, round_: Round, content: DemoContent, ideas: dict[str, Idea], now: datetime
) -> list[Cluster]:
    round_ = summit.open_round(round_, now=now - timedelta(hours=2))
    tables = {table.number: table for table in tables_of(stage)}
    clusters: dict[str, Cluster] = {}
    wanted = [row for row in content.clusters if row.round == 1][:4]
    for number, row in enumerate(one for one in content.cards if one.round == 1 and one.cluster):
        cluster = next((one for one in wanted if one.key == row.cluster), None)
        table = next((one for one in tables.values() if row.language in one.languages), None)
        if cluster is None or table is None or number > len(tables) * 3:
            continue
        draft = summit.CardDraft(row.text, row.language, row.reasons, row.support, row.has_dissent)
        here = tables[1 + (number % len(tables))]
        here = here if row.language in here.languages else table
        try_again = round_.cards.filter(table=here).count() >= round_.cards_limit
        if try_again:
            continue
        card = summit.write_card(
            round_.pk, here, draft, card_id=_id("card", row.key), once=_id("form", row.key), by=None, now=now
        )
        if row.idea in ideas:
            summit.link_idea(card, ideas[str(row.idea)].pk)
        if cluster.key not in clusters:
            clusters[cluster.key] = summit.make_cluster(
                round_,
                titles=cluster.title.by_language(),
                summaries=cluster.summary.by_language(),
                key=cluster.key,
                by=FIRST,
                now=now,
            )
        summit.place_card(card, clusters[cluster.key], by=FIRST, now=now)
    summit.close_round(round_, now=now)
    made = list(clusters.values())
    confirm_all(round_, now=now)
    hall = summit.put_to_ballot(round_, made, most_choices=2, seats=2)
    summit.open_ballot(hall, now=now)
    return made


def _work_out(
    process: Process, content: DemoContent, people: list[Participant], clusters: list[Cluster], now: datetime
) -> None:
    """Seat a panel, adopt one recommendation, leave one with an open vote, and ask for an answer."""
    stage = stage_of(process, StageKind.PANEL)
    draw = panel.found_panel_draw(stage, seats=PANEL, features=FEATURES, candidates=people)
    rows = [[str(person.features[name]) for name in FEATURES] for person in people]
    draws.set_quotas(draw, _quotas(rows, PANEL))
    draw = hold_draw(draw, source=SOURCE, said=THROWN, sealed_at=now)
    with transaction.atomic():
        panel.seat_panel(stage, draw, now=now)
        for number, row in enumerate(content.panel.recommendations[:3]):
            made = panel.draft_recommendation(
                stage,
                titles=row.title.by_language(),
                bodies=row.body.by_language(),
                came_from=[("cluster", clusters[number % len(clusters)].pk)],
                once=_id("recommendation", row.key),
            )
            if number == 2:
                continue
            ballot = panel.put_to_vote(made, now=now)
            if number == 0:
                votes = [
                    Vote(f"seat:{seat.participant_id}", (1,), Origin.DRAWN, _id("paper", seat.number))
                    for seat in stage.panel_seats.all()
                ]
                cast_together(ballot, votes, now=now)
                panel.close_vote(made, now=now)
        last = stage_of(process, StageKind.REPORT)
        office = content.process.addressees[0]
        report.name_addressee(
            last, office.name.by_language(), account=Account.objects.get(email="addressee@demo.example")
        )
        report.ask_for_answers(last, due_on=(now + timedelta(days=90)).date(), now=now)

"""The demo's panel of 32 and its report: recommendations, amendments, votes, answers."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from burgertop.foundation.ballotbox.actions import Vote, cast_together
from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Account
from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.actions import Ref
from burgertop.stages.panel import actions
from burgertop.stages.panel.models import Recommendation, RecommendationState
from burgertop.stages.report import actions as report
from burgertop.stages.report.models import Addressee, Answer, AnswerState
from burgertop.web.demo.drawing import hold_draw
from burgertop.web.demo.first_stage import IDS
from burgertop.web.demo.founding import at_noon
from burgertop.web.demo.kinds import Amendment, DemoContent, Text, Votes
from burgertop.web.demo.kinds import Recommendation as DemoRecommendation
from burgertop.web.demo.letters import FEATURES
from burgertop.web.demo.second_stage import quota_of
from burgertop.web.demo.third_stage import Met

__all__ = ["DRAWN_BEFORE", "tell_panel", "tell_report"]

SOURCE, CHANCE = "Brussel – Bruxelles, 1-9-2012, 3 × D10", "803"
DRAWN_BEFORE = timedelta(days=13)  # the first sitting
STATES = {
    "accepted": AnswerState.ACCEPTED,
    "accepted_in_part": AnswerState.IN_PART,
    "refused": AnswerState.DECLINED,
    "promised": AnswerState.PROMISED,
}
NO_TEXT = Text("", "", "", "")


def tell_panel(stage: Stage, content: DemoContent, met: Met) -> dict[str, Recommendation]:
    """Draw and seat the 32, hold their sittings, write, amend and vote."""
    begins = at_noon(content.process.days["panel_opens_on"])
    drawn_at = begins - DRAWN_BEFORE
    draw = actions.found_panel_draw(stage, seats=content.panel.seats, features=FEATURES, candidates=met.people)
    draws.set_quotas(draw, [quota_of(row) for row in content.panel_quotas])
    draw = hold_draw(draw, source=SOURCE, said=CHANCE, sealed_at=drawn_at)
    with transaction.atomic():
        actions.seat_panel(stage, draw, now=drawn_at)
        _sittings(stage, content)
        done = {row.key: _recommend(stage, row, content, met) for row in content.panel.recommendations}
        for note in content.panel.minority_notes:
            actions.add_minority_note(
                done[note.recommendation],
                bodies=note.text.by_language(),
                signed_by=note.people,
                once=_id("note", note.recommendation),
                now=at_noon(content.panel.sittings[-1].last_day),
            )
    return done


def _sittings(stage: Stage, content: DemoContent) -> None:
    planned = [
        actions.plan_sitting(
            stage,
            number=one.number,
            begins_on=one.first_day,
            ends_on=one.last_day,
            titles=one.title.by_language(),
            agendas={},
        )
        for one in content.panel.sittings
    ]
    for number, question in enumerate(content.panel.questions):
        asked = actions.ask(
            planned[-1],
            questions=question.text.by_language(),
            experts=question.asked_of.by_language(),
            once=_id("question", number),
        )
        actions.answer_question(asked, question.answer.by_language())


def _recommend(stage: Stage, row: DemoRecommendation, content: DemoContent, met: Met) -> Recommendation:
    """Write one recommendation, decide its amendments, vote on it."""
    at = at_noon(content.panel.sittings[-1].last_day)
    mine = [one for one in content.panel.amendments if one.recommendation == row.key]
    first = row.body.by_language()
    for one in mine:
        if one.is_adopted:
            first = _replaced(first, one.after, one.before)
    sources: list[Ref] = [("cluster", met.clusters[key].pk) for key in row.clusters]
    sources += [("card", met.cards[key].pk) for key in row.cards]
    topics = next(one.title for one in content.panel.subthemes if one.key == row.subtheme)
    made = actions.draft_recommendation(
        stage,
        titles=row.title.by_language(),
        bodies=first,
        came_from=sources,
        topics=topics.by_language(),
        once=_id("recommendation", row.key),
    )
    for one in mine:
        _amend(stage, made, one, at)
    made = Recommendation.objects.select_related("stage__process").get(pk=made.pk)
    _vote(stage, actions.put_to_vote(made, now=at), row.votes, at)
    decided = actions.close_vote(made, now=at)
    if (decided.state == RecommendationState.ADOPTED) != row.is_adopted:
        raise ValueError(f"The votes of {row.key} do not give the result that the content tells.")
    return Recommendation.objects.get(pk=made.pk)


def _amend(stage: Stage, made: Recommendation, one: Amendment, at: datetime) -> None:
    standing = {text.language: text.body for text in made.texts.all() if text.name == "body"}
    amendment = actions.propose_amendment(
        made,
        bodies=_replaced(standing, one.before, one.after),
        reasons=one.reasons.by_language(),
        language="",
        once=_id("amendment", one.key),
        now=at,
    )
    _vote(stage, actions.put_to_vote(amendment, now=at), one.votes, at)
    actions.close_vote(amendment, now=at)


def _replaced(bodies: Mapping[str, str], old: Text, new: Text) -> dict[str, str]:
    words, others = old.by_language(), new.by_language()
    return {language: body.replace(words[language], others[language]) for language, body in bodies.items()}


def _vote(stage: Stage, ballot: Ballot, votes: Votes, at: datetime) -> None:
    papers = [1] * votes.in_favor + [2] * votes.against + [3] * votes.abstaining
    together = [
        Vote(f"seat:{seat.participant_id}", (choice,), Origin.DRAWN, _id(ballot.subject, seat.number))
        for seat, choice in zip(stage.panel_seats.order_by("number"), papers, strict=False)
    ]
    cast_together(ballot, together, now=at)


def tell_report(stage: Stage, content: DemoContent, made: Mapping[str, Recommendation]) -> None:
    """Name the addressees, ask them, let them answer, print the report."""
    asked_at = at_noon(content.process.days["report_on"])
    account = Account.objects.get(email="addressee@demo.example")
    offices: dict[str, Addressee] = {}
    with transaction.atomic():
        for office in content.process.addressees:
            first = account if not offices else None
            offices[office.key] = report.name_addressee(stage, office.name.by_language(), account=first)
        report.ask_for_answers(stage, due_on=content.process.days["answers_due_on"], now=asked_at)
        in_a_while = content.process.days["report_on"] + timedelta(days=60)
        for one in sorted(content.answers, key=lambda one: one.answered_on or in_a_while):
            answer = Answer.objects.get(addressee=offices[one.addressee], recommendation=made[one.recommendation])
            bodies = one.what_will_be_done.by_language()
            if one.next_step is not None:
                steps = one.next_step.by_language()
                bodies = {language: f"{body}\n\n{steps[language]}" for language, body in bodies.items()}
            report.save_draft(
                answer,
                state=STATES[one.status],
                bodies=bodies,
                reasons=(one.reasons or NO_TEXT).by_language(),
                promised_on=one.promised_by,
                seen_revision=answer.revision,
            )
            report.publish_answer(answer, now=at_noon(one.answered_on or in_a_while))
    report.publish_edition(stage, now=at_noon(content.process.days["answers_due_on"]))


def _id(*parts: object) -> uuid.UUID:
    return uuid.uuid5(IDS, "/".join(str(part) for part in parts))

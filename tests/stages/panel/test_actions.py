"""Drafting, amending, deciding: what holds whatever the pages do."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.stages.panel.conftest import NOW, Draft, found_town, seat_four

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.ballotbox.closing import close_due
from burgertop.foundation.ballotbox.queries import ballot_for
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.record.queries import entries_of, verify
from burgertop.foundation.trace.queries import came_from
from burgertop.foundation.wording import HouseError
from burgertop.stages.panel import actions
from burgertop.stages.panel.models import (
    Amendment,
    AmendmentState,
    MinorityNote,
    PanelSeat,
    Question,
    Recommendation,
    RecommendationState,
    Version,
)
from burgertop.stages.panel.queries import adopted_of, changes_between
from burgertop.stages.summit.queries import roster_of

pytestmark = pytest.mark.django_db
Thing = Recommendation | Amendment
FOR, AGAINST, ABSTAIN = 1, 2, 3


def amend(recommendation: Recommendation, body: str = "There is a tram at night.", **changes: object) -> Amendment:
    words: dict[str, object] = {
        "bodies": {"en": body},
        "reasons": {"en": "Because."},
        "language": "en",
        "once": uuid.uuid4(),
        "now": NOW,
    } | changes
    return actions.propose_amendment(recommendation, **words)  # type: ignore[arg-type]  # values of a test


def decide(thing: Thing, votes: list[int]) -> Thing:
    """Put it to the vote; each vote comes from another seat."""
    ballot = actions.put_to_vote(thing, now=NOW)
    for number, choice in enumerate(votes):
        cast(ballot, voter=f"seat:{number}", choices=[choice], origin=Origin.DRAWN, once=uuid.uuid4(), now=NOW)
    return actions.close_vote(thing, now=NOW)


def fresh(recommendation: Recommendation) -> Recommendation:
    return Recommendation.objects.get(pk=recommendation.pk)


def test_the_panel_is_drawn_from_the_hall_and_meets_its_quotas(stage: Stage, seats: list[PanelSeat]) -> None:
    sexes = sorted(seat.participant.features["sex"] for seat in seats)

    assert ([seat.number for seat in seats], sexes) == ([1, 2, 3, 4], ["F", "F", "M", "M"])
    kinds = [entry.kind for entry in entries_of(stage.process_id)]
    assert kinds[:4] == ["panel_seated", "draw_made", "draw_chance", "draw_committed"]
    assert verify(stage.process_id) == ()


def test_seating_twice_seats_nobody_twice(stage: Stage, seats: list[PanelSeat]) -> None:
    draw = actions.found_panel_draw(stage, seats=4, features=["sex"], candidates=[])

    assert actions.seat_panel(stage, draw, now=NOW) == []
    assert PanelSeat.objects.count() == 4


def test_nobody_is_seated_before_the_draw(stage: Stage) -> None:
    draw = actions.found_panel_draw(stage, seats=4, features=["sex"], candidates=roster_of(stage))

    with pytest.raises(HouseError, match=r"panel\.not_drawn"):
        actions.seat_panel(stage, draw, now=NOW)


def test_a_draft_sent_twice_is_begun_once(draft: Draft) -> None:
    once = uuid.uuid4()

    assert draft(once=once).pk == draft(once=once).pk
    assert [(row.number, row.version) for row in Recommendation.objects.all()] == [(1, 1)]


def test_a_draft_says_what_it_came_from(draft: Draft) -> None:
    cluster = ("cluster", uuid.uuid4())

    assert came_from("recommendation", draft(came_from=[cluster]).pk) == [cluster]


def test_each_version_is_kept_word_for_word(draft: Draft) -> None:
    made = draft()

    actions.rewrite(made, titles={"nl": "Nachttram"}, bodies={"nl": "Er komt een tram."}, seen_version=1)

    rows = Version.objects.filter(recommendation=made).values_list("number", "language", "body")
    assert list(rows) == [
        (1, "en", "There is a bus at night."),
        (1, "nl", "Er komt een bus in de nacht."),
        (2, "nl", "Er komt een tram."),
    ]


def test_a_language_left_out_of_a_new_version_has_no_text_any_more(draft: Draft) -> None:
    made = draft()

    actions.rewrite(made, titles={"nl": "Nachttram"}, bodies={"nl": "Er komt een tram."}, seen_version=1)

    assert fresh(made).languages_of("body") == fresh(made).languages_of("title") == ("nl",)


def test_a_version_written_meanwhile_is_not_overwritten(draft: Draft) -> None:
    made = draft()
    actions.rewrite(made, titles={"nl": "A"}, bodies={"nl": "Van Alice."}, seen_version=1)

    with pytest.raises(HouseError) as caught:
        actions.rewrite(made, titles={"nl": "B"}, bodies={"nl": "Van Bob."}, seen_version=1)

    assert (caught.value.code, caught.value.params) == ("panel.written_meanwhile", {"seen": 1, "now": 2})
    assert fresh(made).say("body", "nl").text == "Van Alice."


def test_the_same_version_sent_twice_is_written_once(draft: Draft) -> None:
    made = draft()

    for _ in range(2):
        actions.rewrite(made, titles={"nl": "A"}, bodies={"nl": "Van Alice."}, seen_version=1)

    assert fresh(made).version == 2


def test_a_new_version_may_need_another_majority(draft: Draft) -> None:
    made = draft(threshold="2/3")

    actions.rewrite(made, titles={"nl": "A"}, bodies={"nl": "B"}, seen_version=1, threshold="4/5")

    assert fresh(made).threshold == "4/5"


@pytest.mark.parametrize(
    ("threshold", "votes", "state"),
    [
        ("1/2", [FOR, FOR, AGAINST, AGAINST], RecommendationState.REJECTED),
        ("1/2", [FOR, FOR, FOR, AGAINST], RecommendationState.ADOPTED),
        ("1/2", [FOR, ABSTAIN, ABSTAIN, ABSTAIN], RecommendationState.ADOPTED),
        ("2/3", [FOR, FOR, AGAINST], RecommendationState.ADOPTED),
        ("2/3", [FOR, FOR, AGAINST, AGAINST], RecommendationState.REJECTED),
        ("4/5", [FOR, FOR, FOR, FOR, AGAINST], RecommendationState.ADOPTED),
        ("4/5", [FOR, FOR, FOR, AGAINST], RecommendationState.REJECTED),
        ("1/2", [], RecommendationState.REJECTED),
    ],
)
def test_a_recommendation_is_decided_by_its_majority(
    draft: Draft, seats: list[PanelSeat], threshold: str, votes: list[int], state: str
) -> None:
    made = draft(threshold=threshold)

    decide(made, votes)

    assert (fresh(made).state, fresh(made).decided_at) == (state, NOW)
    kind = "recommendation_adopted" if state == RecommendationState.ADOPTED else "recommendation_rejected"
    newest = entries_of(made.stage.process_id)[0]
    assert (newest.kind, newest.facts) == (kind, {"number": 1, "version": 1, "threshold": threshold})


def test_votes_whose_time_is_over_are_decided_by_themselves(draft: Draft, seats: list[PanelSeat]) -> None:
    later = NOW + timedelta(hours=1)
    made, amended = draft(), draft()
    amendment = amend(amended)
    for thing in (made, amendment):
        actions.put_to_vote(thing, now=NOW, closes_at=later)

    done = [len(close_due(now=later).counted) for _ in range(2)]

    amendment.refresh_from_db()
    assert (done, fresh(made).state, fresh(made).decided_at) == ([2, 0], RecommendationState.REJECTED, later)
    assert (amendment.state, fresh(amended).state) == (AmendmentState.REJECTED, RecommendationState.DRAFT)


def test_closing_twice_decides_once(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()
    decide(made, [FOR])
    lines = entries_of(made.stage.process_id).count()

    actions.close_vote(made, now=NOW)

    assert entries_of(made.stage.process_id).count() == lines
    assert list(adopted_of(made.stage)) == [made]


def test_opening_a_vote_twice_gives_the_same_ballot(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()

    one, other = (actions.put_to_vote(made, now=NOW) for _ in range(2))

    assert (one.pk, one.eligible) == (other.pk, 4)


def test_a_panel_without_members_cannot_vote(draft: Draft) -> None:
    with pytest.raises(HouseError, match=r"panel\.empty"):
        actions.put_to_vote(draft(), now=NOW)


def test_what_is_decided_is_not_voted_on_again(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()
    decide(made, [FOR])

    with pytest.raises(HouseError, match=r"panel\.already_decided"):
        actions.put_to_vote(made, now=NOW)


@pytest.mark.parametrize("what", ["rewrite", "amend"])
def test_words_that_are_voted_on_do_not_change(draft: Draft, seats: list[PanelSeat], what: str) -> None:
    made = draft()
    actions.put_to_vote(made, now=NOW)
    tries: dict[str, Callable[[], object]] = {
        "rewrite": lambda: actions.rewrite(made, titles={"nl": "A"}, bodies={"nl": "B"}, seen_version=1),
        "amend": lambda: amend(made),
    }

    with pytest.raises(HouseError, match=r"panel\.not_a_draft"):
        tries[what]()


def test_an_adopted_amendment_is_the_new_version_and_old_translations_go(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()

    decide(amend(made), [FOR, FOR, AGAINST])

    assert (fresh(made).version, fresh(made).say("body", "nl").text) == (2, "There is a tram at night.")
    assert fresh(made).languages_of("body") == ("en",)
    rows = Version.objects.filter(recommendation=made, number=2).values_list("language", "title", "body")
    assert list(rows) == [("en", "Night bus", "There is a tram at night.")]


def test_a_rejected_amendment_changes_no_word(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()

    decided = decide(amend(made), [FOR, AGAINST])

    assert (decided.state, fresh(made).version) == (AmendmentState.REJECTED, 1)
    assert fresh(made).say("body", "en").text == "There is a bus at night."


def test_an_amendment_sent_twice_is_proposed_once(draft: Draft) -> None:
    made, once = draft(), uuid.uuid4()

    assert amend(made, once=once).pk == amend(made, once=once).pk
    assert made.amendments.count() == 1


def test_amendments_are_decided_before_the_recommendation(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()
    amend(made)

    with pytest.raises(HouseError, match=r"panel\.amendments_open"):
        actions.put_to_vote(made, now=NOW)


def test_an_outdated_amendment_is_not_voted_on_and_stops_nobody(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()
    first, second = amend(made), amend(made, "There is a boat at night.")
    decide(first, [FOR])

    with pytest.raises(HouseError, match=r"panel\.outdated_amendment"):
        actions.put_to_vote(second, now=NOW)
    assert decide(made, [FOR]).state == RecommendationState.ADOPTED


def test_only_one_amendment_of_a_recommendation_is_voted_on_at_a_time(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()
    first, second = amend(made), amend(made, "There is a boat at night.")
    actions.put_to_vote(first, now=NOW)

    for refused in (
        lambda: actions.put_to_vote(second, now=NOW),
        lambda: actions.put_to_vote(made, now=NOW),
        lambda: actions.rewrite(made, titles={"nl": "A"}, bodies={"nl": "B"}, seen_version=1),
    ):
        with pytest.raises(HouseError, match=r"panel\.vote_open"):
            refused()


def test_a_withdrawn_amendment_is_out_of_the_way(draft: Draft, seats: list[PanelSeat]) -> None:
    made = draft()
    amendment = amend(made)

    for _ in range(2):
        assert actions.withdraw_amendment(amendment).state == AmendmentState.WITHDRAWN
    with pytest.raises(HouseError, match=r"panel\.amendment_decided"):
        actions.put_to_vote(amendment, now=NOW)
    assert ballot_for(actions.put_to_vote(made, now=NOW).pk).subject == made.pk


def test_what_is_voted_on_is_not_withdrawn(draft: Draft, seats: list[PanelSeat]) -> None:
    amendment = amend(draft())
    actions.put_to_vote(amendment, now=NOW)

    with pytest.raises(HouseError, match=r"panel\.amendment_decided"):
        actions.withdraw_amendment(amendment)


def test_a_vote_that_was_never_opened_cannot_be_closed(draft: Draft) -> None:
    with pytest.raises(HouseError, match=r"panel\.no_vote"):
        actions.close_vote(draft(), now=NOW)


def test_a_minority_note_is_written_once_with_a_number_and_no_names(draft: Draft) -> None:
    made, once = draft(), uuid.uuid4()
    words = {"bodies": {"nl": "Wij niet."}, "signed_by": 2, "once": once, "now": NOW}

    for _ in range(2):
        actions.add_minority_note(made, **words)  # type: ignore[arg-type]  # values of a test

    assert MinorityNote.objects.count() == 1
    newest = entries_of(made.stage.process_id)[0]
    assert (newest.kind, newest.facts) == ("minority_note_added", {"recommendation": 1, "signed_by": 2})


def test_a_sitting_planned_again_is_moved_and_a_question_is_asked_once(stage: Stage) -> None:
    days = {"titles": {"nl": "Eerste"}, "agendas": {}}
    actions.plan_sitting(stage, number=1, begins_on=NOW.date(), ends_on=NOW.date(), **days)  # type: ignore[arg-type]  # values of a test
    later = NOW.date().replace(day=8)
    sitting = actions.plan_sitting(stage, number=1, begins_on=later, ends_on=later, **days)  # type: ignore[arg-type]  # values of a test
    once = uuid.uuid4()

    for _ in range(2):
        asked = actions.ask(sitting, questions={"nl": "Waarom?"}, experts={"nl": "Vervoer"}, once=once)
    actions.answer_question(asked, {"nl": "Daarom."})

    assert [row.begins_on for row in stage.sittings.all()] == [later]
    assert [row.say("answer", "nl").text for row in Question.objects.all()] == ["Daarom."]


def test_panels_of_two_processes_do_not_meet(stage: Stage, draft: Draft) -> None:
    other = found_town("other").stages.get(kind=StageKind.PANEL)
    seat_four(other)
    made = draft()

    with pytest.raises(HouseError, match=r"panel\.empty"):
        actions.put_to_vote(made, now=NOW)
    assert list(other.recommendations.all()) == []


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("", "", []),
        ("a b", "a b", [("same", "a b")]),
        ("", "a", [("in", "a")]),
        ("a", "", [("out", "a")]),
        ("a\n\nb", "a\n\nc", [("same", "a\n\n"), ("out", "b"), ("in", "c")]),
    ],
)
def test_changes_are_shown_word_by_word(old: str, new: str, changes: list[tuple[str, str]]) -> None:
    assert [(change.kind, change.text) for change in changes_between(old, new)] == changes

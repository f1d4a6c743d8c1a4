"""Before the vote."""

import stat
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from burgertop.foundation.ballotbox.actions import OptionDraft, cancel, open_ballot, prepare
from burgertop.foundation.ballotbox.models import Admission, Ballot, BallotKind, BallotState
from burgertop.foundation.ballotbox.queries import options_for
from burgertop.foundation.ballotbox.sealing import key_file
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError

OPTIONS = [OptionDraft({"nl": letter}) for letter in "ABCD"]
TITLES = {"nl": "Stemming"}


def test_a_prepared_ballot_has_its_options_in_order_with_their_texts(stage: Stage) -> None:
    drafts = [OptionDraft({"nl": "Bus", "fr": "Bus du soir"}, {"nl": "Elke avond"}), OptionDraft({"nl": "Taxi"})]

    ballot = prepare(
        stage, BallotKind.APPROVAL, rule="approval_count", titles=TITLES, options=drafts, code_purpose="seat"
    )

    said = [
        (option.number, str(option.say("title", "fr")), str(option.say("detail", "fr")))
        for option in options_for(ballot)
    ]
    assert said == [(1, "Bus du soir", "Elke avond"), (2, "Taxi", "")]
    assert (ballot.state, str(ballot.say("title", "de"))) == (BallotState.DRAFT, "Stemming")


def test_a_motion_brings_its_own_options_in_the_languages_of_the_process(stage: Stage) -> None:
    ballot = prepare(stage, BallotKind.MOTION, rule="majority_half", titles=TITLES, code_purpose="seat")

    options = options_for(ballot)
    assert [option.languages_of("title") for option in options] == [("fr", "nl")] * 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"options": []}, "ballots.no_options"),
        ({"most_choices": 5}, "ballots.bad_limits"),
        ({"least_choices": 2}, "ballots.bad_limits"),
        ({"rule": "borda"}, "ballots.rule_not_for_kind"),
        ({"rule": "guess"}, "ballots.unknown_rule"),
        ({"seats": 5}, "ballots.bad_winners"),
        ({"code_purpose": ""}, "ballots.code_purpose_missing"),
        ({"kind": BallotKind.MOTION, "rule": "majority_half"}, "ballots.motion_has_options"),
    ],
)
def test_a_ballot_that_does_not_fit_together_is_refused(stage: Stage, changes: dict[str, object], code: str) -> None:
    wanted = {
        "kind": BallotKind.APPROVAL,
        "rule": "approval_count",
        "titles": TITLES,
        "options": OPTIONS,
        "code_purpose": "seat",
    } | changes
    kind = wanted.pop("kind")

    with pytest.raises(HouseError) as refused:
        prepare(stage, kind, **wanted)  # type: ignore[arg-type]  # plain test values

    assert (refused.value.code, Ballot.objects.count()) == (code, 0)


def test_a_title_in_a_language_that_is_none_is_refused(stage: Stage) -> None:
    with pytest.raises(ValidationError):
        prepare(
            stage,
            BallotKind.APPROVAL,
            rule="approval_count",
            titles=TITLES,
            options=[OptionDraft({"Dutch!": "Bus"})],
            admission=Admission.ANYONE,
        )


def test_opening_makes_a_key_that_only_its_owner_reads(ballot: Ballot) -> None:
    path = key_file(ballot.pk)

    assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_size) == (0o600, 32)
    assert path.read_bytes() != bytes(ballot.public_key)


def test_opening_again_keeps_the_key(ballot: Ballot, now: datetime) -> None:
    kept = key_file(ballot.pk).read_bytes()

    again = open_ballot(ballot, now=now + timedelta(hours=1))

    assert (again.opened_at, key_file(ballot.pk).read_bytes()) == (now, kept)
    assert Entry.objects.filter(kind="ballot_opened").count() == 1


def test_the_record_says_what_is_voted_on_and_under_which_key(ballot: Ballot) -> None:
    assert Entry.objects.get(kind="ballot_opened").facts == {
        "ballot": str(ballot.pk),
        "kind": "approval",
        "rule": "approval_count",
        "options": 4,
        "least_choices": 1,
        "most_choices": 2,
        "seats": 1,
        "eligible": None,
        "quorum": 0,
        "key": fingerprint(bytes(ballot.public_key)),
    }


def test_a_ballot_that_is_over_is_not_opened_again(
    stage: Stage, ballot: Ballot, make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    cancelled = cancel(ballot, reason="A test.", now=now)

    with pytest.raises(HouseError) as refused:
        open_ballot(cancelled, now=now)

    assert refused.value.code == "ballots.not_draft"


def test_a_ballot_cannot_close_before_it_opens(stage: Stage, now: datetime) -> None:
    draft = prepare(stage, BallotKind.MOTION, rule="majority_half", titles=TITLES, code_purpose="seat")

    with pytest.raises(HouseError) as refused:
        open_ballot(draft, now=now, closes_at=now)

    assert (refused.value.code, key_file(draft.pk).exists()) == ("ballots.closes_in_the_past", False)

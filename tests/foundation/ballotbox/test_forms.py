"""The paper as a form: what can be filled in, and what is said when it does not fit."""

import uuid
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from burgertop.foundation.ballotbox.actions import OptionDraft
from burgertop.foundation.ballotbox.forms import PaperForm
from burgertop.foundation.ballotbox.models import Ballot, BallotKind
from burgertop.foundation.ballotbox.queries import options_for
from burgertop.foundation.process.models import Stage

MakeBallot = Callable[..., Ballot]


def sent(ballot: Ballot, query: str) -> PaperForm:
    data = QueryDict(f"once={uuid.uuid4()}&{query}")
    return PaperForm(ballot, options_for(ballot, "alice"), data)


@pytest.fixture
def motion(stage: Stage, make_ballot: MakeBallot) -> Ballot:
    """For, against or abstain."""
    return make_ballot(stage, kind=BallotKind.MOTION, rule="majority_half", options=(), most_choices=1)


@pytest.fixture
def ranking(stage: Stage, make_ballot: MakeBallot) -> Ballot:
    """Three places for four options."""
    return make_ballot(stage, kind=BallotKind.RANKING, rule="borda", most_choices=3)


def test_choices_come_out_as_sorted_numbers(ballot: Ballot) -> None:
    form = sent(ballot, "choice=3&choice=1")

    assert (form.is_valid(), form.cleaned_data["choices"]) == (True, (1, 3))


def test_a_blank_paper_must_be_said_to_be_blank(ballot: Ballot) -> None:
    silent, said = sent(ballot, ""), sent(ballot, "blank=on")

    assert [silent.is_valid(), said.is_valid()] == [False, True]
    assert silent.errors == {"choice": ["Nothing is chosen yet. Choose, or say that your paper is blank."]}
    assert said.cleaned_data["choices"] == ()


def test_blank_and_a_choice_together_are_refused(ballot: Ballot) -> None:
    form = sent(ballot, "choice=1&blank=on")

    assert form.errors == {"blank": ["A blank paper names nothing. Take one of the two away."]}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("choice=1&choice=2&choice=3", "You filled in 3 circles; at most 2 may be."),
        ("choice=9", "Select a valid choice. 9 is not one of the available choices."),
        ("choice=%3Cb%3E", "Select a valid choice. <b> is not one of the available choices."),
    ],
)
def test_what_does_not_fit_is_said(ballot: Ballot, query: str, sentence: str) -> None:
    assert sent(ballot, query).errors["choice"] == [sentence]


def test_too_few_choices_are_refused(stage: Stage, make_ballot: MakeBallot) -> None:
    ballot = make_ballot(stage, least_choices=2, most_choices=3)

    assert sent(ballot, "choice=1").errors == {"choice": ["You filled in 1 circle; at least 2 must be."]}


@pytest.mark.parametrize(("query", "choices"), [("choice=1", (1,)), ("choice=3", (3,)), ("choice=blank", ())])
def test_a_motion_has_four_circles(motion: Ballot, query: str, choices: tuple[int, ...]) -> None:
    form = sent(motion, query)

    assert (form.is_valid(), form.cleaned_data["choices"]) == (True, choices)
    assert [circle.value for circle in form.circles] == ["1", "2", "3", "blank"]


def test_a_ranking_gives_places_away_the_best_first(ranking: Ballot) -> None:
    form = sent(ranking, "place_1=4&place_2=2&place_3=")

    assert (form.is_valid(), form.cleaned_data["choices"]) == (True, (4, 2))
    assert [option.number for option in form.chosen] == [4, 2]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("place_1=4&place_2=4", {"place_2": ["This option has a place already."]}),
        ("place_2=4", {"place_2": ["A place before this one is empty."]}),
        ("", {"place_1": ["Nothing is chosen yet. Choose, or say that your paper is blank."]}),
    ],
)
def test_a_ranking_with_a_gap_or_a_double_is_refused(ranking: Ballot, query: str, errors: dict[str, list[str]]) -> None:
    assert sent(ranking, query).errors == errors


@pytest.mark.parametrize("query", ["choice=2&choice=4", "blank=on"])
def test_the_review_carries_the_same_paper_on(ballot: Ballot, query: str) -> None:
    form = sent(ballot, f"{query}&step=review")
    assert form.is_valid()

    carried = "&".join(f"{name}={value}" for name, value in form.sent)
    again = PaperForm(ballot, options_for(ballot), QueryDict(f"{carried}&step=send"))

    assert again.is_valid()
    assert (form.step, again.step) == ("review", "send")
    assert {name: again.cleaned_data[name] for name in ("once", "choices")} == {
        name: form.cleaned_data[name] for name in ("once", "choices")
    }


def test_the_review_of_a_ranking_and_of_a_blank_motion_carry_on(ranking: Ballot, motion: Ballot) -> None:
    ranked, blank = sent(ranking, "place_1=4&place_2=2"), sent(motion, "choice=blank")
    assert [ranked.is_valid(), blank.is_valid()] == [True, True]

    assert ranked.sent[1:] == [("place_1", "4"), ("place_2", "2")]
    assert blank.sent[1:] == [("choice", "blank")]


def test_a_form_without_its_number_is_refused(ballot: Ballot) -> None:
    form = PaperForm(ballot, options_for(ballot), QueryDict("choice=1"))

    assert list(form.errors) == ["once"]


def test_every_form_shown_has_its_own_number(ballot: Ballot) -> None:
    numbers = {PaperForm(ballot, options_for(ballot))["once"].value() for _ in range(3)}

    assert len(numbers) == 3


def test_the_circles_stand_in_the_voters_own_order(stage: Stage, make_ballot: MakeBallot) -> None:
    options = [OptionDraft({"nl": str(number)}) for number in range(25)]
    ballot = make_ballot(stage, options=options, most_choices=3)

    orders = [
        [circle.value for circle in PaperForm(ballot, options_for(ballot, voter)).circles]
        for voter in ("alice", "alice", "bob")
    ]

    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[2], key=int) == [str(number) for number in range(1, 26)]


def test_the_paper_shows_a_circle_for_each_option_and_what_is_wrong(ballot: Ballot) -> None:
    page = render_to_string("ballotbox/_paper.html", {"form": sent(ballot, "choice=1&choice=2&choice=3")})

    assert page.count('name="choice"') == 4
    assert page.count("checked>") == 3
    assert "You filled in 3 circles; at most 2 may be." in page
    assert 'name="blank"' in page


def test_the_review_names_what_was_chosen_and_carries_it_hidden(ballot: Ballot) -> None:
    form = sent(ballot, "choice=2&step=review")
    assert form.is_valid()

    page = render_to_string("ballotbox/_paper.html", {"form": form, "review": True})

    assert "Thema B" in page
    assert "Thema A" not in page
    assert '<input type="hidden" name="choice" value="2">' in page


def test_a_ranking_is_filled_in_with_lists_to_choose_from(ranking: Ballot) -> None:
    page = render_to_string("ballotbox/_paper.html", {"form": sent(ranking, "place_1=4")})

    assert [page.count(f'name="place_{place}"') for place in (1, 2, 3, 4)] == [1, 1, 1, 0]


def test_the_receipt_is_shown_in_groups_with_how_to_check_and_change(ballot: Ballot) -> None:
    page = render_to_string(
        "ballotbox/_receipt.html",
        {"receipt": "K7M4PX9RW234", "ballot": ballot, "voted_at": ballot.opened_at, "change_url": "/again/"},
    )

    assert "K7M4 PX9R W234" in page
    assert 'href="/again/"' in page

"""Putting ideas under themes."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.queries import came_from, led_to
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions import (
    Hand,
    confirm_placement,
    leave_out,
    link_double,
    place_idea,
    place_ideas,
    rate,
    undo_placement,
)
from burgertop.stages.consultation.models import Idea, IdeaState, Placement, Rating, Theme

SendIdea = Callable[..., Idea]


def later(hand: Hand) -> Hand:
    return Hand(hand.account, hand.role, timezone.now())


def test_a_placed_idea_is_traced_to_its_theme(idea_from: SendIdea, themes: list[Theme], hand: Hand) -> None:
    idea = idea_from()

    place_idea(idea, themes[0], hand=hand, is_from_suggestion=True)

    assert led_to("idea", idea.pk) == [("theme", themes[0].pk)]
    assert Placement.objects.standing().get().is_from_suggestion


def test_a_new_place_ends_the_old_one_and_keeps_it(idea_from: SendIdea, themes: list[Theme], hand: Hand) -> None:
    idea = idea_from()
    place_idea(idea, themes[0], hand=hand)

    place_idea(idea, themes[1], hand=later(hand), note="Rather this", language="en")

    assert Placement.objects.count() == 2
    assert Placement.objects.standing().get().theme == themes[1]
    assert led_to("idea", idea.pk) == [("theme", themes[1].pk)]


def test_the_same_place_again_changes_nothing(idea_from: SendIdea, themes: list[Theme], hand: Hand) -> None:
    idea = idea_from()
    first = place_idea(idea, themes[0], hand=hand)

    again = place_idea(idea, themes[0], hand=later(hand))

    assert (again.pk, Placement.objects.count()) == (first.pk, 1)


def test_undo_goes_back_one_step_and_then_to_the_pile(
    stage: Stage, idea_from: SendIdea, themes: list[Theme], hand: Hand
) -> None:
    idea = idea_from()
    place_idea(idea, themes[0], hand=hand)
    leave_out(idea, reason="alone", hand=later(hand))

    back = undo_placement(idea, hand=later(hand))
    single = idea_from("Another idea")
    place_idea(single, themes[0], hand=later(hand))

    assert back is not None
    assert back.theme == themes[0]
    assert undo_placement(single, hand=later(hand)) is None
    assert list(stage.ideas.unplaced()) == [single]
    assert came_from("theme", themes[0].pk) == [("idea", idea.pk)]


def test_a_double_goes_where_the_other_is_and_both_keep_their_ratings(
    stage: Stage, idea_from: SendIdea, themes: list[Theme], hand: Hand
) -> None:
    first, double, now = idea_from("A last bus"), idea_from("A late bus"), timezone.now()
    for idea in (first, double):
        rate(stage, idea, rater=uuid.uuid4(), value=1, now=now)
    place_idea(first, themes[0], hand=hand)

    placement = link_double(double, first, hand=hand)

    assert (placement.theme, placement.same_as) == (themes[0], first)
    assert sorted(Rating.objects.values_list("idea__number", flat=True)) == [1, 2]


def test_the_second_reader_is_another_person(idea_from: SendIdea, themes: list[Theme], hand: Hand) -> None:
    idea = idea_from()
    place_idea(idea, themes[0], hand=hand)

    with pytest.raises(HouseError) as raised:
        confirm_placement(idea, hand=hand)
    confirmed = confirm_placement(idea, hand=Hand(uuid.uuid4(), Role.ORGANISER, timezone.now()))

    assert raised.value.code == "consultation.second_reader_is_first"
    assert confirmed.confirmed_at is not None


def test_hidden_ideas_and_ideas_of_elsewhere_cannot_be_placed(
    stage: Stage, idea_from: SendIdea, themes: list[Theme], hand: Hand
) -> None:
    hidden, fine = idea_from(), idea_from("Fine")
    hidden.state = IdeaState.HIDDEN
    hidden.save()
    other = Stage.objects.exclude(pk=stage.pk).first()
    elsewhere = Theme.objects.create(stage=other, key="elsewhere", order=1)

    codes = []
    for ideas, theme in (([hidden], themes[0]), ([fine], elsewhere)):
        with pytest.raises(HouseError) as raised:
            place_ideas(ideas, theme, hand=hand)
        codes.append(raised.value.code)

    assert codes == ["consultation.idea_hidden", "consultation.idea_elsewhere"]
    assert not Placement.objects.exists()

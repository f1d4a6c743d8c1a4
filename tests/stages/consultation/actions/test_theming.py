"""Making, wording, splitting, merging themes."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.queries import entries_of
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions import (
    Hand,
    make_theme,
    merge_theme,
    place_idea,
    place_ideas,
    reword_theme,
    split_theme,
)
from burgertop.stages.consultation.models import Idea, IdeaState, Theme
from burgertop.stages.consultation.queries import ideas_under

SendIdea = Callable[..., Idea]


def test_a_theme_gets_an_address_of_its_own(stage: Stage) -> None:
    keys = [make_theme(stage, titles={"fr": " Santé "}, now=timezone.now()).key for _ in range(3)]

    assert keys == ["sante", "sante-2", "sante-3"]


def test_a_theme_without_a_title_is_refused(stage: Stage) -> None:
    with pytest.raises(HouseError) as raised:
        make_theme(stage, titles={"nl": "  "}, now=timezone.now())

    assert raised.value.code == "consultation.title_missing"


def test_new_words_keep_the_address(themes: list[Theme]) -> None:
    reword_theme(themes[0], titles={"en": "Trains", "nl": "Treinen"}, now=timezone.now())

    theme = Theme.objects.get(pk=themes[0].pk)
    assert (theme.key, theme.say("title", "nl").text) == ("buses-and-trains", "Treinen")


def test_a_split_takes_some_ideas_along(idea_from: SendIdea, themes: list[Theme], hand: Hand) -> None:
    stay, go = idea_from("A last bus"), idea_from("A night train")
    place_ideas([stay, go], themes[0], hand=hand)

    fresh = split_theme(themes[0], [go], titles={"en": "Trains"}, hand=Hand(hand.account, hand.role, timezone.now()))

    assert (list(ideas_under(themes[0])), list(ideas_under(fresh))) == ([stay], [go])


def test_a_merged_theme_stays_and_leads_to_the_other_with_every_idea(
    stage: Stage, idea_from: SendIdea, themes: list[Theme], hand: Hand
) -> None:
    shown, hidden = idea_from("A last bus"), idea_from("A rude bus")
    place_ideas([shown, hidden], themes[0], hand=hand)
    Idea.objects.filter(pk=hidden.pk).update(state=IdeaState.HIDDEN)

    merge_theme(themes[0], themes[1], hand=Hand(hand.account, hand.role, timezone.now()))

    line = entries_of(stage.process_id).first()
    assert line is not None
    assert (line.kind, line.facts["into"], line.facts["ideas"]) == ("theme_merged", "care-for-the-old", 2)
    assert Theme.objects.get(pk=themes[0].pk).merged_into == themes[1]
    assert list(ideas_under(themes[1])) == [shown]
    with pytest.raises(HouseError) as raised:
        place_idea(idea_from("New"), Theme.objects.get(pk=themes[0].pk), hand=hand)
    assert raised.value.code == "consultation.theme_merged"

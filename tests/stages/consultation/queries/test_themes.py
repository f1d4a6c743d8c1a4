"""Themes, the pile and the suggestions."""

from collections.abc import Callable

from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import Hand, leave_out, place_idea
from burgertop.stages.consultation.models import Idea, IdeaState, Theme
from burgertop.stages.consultation.queries.themes import Progress, progress_of, suggestions_for, themes_of

SendIdea = Callable[..., Idea]


def test_progress_counts_shown_ideas_only(stage: Stage, idea_from: SendIdea, themes: list[Theme], hand: Hand) -> None:
    placed, hidden, left = idea_from("One bus"), idea_from("Two buses"), idea_from("My street")
    idea_from("On the pile")
    for idea in (placed, hidden):
        place_idea(idea, themes[0], hand=hand)
    leave_out(left, reason="too_local", hand=hand)
    Idea.objects.filter(pk=hidden.pk).update(state=IdeaState.HIDDEN)

    assert progress_of(stage) == Progress(unplaced=1, placed=1, not_taken=1, confirmed=0)
    assert [vars(theme)["ideas"] for theme in themes_of(stage)] == [1, 0, 0, 0]


def test_a_suggestion_is_the_theme_of_the_ideas_that_are_alike(
    stage: Stage, idea_from: SendIdea, themes: list[Theme], hand: Hand
) -> None:
    place_idea(idea_from("A last bus in the evening"), themes[0], hand=hand)
    place_idea(idea_from("Lower taxes on work"), themes[2], hand=hand)
    like_bus, like_tax, alone = (
        idea_from("The last bus leaves too early in the evening"),
        idea_from("Taxes on work are too high, lower them"),
        idea_from("Zwemmen"),
    )

    found = suggestions_for(stage, [like_bus, like_tax, alone])

    assert {pk: hint.theme_id for pk, hint in found.items()} == {like_bus.pk: themes[0].pk, like_tax.pk: themes[2].pk}

"""Similar ideas are found among those shown now: new ones at once, hidden ones no more."""

from tests.stages.consultation.conftest import SendIdea

from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Idea, IdeaState
from burgertop.stages.consultation.queries.ideas import similar_ideas


def test_ideas_that_come_and_go_are_known_at_once(stage: Stage, idea_from: SendIdea) -> None:
    asked = "A last bus in the evening for each village"
    assert similar_ideas(stage, asked) == []

    first = idea_from("A last bus in the evening for every village")
    idea_from("Lower taxes on work")
    assert similar_ideas(stage, asked) == [first]

    second = idea_from("One more bus in the evening for our village")
    assert set(similar_ideas(stage, asked)) == {first, second}

    Idea.objects.filter(pk=first.pk).update(state=IdeaState.HIDDEN)
    third = idea_from("In the evening a last bus for each village")
    assert set(similar_ideas(stage, asked)) == {second, third}


def test_an_author_is_not_told_of_their_own_ideas(stage: Stage, idea_from: SendIdea) -> None:
    mine = idea_from("A last bus in the evening")

    assert similar_ideas(stage, "A last bus in the evening", without=mine.speech) == []

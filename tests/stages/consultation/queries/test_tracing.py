"""How the trace shows ideas and themes."""

from collections.abc import Callable

from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Idea, IdeaState, Theme
from burgertop.stages.consultation.queries.tracing import describe_ideas, describe_themes


def test_hidden_ideas_are_not_described(stage: Stage, idea_from: Callable[..., Idea]) -> None:
    shown, hidden = idea_from("A last bus", place="Ninove"), idea_from("Rude")
    Idea.objects.filter(pk=hidden.pk).update(state=IdeaState.HIDDEN)

    found = describe_ideas([shown.pk, hidden.pk], "en")

    assert [(one.where, one.title.text, one.note) for one in found] == [("Idea 1", "A last bus", "Ninove")]
    assert found[0].url.endswith(f"/g1000/consultation/ideas/ideas/{shown.pk}/")


def test_a_theme_says_whether_the_vote_chose_it(stage: Stage, themes: list[Theme]) -> None:
    themes[1].agenda_order = 1
    themes[1].save()

    found = describe_themes([theme.pk for theme in themes[:2]], "en")

    assert {one.title.text: str(one.note) for one in found} == {
        "Buses and trains": "",
        "Care for the old": "Chosen by the vote",
    }

"""Ideas from files, the real ones of Polis too."""

from pathlib import Path

import pytest
from django.utils import timezone

from burgertop.foundation.files.tables import read_table
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions import import_ideas, plan_import
from burgertop.stages.consultation.models import Idea, Rating

COMMENTS = b"""timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body
1503491937484,7,0,2,1,1,More buses
1503491937485,8,0,0,0,0,Fewer cars
1503491937486,9,0,0,0,-1,Rude words
1503491937487,10,0,0,0,1,x
"""
VOTES = b"""timestamp,comment-id,voter-id,vote
1,7,a,-1
2,7,a,1
3,7,b,-1
4,9,b,1
5,8,b,0
6,8,c,5
"""


def test_a_plan_says_what_would_come_in_and_stores_nothing(stage: Stage) -> None:
    plan = plan_import(stage, read_table("c.csv", COMMENTS), read_table("v.csv", VOTES), language="en")

    assert [(idea.text, idea.state) for idea in plan.ideas] == [("More buses", "shown"), ("Fewer cars", "held")]
    assert (plan.rejected, plan.votes_left_out, plan.raters) == (1, 2, 2)
    assert [(problem.line, problem.text) for problem in plan.problems] == [(5, "x")]
    assert not Idea.objects.exists()


def test_an_import_keeps_states_moments_and_a_raters_last_answer(stage: Stage) -> None:
    plan = plan_import(stage, read_table("c.csv", COMMENTS), read_table("v.csv", VOTES), language="en")

    import_ideas(stage, plan, now=timezone.now())

    first = Idea.objects.get(number=1)
    assert (first.origin, first.speech, first.sent_at.year) == ("imported", None, 2017)
    assert sorted(Rating.objects.values_list("idea__number", "value")) == [(1, -1), (1, 1), (2, 0)]


@pytest.mark.parametrize("moment", ["\u00b2" * 13, "9" * 6000, "-1", "", "\u0661" * 13])
def test_a_moment_that_is_none_is_left_out(stage: Stage, moment: str) -> None:
    comments = COMMENTS.replace(b"1503491937484", moment.encode())

    plan = plan_import(stage, read_table("c.csv", comments), language="en")

    assert [idea.text for idea in plan.ideas] == ["More buses", "Fewer cars"]


def test_the_same_file_twice_adds_nothing(stage: Stage) -> None:
    tables = read_table("c.csv", COMMENTS), read_table("v.csv", VOTES)
    import_ideas(stage, plan_import(stage, *tables, language="en"), now=timezone.now())

    plan = plan_import(stage, *tables, language="en")
    import_ideas(stage, plan, now=timezone.now())

    assert (plan.known, Idea.objects.count(), Rating.objects.count()) == (2, 2, 3)


def test_a_plain_list_names_its_own_languages(stage: Stage) -> None:
    table = read_table(
        "list.csv", "text,language,place\nMeer bomen,nl,Gent\nPlus d’arbres,,Mons\nÉcole,Klingon!,\n".encode()
    )

    plan = plan_import(stage, table, language="fr")

    assert [(idea.language, idea.place) for idea in plan.ideas] == [("nl", "Gent"), ("fr", "Mons")]
    assert [problem.line for problem in plan.problems] == [4]


def test_a_file_without_texts_says_what_it_has(stage: Stage) -> None:
    with pytest.raises(HouseError) as raised:
        plan_import(stage, read_table("a.csv", b"name,age\nAnn,30\n"), language="en")

    assert (raised.value.code, raised.value.params) == ("consultation.import_no_text", {"columns": ("name", "age")})


def test_a_real_conversation_comes_in_whole(stage: Stage, shared_data: Path) -> None:
    folder = shared_data / "consultation" / "nz-ubi"
    tables = [read_table(name, (folder / name).read_bytes()) for name in ("comments.csv", "votes.csv")]

    plan = plan_import(stage, *tables, language="en")
    count = import_ideas(stage, plan, now=timezone.now())

    assert plan.problems == [] or all(len(problem.sentence) > 10 for problem in plan.problems)
    assert count + plan.rejected + len(plan.problems) == 71
    assert Rating.objects.count() == len(plan.votes)
    assert plan.raters == 234

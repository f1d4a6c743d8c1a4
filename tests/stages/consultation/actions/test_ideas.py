"""Sending ideas in."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions import forget_author, send_idea, set_up, translate_idea
from burgertop.stages.consultation.models import Arrivals, Idea, IdeaState


def test_an_idea_is_numbered_kept_in_its_words_and_gets_a_code(stage: Stage) -> None:
    speech = uuid.uuid4()

    idea, code = send_idea(
        stage,
        "  Plus de bus\nle soir ",
        language="fr",
        place=" Ninove ",
        speech=speech,
        once=uuid.uuid4(),
        now=timezone.now(),
    )

    assert (idea.number, idea.state, idea.place) == (1, "shown", "Ninove")
    assert idea.say("text", "nl").text == "Plus de bus le soir"
    assert enter(stage.process_id, "idea", code.lower(), network="n", now=timezone.now()).subject == speech


def test_the_same_form_sent_twice_gives_one_idea(stage: Stage) -> None:
    values = {"language": "en", "speech": uuid.uuid4(), "once": uuid.uuid4(), "now": timezone.now()}
    first, code = send_idea(stage, "More trees", **values)

    second, again = send_idea(stage, "More trees", **values, known_code=code)

    assert (second.pk, again, Idea.objects.count()) == (first.pk, code, 1)


def test_a_code_that_never_arrived_is_replaced_when_the_form_is_sent_again(stage: Stage) -> None:
    values = {"language": "en", "speech": uuid.uuid4(), "once": uuid.uuid4(), "now": timezone.now()}
    _, lost = send_idea(stage, "More trees", **values)

    _, fresh = send_idea(stage, "More trees", **values)

    assert enter(stage.process_id, "idea", fresh, network="n", now=timezone.now()).subject == values["speech"]
    with pytest.raises(HouseError) as raised:
        enter(stage.process_id, "idea", lost, network="n", now=timezone.now())
    assert raised.value.code == "codes.replaced"


def test_one_author_keeps_one_code_for_all_ideas(stage: Stage) -> None:
    speech, now = uuid.uuid4(), timezone.now()
    _, code = send_idea(stage, "More trees", language="en", speech=speech, once=uuid.uuid4(), now=now)

    second, same = send_idea(
        stage, "Fewer cars", language="en", speech=speech, once=uuid.uuid4(), now=now, known_code=code
    )

    assert (second.number, same) == (2, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "consultation.text_empty"),
        (" \x00\u200b ", "consultation.text_empty"),
        ("!!!", "consultation.text_empty"),
        ("ab", "consultation.text_too_short"),
        ("a" * 401, "consultation.text_too_long"),
    ],
)
def test_a_text_of_the_wrong_length_is_refused(stage: Stage, text: str, code: str) -> None:
    with pytest.raises(HouseError) as raised:
        send_idea(stage, text, language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=timezone.now())

    assert raised.value.code == code
    assert not Idea.objects.exists()


def test_the_same_words_of_the_same_author_are_refused_and_name_the_first(stage: Stage) -> None:
    speech, now = uuid.uuid4(), timezone.now()
    send_idea(stage, "More trees!", language="en", speech=speech, once=uuid.uuid4(), now=now)

    with pytest.raises(HouseError) as raised:
        send_idea(stage, "more  TREES", language="en", speech=speech, once=uuid.uuid4(), now=now)

    assert (raised.value.code, raised.value.params) == ("consultation.sent_already", {"number": 1})


def test_two_authors_may_say_the_same(stage: Stage) -> None:
    now = timezone.now()
    for _ in range(2):
        send_idea(stage, "More trees", language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=now)

    assert list(Idea.objects.values_list("number", flat=True)) == [1, 2]


def test_one_network_sends_only_so_many_ideas_an_hour(stage: Stage) -> None:
    now = (timezone.now() + timedelta(hours=1)).replace(minute=15)
    rules = {"ideas_until": None, "ratings_until": None, "raters": "anyone", "is_read_first": False}
    set_up(stage, **rules, most_per_hour=2, most_choices=3, now=now)
    stage.refresh_from_db()
    for text in ("One idea", "Two ideas"):
        send_idea(stage, text, language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=now, network="n1")

    with pytest.raises(HouseError) as raised:
        send_idea(stage, "Three", language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=now, network="n1")
    send_idea(stage, "Four", language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=now, network="n2")
    later = now + timedelta(hours=1)
    send_idea(stage, "Five", language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=later, network="n1")

    assert (raised.value.code, raised.value.params) == ("consultation.too_many", {"minutes": 45})
    assert Arrivals.objects.count() == 3


def test_after_the_end_no_idea_is_taken(closed_stage: Stage) -> None:
    with pytest.raises(HouseError) as raised:
        send_idea(closed_stage, "Too late", language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=timezone.now())

    assert raised.value.code == "consultation.ideas_closed"


def test_ideas_wait_to_be_read_when_the_process_chose_so(stage: Stage) -> None:
    now = timezone.now()
    rules = {"ideas_until": None, "ratings_until": None, "raters": "anyone", "most_per_hour": 9, "most_choices": 3}
    set_up(stage, **rules, is_read_first=True, now=now)

    idea, _ = send_idea(stage, "More trees", language="en", speech=uuid.uuid4(), once=uuid.uuid4(), now=now)

    assert idea.state == IdeaState.HELD


def test_a_translation_stands_beside_the_original(stage: Stage) -> None:
    idea, _ = send_idea(stage, "Meer bomen", language="nl", speech=uuid.uuid4(), once=uuid.uuid4(), now=timezone.now())

    translate_idea(idea, {"nl": "Iets anders", "fr": "Plus d’arbres"}, is_machine=True)

    french, dutch = idea.say("text", "fr"), idea.say("text", "nl")
    assert (french.text, french.is_machine, french.original_language) == ("Plus d’arbres", True, "nl")
    assert (dutch.text, dutch.is_original) == ("Meer bomen", True)


def test_an_author_can_cut_the_link_and_the_idea_stays(stage: Stage) -> None:
    speech = uuid.uuid4()
    send_idea(stage, "More trees", language="en", speech=speech, once=uuid.uuid4(), now=timezone.now())

    assert forget_author(stage, speech) == 1

    assert list(Idea.objects.values_list("speech", flat=True)) == [None]

"""From the population to quotas, and quotas looked at as they are typed."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from burgertop.foundation.draws.models import Draw, Margin

pytestmark = pytest.mark.django_db

PEOPLE = b"feature;value;people\nsex;F;5.100.000\nsex;M;4900000\nsex;X;1000\n"


def address(name: str) -> str:
    with override("en"):
        return reverse(f"lottery:{name}", kwargs={"process": "town", "stage": "lottery", "draw": "hall"})


def send(client: Client, content: bytes) -> HttpResponse:
    return client.post(address("population"), {"file": SimpleUploadedFile("people.csv", content), "sheet": ""})


def text(page: HttpResponse) -> str:
    return " ".join(page.content.decode().split())


def test_quotas_are_proposed_in_proportion_with_least_seats_for_a_small_group(organiser: Client, draw: Draw) -> None:
    looked = send(organiser, PEOPLE)["Location"]
    first = organiser.get(looked)
    once = str(uuid.uuid4())

    again = organiser.post(looked, {"tolerance": 0, "at_least_2": 1, "once": once, "step": "look"})
    taken = organiser.post(looked, {"tolerance": 0, "at_least_2": 1, "once": once, "step": "take"})

    assert [line.quota.least for line, _ in first.context["lines"]] == [0, 0, 0]
    assert [(line.quota.value, line.quota.least, line.quota.most) for line, _ in again.context["lines"]] == [
        ("F", 2, 2),
        ("M", 1, 1),
        ("X", 1, 1),
    ]
    assert taken["Location"] == address("quotas")
    assert [(row.value, row.least, row.most) for row in draw.quotas.all()] == [("F", 2, 2), ("M", 1, 1), ("X", 1, 1)]
    assert [row.people for row in Margin.objects.all()] == [5_100_000, 4_900_000, 1000]


def test_looking_stores_nothing(organiser: Client, draw: Draw) -> None:
    looked = send(organiser, PEOPLE)["Location"]

    organiser.post(looked, {"tolerance": 1, "once": str(uuid.uuid4()), "step": "look"})

    assert [(row.value, row.least) for row in draw.quotas.all()] == [("F", 2), ("M", 2)]
    assert not Margin.objects.exists()


def test_a_proposal_taken_twice_counts_once(organiser: Client, draw: Draw) -> None:
    looked = send(organiser, PEOPLE)["Location"]
    sent = {"tolerance": 1, "once": str(uuid.uuid4()), "step": "take"}

    for _ in range(2):
        organiser.post(looked, sent)

    assert draw.intakes.count() == 1
    assert draw.quotas.count() == 3


def test_the_population_stands_as_a_mark_in_the_picture(organiser: Client, draw: Draw) -> None:
    looked = send(organiser, PEOPLE)["Location"]
    organiser.post(looked, {"tolerance": 1, "once": str(uuid.uuid4()), "step": "take"})

    lines = organiser.get(address("desk")).context["features"][0].lines

    assert all(line.population_at for line in lines)
    assert "share of the population" in text(organiser.get(address("desk")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"feature,value,people\nsex,F,\n", "Line 2, column people"),
        (b"feature,value,people\nsex,,5\n", "Line 2, column value is empty."),
        (b"feature,value,people\nsex,F,5\nsex,F,6\n", "Line 3: \u201cF\u201d of sex stands in the file already."),
        (b"feature,value,people\nsex,F,many\n", "\u201cmany\u201d is not a whole number"),
        (b"feature,value,people\nsex,F,-5\n", "\u201c-5\u201d is not a whole number"),
        (b"feature,value\nsex,F\n", "people"),
    ],
)
def test_a_population_that_makes_no_sense_is_explained(
    organiser: Client, draw: Draw, content: bytes, said: str
) -> None:
    sent = send(organiser, content)

    page = organiser.get(sent["Location"], follow=True)

    assert said in text(page)
    assert page.redirect_chain[-1][0] == address("population")


def test_least_seats_above_the_seats_are_explained_and_nothing_is_taken(organiser: Client, draw: Draw) -> None:
    looked = send(organiser, PEOPLE)["Location"]

    page = organiser.post(looked, {"tolerance": 0, "at_least_2": 9, "once": str(uuid.uuid4()), "step": "take"})

    assert "the least seats add up to 9, but there are only 4 seats" in text(page)
    assert not Margin.objects.exists()


TYPED = {"seats": 4, "rule": "leximin", "least_0": 2, "most_0": 2, "least_1": 2, "most_1": 2, "step": "look"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "With these quotas at least one panel exists."),
        ({"least_0": 3, "most_0": 3}, "the least seats add up to 5, but there are only 4 seats"),
        ({"seats": 14, "least_0": 7, "most_0": 9, "least_1": 2, "most_1": 9}, "but 14 seats are to be drawn"),
        ({"least_0": ""}, "Some numbers are missing"),
        ({"per_household": 1}, "does not say who lives together"),
    ],
)
def test_quotas_are_looked_at_as_they_are_typed_and_nothing_is_stored(
    organiser: Client, draw: Draw, typed: dict[str, object], said: str
) -> None:
    fragment = organiser.post(address("quotas"), TYPED | typed, headers={"HX-Request": "true"})
    page = organiser.post(address("quotas"), TYPED | typed)

    assert said in text(fragment)
    assert "<html" not in fragment.content.decode()
    assert said in text(page)
    draw.refresh_from_db()
    assert (draw.seats, [row.least for row in draw.quotas.all()]) == (4, [2, 2])

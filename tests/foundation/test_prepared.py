"""A prepared read finds what the query finds, whatever it is filled in with; rows are written as models write them."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from burgertop.foundation.live.models import Message
from burgertop.foundation.prepared import Prepared, insert, lay, update
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Stage, StageKind, Template

TITLE = {"en": "Summit", "nl": "Top", "fr": "Sommet", "de": "Gipfel"}
START = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)

by_slug = Prepared(lambda slug: Process.objects.filter(slug=slug))
stages = Prepared(lambda process: Stage.objects.filter(process=process).select_related("process"))
numbers = Prepared[int](
    lambda topic, least, since: (
        Message.objects.filter(topic=topic, number__gt=least, at__gte=since)
        .order_by("at")
        .values_list("number", flat=True)
    )
)


def three() -> list[Process]:
    """Three processes with their stages."""
    return [found_process(f"p{number}", Template.BELGIAN, titles=TITLE, languages=["en"]) for number in range(3)]


@pytest.mark.django_db
def test_it_finds_the_same_rows_as_the_query_for_each_value() -> None:
    for process in three():
        assert by_slug.all(process.slug) == [process]
        assert stages.all(process.pk) == list(Stage.objects.filter(process=process))
    assert by_slug.all("nowhere") == []
    assert by_slug.first("nowhere") is None


@pytest.mark.django_db
def test_what_is_read_beside_it_is_there_without_asking() -> None:
    process = three()[1]
    stages.all(process.pk)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = [one.process.slug for one in stages.all(process.pk)]

    assert (set(found), len(asked)) == ({"p1"}, 1)


@pytest.mark.django_db
def test_a_collection_may_have_any_length() -> None:
    keys = [stage.pk for process in three() for stage in process.stages.all()]
    any_of = Prepared(lambda keys: Stage.objects.filter(pk__in=keys))
    none_of = Prepared(lambda keys: Stage.objects.exclude(pk__in=keys))

    for count in range(len(keys) + 1):
        assert {one.pk for one in any_of.all(keys[:count])} == set(keys[:count])
        assert {one.pk for one in none_of.all(keys[:count])} == set(keys[count:])
        assert len(any_of.all(keys[:count])) == count
    assert {one.pk for one in any_of.all(frozenset(keys))} == set(keys)


@pytest.mark.django_db
def test_a_condition_with_nothing_to_choose_from_falls_away() -> None:
    either = Prepared(
        lambda keys, process, kinds: Stage.objects.filter(Q(pk__in=keys) | Q(process=process, kind__in=kinds))
    )
    process = three()[0]
    one = process.stages.get(kind=StageKind.SUMMIT)

    assert either.all([one.pk], process.pk, []) == [one]
    assert either.all([], process.pk, []) == []


@pytest.mark.django_db
def test_a_row_that_was_read_can_be_changed_and_stored() -> None:
    three()
    process = by_slug.first("p2")
    assert process is not None

    process.least_age = 12
    process.save()

    assert Process.objects.get(slug="p2").least_age == 12


@pytest.mark.django_db
def test_counts_come_as_rows() -> None:
    process = three()[0]
    kinds = Prepared[tuple[str, int]](
        lambda key: (
            Stage.objects.filter(process=key)
            .order_by("kind")
            .values("kind")
            .annotate(n=Count("pk"))
            .values_list("kind", "n")
        )
    )

    assert kinds.all(process.pk) == list(
        process.stages.order_by("kind").values("kind").annotate(n=Count("pk")).values_list("kind", "n")
    )


@pytest.mark.django_db
def test_a_value_that_is_not_used_as_it_is_is_refused_at_once() -> None:
    part = Prepared(lambda word: Process.objects.filter(slug__contains=word))
    twice = Prepared(lambda number: Process.objects.filter(least_age__gt=number + 1))
    unused = Prepared(lambda slug, _other: Process.objects.filter(slug=slug))

    for read, values in ((part, ("p",)), (twice, (4,)), (unused, ("p1", "p2"))):
        with pytest.raises(ValueError, match="as it is"):
            read.all(*values)


@pytest.mark.django_db
def test_a_query_that_prefetches_or_gives_dicts_is_refused() -> None:
    prefetching = Prepared(lambda slug: Process.objects.filter(slug=slug).prefetch_related("stages"))
    dicts = Prepared(lambda slug: Process.objects.filter(slug=slug).values("slug"))

    with pytest.raises(ValueError, match="prefetch"):
        prefetching.all("p1")
    with pytest.raises(ValueError, match="models or values_list"):
        dicts.all("p1")


@pytest.mark.django_db
def test_what_was_laid_is_not_asked_for() -> None:
    process = three()[0]
    rows = stages.all(process.pk)

    lay(process, "stages", rows)
    with CaptureQueriesContext(connection) as asked:
        found = list(process.stages.all())

    assert (found, len(asked)) == (rows, 0)
    assert process.stages.filter(kind=StageKind.PANEL).count() == 1


class Filled(TestCase):
    """With any values, prepared and plain queries agree; so do rows written in one go and rows saved."""

    @given(
        topics=st.lists(st.sampled_from(["summit.a", "summit.b", "it's 100 %s", "\u00e9\u05d0"]), max_size=6),
        topic=st.sampled_from(["summit.a", "summit.b", "it's 100 %s", "\u00e9\u05d0"]),
        least=st.integers(0, 40),
        hours=st.integers(-2, 6),
        body=st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=4), st.integers(-9, 9), max_size=3
        ),
    )
    def test_agree(self, topics: list[str], topic: str, least: int, hours: int, body: dict[str, object]) -> None:
        process = uuid.uuid4()
        rows = [
            Message(process_id=process, topic=one, body=body, at=START + timedelta(hours=number))
            for number, one in enumerate(topics)
        ]
        insert(rows)
        since = START + timedelta(hours=hours)

        plain = Message.objects.filter(topic=topic, number__gt=least, at__gte=since).order_by("at")
        stored = list(Message.objects.filter(process_id=process).order_by("number").values_list("topic", "body", "at"))

        assert numbers.all(topic, least, since) == list(plain.values_list("number", flat=True))
        assert stored == [(one.topic, body, one.at) for one in rows]


@pytest.mark.django_db
def test_rows_are_changed_by_their_key_and_only_where_said() -> None:
    first, second, third = three()
    first.least_age, second.least_age, third.least_age = 10, 11, 12
    first.age_of_majority = 30

    update([first, second], ["least_age"])

    assert list(Process.objects.order_by("slug").values_list("least_age", "age_of_majority")) == [
        (10, 18),
        (11, 18),
        (16, 18),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("least_age", one) for one in (17, "17", 17.0, True)],
        *[("template", one) for one in (Template.BELGIAN, Template.BELGIAN.value, gettext_lazy("Summit"), 5)],
        *[("is_listed", one) for one in (True, 1, "True")],
    ],
)
def test_a_value_of_any_kind_is_written_as_django_writes_it(name: str, value: object) -> None:
    process = three()[0]
    setattr(process, name, value)
    written = []

    for write in (lambda: update([process], [name]), lambda: process.save(update_fields=[name])):
        Process.objects.update(least_age=1, template="x", is_listed=False)
        write()
        written.append(Process.objects.values_list(name, flat=True).get(pk=process.pk))

    assert written[0] == written[1]


@pytest.mark.django_db
def test_the_database_still_refuses_what_it_refuses() -> None:
    process = three()[0]
    twin = Process(slug=process.slug, template=process.template, languages=["en"])

    with pytest.raises(IntegrityError), transaction.atomic():
        insert([twin])

    assert Process.objects.count() == 3


@pytest.mark.django_db
def test_nothing_to_write_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as asked:
        insert([])
        update([], ["slug"])

    assert len(asked) == 0

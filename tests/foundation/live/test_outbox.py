"""What a reader finds, in which order the writers commit, and when it is told to look."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burgertop.foundation.live import outbox as outbox_module
from burgertop.foundation.live.actions import publish
from burgertop.foundation.live.cursors import Cursor
from burgertop.foundation.live.models import Message
from burgertop.foundation.live.outbox import HOLE_SECONDS, Bell, NotifyBell, Outbox, bell_of

PROCESS = uuid.UUID(int=1)
INSERT = "INSERT INTO live_message (process_id, topic, body, at) VALUES (%s, 'desk', %s, now()) RETURNING number"
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="says something of PostgreSQL")


@pytest.fixture
def bell() -> Iterator[Bell]:
    """The bell of this database."""
    one = bell_of()
    yield one
    one.close()


def numbers_of(outbox: Outbox) -> list[int]:
    return [told.number for told in outbox.read().messages]


@pytest.mark.django_db
def test_a_reader_takes_each_message_once() -> None:
    outbox = Outbox()
    outbox.begin(10)
    first = Message.objects.create(topic="desk", process_id=PROCESS).number

    assert (numbers_of(outbox), numbers_of(outbox)) == ([first], [])
    assert outbox.cursor.last == first


@pytest.mark.django_db
def test_a_late_message_is_read_when_it_comes_and_holds_up_nobody() -> None:
    now = [0.0]
    outbox = Outbox(clock=lambda: now[0])
    outbox.begin(10)
    base = Message.objects.create(topic="desk", process_id=PROCESS).number
    later = Message.objects.create(number=base + 3, topic="desk", process_id=PROCESS).number

    assert numbers_of(outbox) == [base, later]
    assert {number for number in outbox.cursor.holes if number > base} == {base + 1, base + 2}
    Message.objects.create(number=base + 1, topic="desk", process_id=PROCESS)
    assert numbers_of(outbox) == [base + 1]
    now[0] = HOLE_SECONDS + 1
    assert (numbers_of(outbox), outbox.cursor) == ([], Cursor(later))


@pytest.mark.django_db(transaction=True)
def test_a_commit_rings_the_bell_and_a_failure_does_not(bell: Bell) -> None:
    while bell.wait():
        pass

    with transaction.atomic():
        publish("desk", {"card": 1}, process_id=PROCESS)
        transaction.set_rollback(True)
    quiet = bell.wait()
    with transaction.atomic():
        publish("desk", {"card": 2}, process_id=PROCESS)
        publish("desk", {"card": 3}, process_id=PROCESS)
        calls = [call for _, call, *_ in connection.run_on_commit]

    assert (quiet, len(calls), bell.wait()) == (False, 1, True)


@pytest.mark.django_db(transaction=True)
def test_a_commit_of_another_thread_rings_the_bell(bell: Bell) -> None:
    def write() -> None:
        publish("desk", {"card": 1}, process_id=PROCESS)
        connection.close()

    while bell.wait():
        pass
    writer = threading.Thread(target=write)
    writer.start()
    writer.join()

    assert any(bell.wait() for _ in range(5))


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_broken_line_is_mended_and_meanwhile_one_looks_by_oneself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "SURE_SECONDS", 0.0)
    bell = NotifyBell()
    bell.wait()
    line = bell._line
    assert line is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [line.info.backend_pid])

    assert bell.wait()  # broken: look
    assert bell._line is None
    bell.wait()
    assert bell._line is not None
    bell.close()


steps = st.lists(st.tuples(st.sampled_from(["write", "commit", "fail", "read"]), st.integers(0, 3)), max_size=25)


@on_postgresql
@pytest.mark.django_db(transaction=True)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_the_order_of_commits_two_readers_miss_nothing_and_read_nothing_twice(
    steps: list[tuple[str, int]],
) -> None:
    readers = [Outbox(), Outbox()]
    for reader in readers:
        reader.begin(0)
        reader.cursor = Cursor(Message.objects.order_by("-number").values_list("number", flat=True).first() or 0)
    read: list[list[int]] = [[], []]
    committed: set[int] = set()
    with ExitStack() as stack:
        told = connection.get_connection_params()
        writers = [stack.enter_context(psycopg.connect(**told)) for _ in range(4)]
        waiting: list[set[int]] = [set() for _ in writers]
        for what, which in steps:
            if what == "write":
                row = writers[which].execute(INSERT, [PROCESS, '{"card":1}']).fetchone()
                waiting[which].add(row[0])
            elif what == "commit":
                writers[which].commit()
                committed |= waiting[which]
                waiting[which] = set()
            elif what == "fail":
                writers[which].rollback()
                waiting[which] = set()
            else:
                read[which % 2] += numbers_of(readers[which % 2])
        for which, writer in enumerate(writers):
            writer.commit()
            committed |= waiting[which]
    for which, reader in enumerate(readers):
        read[which] += numbers_of(reader)

    assert [sorted(one) for one in read] == [sorted(committed)] * 2

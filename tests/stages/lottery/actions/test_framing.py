"""A list is committed, drawn from by a public chance and destroyed; whoever is not drawn leaves no trace."""

import json
import uuid
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.stages.lottery.recruits import NOW, ROLES, SEED, TOWNS, address_file, frame_file, made_invitees

from burgertop.core.errors import InputError
from burgertop.core.recruitment import commit_frame as commit
from burgertop.core.recruitment import draw_rows
from burgertop.foundation.files import scratch
from burgertop.foundation.files.onetime import destroy_sealed, is_sealed, open_sealed, seal_file
from burgertop.foundation.files.tables import FileError
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.models import Identity
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.actions import framing
from burgertop.stages.lottery.models import Frame, Invitee

pytestmark = pytest.mark.django_db


class PowerCutError(Exception):
    """The worker is killed here."""


def committed(stage: Stage, people: int = 30, wanted: int = 12) -> Frame:
    return actions.commit_frame(stage, frame_file(address_file(people), wanted={"": wanted}), now=NOW)


def with_chance(frame: Frame) -> Frame:
    actions.ask_for_invitees(frame, SEED, actor_id=None, now=NOW)
    return Frame.objects.select_related("stage__process").get(pk=frame.pk)


def bytes_of_home() -> bytes:
    """Every byte that the house keeps: its folder, and its database."""
    files = [path.read_bytes() for path in Path(settings.HOME).rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        files.append(connection.connection.serialize())
    return b"\0".join(files)


def test_length_and_salted_digest_go_into_the_record_and_the_list_does_not(stage: Stage) -> None:
    frame = committed(stage)

    kept = json.loads(zlib.decompress(open_sealed(actions.FRAMES, frame.pk)))
    again = commit(kept["rows"], kept["salt"])
    line = Entry.objects.get(kind="frame_committed")
    assert (frame.rows, frame.digest) == (again.length, again.digest) == (30, again.digest)
    assert line.facts == {
        "frame": "letters",
        "rows": 30,
        "left_out": 0,
        "digest": again.digest,
        "letters": 12,
        "group_by": "",
        "wanted": {"": 12},
        "chance": "public_text",
        "source": "the lottery of Saturday",
    }


def test_the_rows_are_those_that_anybody_can_draw_again(stage: Stage) -> None:
    invitees = made_invitees(stage)

    frame = Frame.objects.get()
    assert [one.row for one in invitees] == list(draw_rows(30, 12, SEED, digest=frame.digest))
    for one in invitees:
        assert one.identity is not None
        assert open_identity(one.identity)["family_name"] == f"Quirijns{one.row:05d}"
        assert one.features["municipality"] == TOWNS[one.row % 3][1]


def test_whoever_is_not_drawn_leaves_no_trace(stage: Stage) -> None:
    invitees = made_invitees(stage)

    drawn = {one.row for one in invitees}
    kept = bytes_of_home()
    found = [row for row in range(1, 31) if f"Quirijns{row:05d}".encode() in kept or f"Xavi{row:05d}".encode() in kept]
    assert found == []
    assert Identity.objects.count() == len(drawn) == 12
    assert not is_sealed(actions.FRAMES, Frame.objects.get().pk)
    assert [line.kind for line in Entry.objects.order_by("number")] == [
        "frame_committed",
        "invitees_drawn",
        "frame_destroyed",
    ]


def test_the_list_lies_sealed_and_its_key_apart(stage: Stage) -> None:
    waiting = frame_file(address_file(30), wanted={"": 12})
    frame = actions.commit_frame(stage, waiting, now=NOW)

    key = Path(settings.KEYS) / "frames" / f"{frame.pk.hex}.key"
    sealed = Path(settings.HOME) / "frames" / f"{frame.pk.hex}.sealed"
    assert b"Quirijns" not in bytes_of_home()
    assert (key.stat().st_mode & 0o777, sealed.stat().st_mode & 0o777) == (0o600, 0o600)
    with pytest.raises(FileError):
        scratch.fetch(waiting.file, owner="me")


def test_groups_have_a_draw_each_and_every_beginning_is_in_proportion(stage: Stage) -> None:
    wanted = frame_file(address_file(60), wanted={"F": 12, "M": 6}, group_by="sex")

    frame = with_chance(actions.commit_frame(stage, wanted, now=NOW))
    actions.draw_invitees(frame, now=NOW)

    sexes = [one.features["sex"] for one in Invitee.objects.order_by("order")]
    assert (sexes.count("F"), sexes.count("M")) == (12, 6)
    assert sexes[:9].count("F") == 6


def test_a_group_with_too_few_people_is_named(stage: Stage) -> None:
    with pytest.raises(InputError) as refused:
        actions.commit_frame(stage, frame_file(address_file(10), wanted={"F": 9}, group_by="sex"), now=NOW)

    assert refused.value.params == {"group": "F", "wanted": 9, "rows": 5}
    assert not Frame.objects.exists()


BROKEN = "\n".join(
    [
        "",
        ",,Kerkstraat 1,9000,Gent,F,nl",
        "An,Maes,,9000,Gent,F,nl",
        "Bo,Maes,Kerkstraat 2,9000,,F,nl",
        f"Cy,Maes,{'Lange straat ' * 9},9000,Gent,F,nl",
        "Di,Maes,Kerkstraat 3,9000,Gent,F,Dutch please",
        "Ed,Maes,Kerkstraat 4,9000,Gent,,nl",
        "Xavi00001,Quirijns00001,Zwaluwpad 1,1000,Brussel,M,nl fr",
        "",
    ]
).removeprefix("\n")


def test_broken_addresses_are_refused_with_the_first_line_and_can_be_left_out(stage: Stage) -> None:
    content = address_file(10, broken=BROKEN)

    with pytest.raises(HouseError) as refused:
        actions.commit_frame(stage, frame_file(content, wanted={"": 5}), now=NOW)
    frame = actions.commit_frame(stage, frame_file(content, wanted={"": 5}, is_lenient=True), now=NOW)

    assert (refused.value.code, refused.value.params) == ("lottery.broken_addresses", {"rows": 7, "line": 12})
    assert (frame.rows, frame.left_out) == (10, 7)


def test_a_confirmation_sent_twice_commits_once(stage: Stage) -> None:
    wanted = frame_file(address_file(10), wanted={"": 5})

    frames = {actions.commit_frame(stage, wanted, now=NOW).pk for _ in range(2)}

    assert len(frames) == 1
    assert Entry.objects.filter(kind="frame_committed").count() == 1


def test_a_name_is_given_once(stage: Stage) -> None:
    committed(stage)

    with pytest.raises(HouseError) as refused:
        committed(stage)

    assert refused.value.code == "lottery.frame_name_taken"


def test_the_chance_is_written_once_and_not_replaced(stage: Stage) -> None:
    frame = committed(stage)
    with_chance(frame)

    again = actions.ask_for_invitees(frame, f"  {SEED} ", actor_id=None, now=NOW)
    with pytest.raises(HouseError) as refused:
        actions.ask_for_invitees(frame, "other", actor_id=None, now=NOW)

    assert refused.value.code == "lottery.other_chance"
    assert (Job.objects.count(), again.kind) == (1, actions.INVITE)
    assert Entry.objects.filter(kind="frame_chance").count() == 1


def test_a_list_that_is_not_drawn_from_can_be_destroyed(stage: Stage) -> None:
    frame = committed(stage)

    for _ in range(2):
        actions.destroy_frame(frame, now=NOW)

    with pytest.raises(HouseError) as refused:
        actions.ask_for_invitees(frame, SEED, actor_id=None, now=NOW)
    assert refused.value.code == "lottery.frame_gone"
    assert Entry.objects.filter(kind="frame_destroyed").count() == 1


def test_a_power_cut_at_any_step_of_the_draw_changes_nothing_in_the_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(framing, "BATCH", 4)
    frame = with_chance(committed(stage))
    for step in (1, 2, 3):
        told: list[int] = []

        def cut(done: int, total: int, told: list[int] = told, step: int = step) -> None:
            told.append(done)
            if len(told) == step:
                raise PowerCutError

        with pytest.raises(PowerCutError):
            actions.draw_invitees(frame, now=NOW, progress=cut)
    rows = [one.row for one in Invitee.objects.order_by("order")]

    actions.draw_invitees(frame, now=NOW)

    assert rows == list(draw_rows(30, 12, SEED, digest=frame.digest))
    assert (Invitee.objects.count(), Identity.objects.count()) == (12, 12)
    assert not is_sealed(actions.FRAMES, frame.pk)


@pytest.mark.parametrize("place", ["_mark_drawn", "destroy_frame", "destroy_sealed"])
def test_a_power_cut_between_the_draw_and_the_destruction_is_mended(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    frame = with_chance(committed(stage))

    def cut(*_: object, **__: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as dark:
        dark.setattr(framing, place, cut)
        with pytest.raises(PowerCutError):
            actions.draw_invitees(frame, now=NOW)
    frame.refresh_from_db()

    drawn = actions.draw_invitees(frame, now=NOW)

    assert (Invitee.objects.count(), drawn.destroyed_at) == (12, NOW)
    assert not is_sealed(actions.FRAMES, frame.pk)
    assert Entry.objects.filter(kind__in=["invitees_drawn", "frame_destroyed"]).count() == 2


def test_a_power_cut_before_the_row_leaves_a_sealed_list_that_the_same_confirmation_replaces(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = frame_file(address_file(10), wanted={"": 5})

    def cut(*_: object, **__: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as dark:
        dark.setattr(framing, "_store", cut)
        with pytest.raises(PowerCutError):
            actions.commit_frame(stage, wanted, now=NOW)
    frame = actions.commit_frame(stage, wanted, now=NOW)

    assert frame.rows == 10
    assert open_sealed(actions.FRAMES, frame.pk)


def test_a_list_that_no_frame_knows_is_swept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, lost = committed(stage), uuid.uuid4()
    seal_file(actions.FRAMES, lost, b"somebody")
    monkeypatch.setattr(framing, "ORPHAN_SECONDS", -1)

    actions.sweep_frames()

    assert (is_sealed(actions.FRAMES, kept.pk), is_sealed(actions.FRAMES, lost)) == (True, False)


def test_a_frame_whose_key_is_lost_says_so(stage: Stage) -> None:
    frame = with_chance(committed(stage))
    destroy_sealed(actions.FRAMES, frame.pk)

    with pytest.raises(FileError) as refused:
        actions.draw_invitees(frame, now=NOW)

    assert refused.value.code == "files.destroyed"


def test_the_worker_does_both_steps(stage: Stage) -> None:
    wanted = replace(
        frame_file(address_file(10), wanted={"": 5}), file=scratch.keep("a.csv", address_file(9), owner="me")
    )
    first = actions.ask_for_frame(stage, wanted, actor_id=None, now=NOW)
    run_job.call(str(first.pk))
    second = actions.ask_for_invitees(Frame.objects.get(), SEED, actor_id=None, now=NOW)
    run_job.call(str(second.pk))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.result) == (JobState.DONE, {"rows": 9})
    assert (second.state, second.result) == (JobState.DONE, {"people": 5})
    assert b"Quirijns" not in repr(list(Job.objects.values())).encode()
    assert set(ROLES) == set(wanted.roles)

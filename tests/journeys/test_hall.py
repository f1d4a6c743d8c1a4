"""A hall of its own: TLS and HTTP/2 from one command, a session that holds, a stream that lives."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from tests.cli.certificates_made import make_certificate
from tests.journeys.conftest import CHROMIUM, FLAGS, OPERATOR, PASSWORD
from tests.journeys.people import Person
from tests.journeys.serving import BURGERTOP, PATIENCE_SECONDS, Certificate, House, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.same_on_both]

NAME = "zaal.example.org"
TELL = """
import uuid
from burgertop.cli.house import open_house
open_house()
from burgertop.foundation.live.actions import publish
publish("journey", {"number": 7}, process_id=uuid.uuid4())
"""
ADDRESS = """
from burgertop.cli.house import open_house
open_house()
from burgertop.foundation.live.queries import address_of
print(address_of("journey"))
"""


@pytest.fixture
def hall(ready: Path, tmp_path: Path) -> Iterator[House]:
    """A server in a hall, with an operator."""
    shutil.copytree(ready, tmp_path / "home")
    port = free_port()
    chain, key = make_certificate(tmp_path / "brought", [NAME])
    house = House(tmp_path / "home", port, tmp_path / "log", certificate=Certificate(NAME, chain, key))
    words = ["serve", "--hall", "--certificate", str(chain), "--key", str(key)]
    with house.log.open("wb") as log:
        server = subprocess.Popen(
            [*BURGERTOP, *words], env=house.environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert server.stdout is not None
    said = server.stdout.readline()
    assert said.endswith(f" is ready: https://{NAME}:{port}/\n"), house.log.read_text()
    yield house
    server.send_signal(signal.SIGTERM)
    server.stdout.close()
    assert server.wait(PATIENCE_SECONDS) == 0


def script(house: House, text: str) -> str:
    done = subprocess.run(
        [BURGERTOP[0], "-c", text], env=house.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def protocol(page: Page) -> str:
    return str(page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))


def test_a_hall_speaks_http_2_keeps_people_signed_in_and_tells_what_moves(hall: House) -> None:
    flags = [*FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        person = Person(browser, f"https://{NAME}:{hall.port}", "en", ignore_https_errors=True)

        link = hall.command("operator", OPERATOR).split()[-1]
        person.sign_in_by_link(link, OPERATOR, PASSWORD)
        answer = person.go("/")

        assert link.startswith(f"https://{NAME}:{hall.port}/")
        assert protocol(person.page) == "h2"
        assert "strict-transport-security" not in answer.headers
        cookies = person.context.cookies()
        assert {"bt_session", "bt_csrf"} <= {one["name"] for one in cookies if one["secure"]}
        expect(person.page.locator("header")).to_contain_text(OPERATOR)  # two cookies and more, none lost

        person.page.evaluate(
            "address => new Promise(opened => { const stream = new EventSource(address);"
            " stream.addEventListener('changed', told => { window.told = told.data });"
            " stream.addEventListener('ready', () => opened(1)) })",
            script(hall, ADDRESS),
        )
        script(hall, TELL)
        person.page.wait_for_function("window.told && window.told.includes('7')")

        browser.close()

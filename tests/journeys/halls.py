"""A hall without internet for a browser: TLS under a name of its own, and Chromium that finds and trusts it."""

import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.cli.certificates_made import make_certificate
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.serving import Certificate, House, free_port
from tests.journeys.test_accessibility import RULES, SCROLL

__all__ = ["PATIENCE_MILLISECONDS", "bind", "flaws", "hall_seen", "hall_served"]

NAME = "hall.test"
PATIENCE_MILLISECONDS = 60_000  # a device that was cut off tries again within half a minute


@contextmanager
def hall_served(ready: Path, folder: Path) -> Iterator[House]:
    """Serve a copy of a home with a certificate that was brought along."""
    certificate = Certificate(NAME, *make_certificate(folder / "brought", [NAME]))
    house = House(shutil.copytree(ready, folder / "home"), free_port(), folder / "log", certificate=certificate)
    house.start()
    yield house
    if house.running is not None:
        house.stop()


@contextmanager
def hall_seen(house: House, *more: str) -> Iterator[Browser]:
    """Start Chromium that finds the hall's name and has its certificate installed."""
    assert house.certificate is not None
    flags = [
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
        f"--ignore-certificate-errors-spki-list={_digest_of_key(house.certificate.chain)}",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *flags, *more])
        yield chromium
        chromium.close()


def bind(context: BrowserContext, address: str) -> Page:
    """Scan the sheet of a door or a table, and wait until its page works without a network."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto(address)
    page.get_by_role("button").click()
    page.wait_for_selector('[data-ready="page"]')
    return page


def flaws(page: Page) -> list[str]:
    """What axe finds, and whether the page runs off at its side."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] + ["sideways"] * bool(page.evaluate(SCROLL))


def _digest_of_key(chain: Path) -> str:
    """Name a certificate's key as the browser wants it named that shall trust this key and no other."""
    key = x509.load_pem_x509_certificate(chain.read_bytes()).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return b64encode(sha256(key.public_bytes(serialization.Encoding.DER, form)).digest()).decode()

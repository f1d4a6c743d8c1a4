"""The verifier in the browser: a saved page that finds what the one in Python finds, and sends nothing."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.core.sortition.package_cases import DRAWN, MAKERS, SECRET, TAMPERED, Change, Package, own, public, read
from tests.journeys.people import DESK, PHONE

import burgertop.web
from burgertop.core.sortition import Pool, Quota, Quotas, lottery_of
from burgertop.core.sortition.package import audit_package, packing_of
from burgertop.core.sortition.package_checks import checks_of_package

pytestmark = pytest.mark.browser

SAVED = Path(burgertop.web.__file__).parent / "static" / "burgertop" / "verifier.html"
# What takes Python: whether people of one kind are alike, and the prices.
ONLY_IN_PYTHON = {"sortition.check_kinds", "sortition.check_certificate"}
SCROLL = "() => document.scrollingElement.scrollWidth - window.innerWidth"
FOUND = "lines => Object.fromEntries(lines.map(line => [line.dataset.code, line.className]))"


class Reader:
    """Somebody who saved the page and opens it without any network."""

    def __init__(self, browser: Browser, home: Path, **look: Any) -> None:
        self.context = browser.new_context(offline=True, **look)
        self.page: Page = self.context.new_page()
        self.home = home
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(SAVED.as_uri())

    def choose(self, **packages: Package) -> None:
        paths = []
        for name, package in packages.items():
            paths.append(self.home / f"{name}.json")
            paths[-1].write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
        self.page.set_input_files("#files", paths)
        expect(self.page.locator(".sheet")).to_have_count(len(packages))

    def found(self) -> dict[str, str]:
        """The code of each check, and how it ended."""
        found: dict[str, str] = self.page.locator(".checks li").evaluate_all(FOUND)
        assert self.faults == []
        return found


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    one = Reader(browser, tmp_path, locale="en")
    yield one
    one.context.close()


def in_python(package: Package) -> dict[str, str]:
    return {check.code: check.state for check in checks_of_package(package)}


@pytest.mark.parametrize("kind", MAKERS)
def test_it_finds_what_python_finds(reader: Reader, kind: str) -> None:
    reader.choose(mine=MAKERS[kind]())

    found, expected = reader.found(), in_python(MAKERS[kind]())
    assert found.pop("browser.proof", "open") == "open"
    assert found == {code: state for code, state in expected.items() if code not in ONLY_IN_PYTHON}
    expect(reader.page.locator(".verdict")).to_contain_text("Nothing is wrong.")


@pytest.mark.parametrize(("kind", "change", "code"), TAMPERED.values(), ids=TAMPERED)
def test_it_finds_tampering(reader: Reader, kind: str, change: Change, code: str) -> None:
    package = MAKERS[kind]()
    change(package)

    reader.choose(mine=package)

    assert reader.found()[code] == "failed"
    expect(reader.page.locator(".verdict")).to_contain_text("This does not add up.")


def test_texts_of_every_alphabet_are_hashed_as_in_python(reader: Reader) -> None:
    """Beyond the first plane, composed and not, quotes, control characters, and an order that is not JavaScript's."""
    ids = ("\U0001f5f3", "\uff21", "e\u0301", '"\\', "\u2028", "ل", "\x7f", "z")
    pool = Pool(ids, ("\U00010437", "\uff22"), tuple(("é" if n % 2 else "e\u0301x", "\t<b>") for n in range(8)))
    quotas = Quotas(2, (Quota("\U00010437", "é", 1, 1), Quota("\U00010437", "e\u0301x", 1, 1)))
    limits: dict[str, Any] = {"must": ("\uff21",), "never": ("\U0001f5f3", "z")}
    packing = packing_of(pool, quotas, lottery_of(pool, quotas, panels=7, **limits), SECRET, **limits)

    reader.choose(all=read(audit_package(packing, public_seed="\x1f\u3000e\u0301 6\u00a0\n")))

    assert "failed" not in reader.found().values()


def test_its_digests_are_sha_256(reader: Reader) -> None:
    texts = ["", "abc", *("é" * size for size in (27, 28, 31, 32, 59, 60, 500))]

    assert reader.page.evaluate("texts => texts.map(digestOf)", texts) == [
        sha256(text.encode()).hexdigest() for text in texts
    ]


@pytest.mark.parametrize(
    ("other", "state"), [({}, "passed"), ({"pick": None}, "passed"), ({"root": "00" * 32}, "failed")]
)
def test_two_files_are_compared(reader: Reader, other: Package, state: str) -> None:
    reader.choose(mine=own(), published=public() | other)

    assert reader.found()["sortition.package_same"] == state
    assert reader.page.locator("[data-code='sortition.open_published']").count() == 0


@pytest.mark.parametrize("package", [{"kind": "<img src=x onerror=alert(1)>"}, own() | {"proof": None}, [1], {}])
def test_what_is_no_package_is_refused(reader: Reader, package: Any) -> None:
    reader.choose(mine=package)

    assert reader.found() == {"sortition.not_a_package": "failed"}
    expect(reader.page.locator("img")).to_have_count(0)


def test_a_member_reads_in_their_language_whether_they_were_drawn(reader: Reader) -> None:
    reader.choose(mine=own(DRAWN))
    for language, words in (
        ("nl", "U bent geloot."),
        ("fr", "Vous avez été tiré au sort."),
        ("de", "Sie wurden ausgelost."),
        ("en", "You were drawn."),
    ):
        reader.page.locator(f".languages [lang={language}]").press("Enter")

        expect(reader.page.locator(".chosen")).to_have_text(words)
        assert reader.page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everybody(browser: Browser, tmp_path: Path, width: int, scheme: str) -> None:
    view = {"width": width, "height": 844}
    reader = Reader(browser, tmp_path, locale="de", viewport=view, color_scheme=scheme, bypass_csp=True)
    reader.choose(mine=own(), published=public(), bad={})

    assert reader.page.evaluate(SCROLL) <= 0
    assert [one["id"] for one in Axe().run(reader.page).response["violations"]] == []
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("() => document.activeElement.lang") == "nl"
    for _ in range(4):
        reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("() => document.activeElement.id") == "files"
    reader.context.close()


def test_without_script_it_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    reader = Reader(browser, tmp_path, java_script_enabled=False)

    expect(reader.page.locator("#saved [lang=nl]")).to_be_visible()
    expect(reader.page.locator("#work")).to_be_hidden()
    reader.context.close()


def test_files_can_be_dropped(reader: Reader) -> None:
    reader.page.evaluate(
        """content => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([content], "mine.json"));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        json.dumps(own()),
    )

    expect(reader.page.locator(".sheet h2")).to_have_text("Your own package")

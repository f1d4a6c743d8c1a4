"""Somebody at a browser: goes to pages, fills in, presses, and may do so without a mouse."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, expect

__all__ = ["DESK", "PHONE", "Person"]

PHONE = 390
DESK = 1280
PATIENCE_MS = 20_000
WORK_MS = 120_000  # the worker may have two cores to share with another browser
MOST_TABS = 150


class Person:
    """One browser of its own, in one language."""

    def __init__(
        self, browser: Browser, address: str, language: str, *, width: int = DESK, has_script: bool = True, **more: Any
    ) -> None:
        self.address = address
        self.language = language
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 844},
            locale=language,
            java_script_enabled=has_script,
            base_url=address,
            **more,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    def someone_else(self) -> None:
        """Hand the browser to the next person: nothing of the one before is left in it."""
        self.context.clear_cookies()

    def wait_for_work(self, wanted: str) -> None:
        """Wait until the work is done and the page has gone on; work done before it was looked at needs a press."""
        expect(self.page.locator("main [data-progress]")).to_have_count(0, timeout=WORK_MS)
        if not re.search(wanted, self.page.url):
            self.press("main [role=status] ~ p a.act")
        expect(self.page).to_have_url(re.compile(wanted))

    def go(self, path: str) -> Response:
        """Open a page of this server in one's own language; it must be there."""
        answer = self.page.goto(urljoin(f"/{self.language}/", path))
        assert answer is not None, path
        assert answer.ok, f"{answer.status} {answer.url}"
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        return answer

    def see(self, text: str) -> None:
        """These words must be on the page."""
        expect(self.page.locator("main")).to_contain_text(text)

    def not_see(self, text: str) -> None:
        """These words must not be on the page."""
        expect(self.page.locator("main")).not_to_contain_text(text)

    def fill(self, **fields: str) -> None:
        """Fill in fields by their names."""
        for name, text in fields.items():
            self.page.locator(f"main [name='{name}']").fill(text)

    def choose(self, name: str, *values: str) -> None:
        """Fill in circles, or choose in a list."""
        field = self.page.locator(f"main [name='{name}']")
        if field.first.evaluate("field => field.localName") == "select":
            field.select_option(list(values))
            return
        for value in values:
            self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def press(self, button: str | Locator) -> None:
        """Press a button or follow a link; the next page is there afterwards, without an error."""
        target = self.page.locator(button) if isinstance(button, str) else button
        with self.page.expect_navigation() as going:
            target.first.click()
        answer = going.value
        assert answer is None or answer.ok, f"{answer.status} {answer.url}: {self.page.locator('main').inner_text()}"

    def attach(self, name: str, file_name: str, content: str | bytes | Path) -> None:
        """Put a file into a field."""
        if isinstance(content, Path):
            content = content.read_bytes()
        body = content.encode() if isinstance(content, str) else content
        payload: Any = {"name": file_name, "mimeType": "text/csv", "buffer": body}
        self.page.locator(f"main [name='{name}']").set_input_files(payload)

    # Without a mouse ------------------------------------------------------------------
    def tab_to(self, css: str) -> Locator:
        """Press Tab until something is in focus; it must be seen where the focus is."""
        wanted = self.page.locator(css).first
        expect(wanted).to_be_visible()
        for _ in range(MOST_TABS):
            if wanted.evaluate("node => node === document.activeElement"):
                assert wanted.evaluate("node => node.matches(':focus-visible')"), f"no ring around {css}"
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{css} is not reached by {MOST_TABS} times Tab on {self.page.url}")

    def type_into(self, css: str, text: str) -> None:
        """Go to a field by keyboard and type."""
        self.tab_to(css)
        self.page.keyboard.type(text)

    def enter(self, css: str, key: str = "Enter") -> None:
        """Go to a button or a link by keyboard and press it."""
        self.tab_to(css)
        with self.page.expect_navigation() as going:
            self.page.keyboard.press(key)
        assert going.value.ok, f"{going.value.status} {going.value.url}: {self.page.locator('main').inner_text()}"

    def space(self, css: str) -> None:
        """Go to a box or a circle by keyboard and fill it in; among circles one goes by the arrows."""
        wanted = self.page.locator(css).first
        if wanted.get_attribute("type") == "radio":
            group = f"main [name='{wanted.get_attribute('name')}']"
            self.tab_to(group)
            for _ in range(self.page.locator(group).count()):
                if wanted.evaluate("node => node === document.activeElement"):
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            self.tab_to(css)
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    # Coming in ------------------------------------------------------------------------
    def sign_in_by_link(self, link: str, mail: str, password: str) -> None:
        """Open the link one was given, choose a password, sign in with it."""
        self.page.goto(link)
        self.fill(password1=password, password2=password)
        self.press("main form button[type=submit], main form button:not([type])")
        self.sign_in(mail, password)

    def sign_in(self, mail: str, password: str) -> None:
        """Sign in as staff."""
        self.go("accounts/login/")
        self.fill(login=mail, password=password)
        self.press(
            "main form:has([name=password]) button[type=submit], main form:has([name=password]) button:not([type])"
        )

    def become(self, role: str) -> None:
        """Take a role of the demo with one press."""
        self.go("demo/roles/")
        self.press(f"button[name=role][value={role}]")

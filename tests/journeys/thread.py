"""The people of the whole thread, and the pages they share."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from playwright.sync_api import Browser
from tests.journeys.people import PHONE, Person
from tests.journeys.serving import House

__all__ = ["IDEA", "PASSWORD", "SLUG", "Thread"]

SLUG = "leuven"
IDEA = "Laat bussen ook na middernacht rijden, zodat wie laat werkt thuis raakt."
PASSWORD = "a long journey through nine rooms"


@dataclass(slots=True)
class Thread:
    """One process from its founding to its answer: who takes part, and what was found on the way."""

    house: House
    browser: Browser
    organiser: Person
    everybody: list[Person] = field(default_factory=list)
    idea: str = ""
    codes: list[str] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    anna: Person = field(init=False)
    bruno: Person = field(init=False)

    def at(self, rest: str = "") -> str:
        """Return the path of a page of the process, without the language."""
        return f"{SLUG}/{rest}"

    def citizen(self, language: str) -> Person:
        """Somebody with a phone, without an account and without JavaScript."""
        person = Person(self.browser, self.house.address, language, width=PHONE, has_script=False)
        self.everybody.append(person)
        return person

    def invited(self, mail: str, role: str, language: str) -> Person:
        """Somebody whom the organiser gives a role, who gets a mail and signs in."""
        self.organiser.go(self.at("desk/people/"))
        self.organiser.fill(email=mail)
        self.organiser.choose("role", role)
        self.organiser.press("main form:has([name=role]) button")
        person = Person(self.browser, self.house.address, language)
        self.everybody.append(person)
        person.sign_in_by_link(self.link_mailed_to(mail), mail, PASSWORD)
        return person

    def link_mailed_to(self, mail: str) -> str:
        """Return the link in the mail that this address got."""
        for file in (self.house.home / "outbox").glob("*.eml"):
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            if message["To"] == mail:
                body = message.get_body()
                assert body is not None
                return re.findall(r"http://\S+", body.get_content())[0]
        raise AssertionError(f"no mail for {mail}")

    def vote(self, person: Person, path: str, *options: str, by_keyboard: bool = False) -> str:
        """Fill in a paper, look it over, put it into the box; return the receipt."""
        person.go(path)
        for words in options:
            circle = person.page.locator("main label.choice", has_text=words).locator("input")
            if by_keyboard:
                person.space(f"#{circle.get_attribute('id')}")
            else:
                circle.check()
        if by_keyboard:
            person.enter("button[name=step][value=review]")
        else:
            person.press("button[name=step][value=review]")
        for words in options:
            person.see(words)
        if by_keyboard:
            person.enter("button[name=step][value=send]")
        else:
            person.press("button[name=step][value=send]")
        return person.page.locator("main .notice--ok .code").inner_text()

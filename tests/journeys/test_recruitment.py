"""From the letter to a yes and back on a phone, and at the reply desk without a mouse; each page open to everyone."""

from email import message_from_bytes
from email.policy import default

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from tests.journeys.people import PHONE, Person
from tests.journeys.recruiting import DESK_WORD, HERE, Town, invite, well_formed
from tests.journeys.serving import House
from tests.journeys.test_accessibility import RULES, SCROLL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LETTER, REPLY, MINE, DESK = (f"{HERE}{page}" for page in ("letter/", "reply/", "reply/mine/", "replies/"))
SEND = "main form button[type=submit]"
MOST_GUESSES = 45  # two windows of twenty, when the clock turns in between


@pytest.fixture(scope="module")
def town(empty_house: House) -> Town:
    """A served town that has written to eight people."""
    return invite(empty_house)


def look(person: Person) -> None:
    """The page is open to everyone, and nothing of it stands outside the screen."""
    found = Axe().run(person.page, options=RULES).response["violations"]
    assert [one["id"] for one in found] == [], f"{person.page.url}: {found}"
    assert person.page.evaluate(SCROLL) <= 0, person.page.url


def test_from_the_letter_to_a_yes_and_back_on_a_phone(town: Town, browser: Browser) -> None:
    with_script = Person(browser, town.house.address, "fr", width=PHONE, has_touch=True, is_mobile=True)
    without = Person(browser, town.house.address, "nl", width=PHONE, has_script=False, has_touch=True, is_mobile=True)

    _see_that_it_is_real(with_script)
    with_script.page.goto("about:blank")
    with_script.go(f"{REPLY}#{town.codes[0].replace(' ', '')}")
    expect(with_script.page.locator("[name=typed]")).not_to_have_value("")
    assert "#" not in with_script.page.url
    look(with_script)
    _answer(with_script, "fr")
    without.go(REPLY)
    without.fill(typed=town.codes[1].lower())
    _answer(without, "nl")
    _guess_until_it_is_shut(without)
    town.forget_guesses()
    town.end_the_time_to_answer()
    _say_yes_too_late(without)

    for person in (with_script, without):
        person.leave()
    assert _mailed_to(town) == {"fr@example.org", "nl@example.org"}


def _mailed_to(town: Town) -> set[str]:
    """The addresses that the worker has written to, each with the day for the calendar."""
    mails = [
        message_from_bytes(file.read_bytes(), policy=default) for file in (town.house.home / "outbox").glob("*.eml")
    ]
    assert all(part.get_filename() == "summit.ics" for mail in mails for part in mail.iter_attachments())
    return {str(mail["To"]) for mail in mails}


def _see_that_it_is_real(person: Person) -> None:
    person.go(LETTER)
    person.see("8")
    look(person)
    person.page.locator(f"main a[href$='{REPLY}']").first.tap()
    person.page.wait_for_url(f"**/{REPLY}")


def _answer(person: Person, language: str) -> None:
    """Yes, but how old? Then needs, receipts, a no, and yes again."""
    person.press(SEND)
    person.choose("answer", "yes")
    person.press(SEND)
    expect(person.page.locator("#id_age_field .field__error, #id_age_field [class*=error]").first).to_be_visible()
    _look_if_it_can(person)
    person.choose("age", "alone")
    person.press(SEND)
    assert person.page.locator("main input[type=checkbox]:checked").count() == 0
    _look_if_it_can(person)
    person.page.locator("main [name=photo]").check()
    person.choose("diet", "vegan")
    person.fill(mail=f"{language}@example.org", children="1")
    person.press(SEND)
    assert person.page.locator("#receipts + ul li").count() == 2
    _look_if_it_can(person)
    for answer, receipts in (("no", 2), ("yes", 3)):
        person.press("main a[href='?change=1']")
        person.choose("answer", answer)
        if answer == "yes":
            person.choose("age", "alone")
        person.press(SEND)
        person.go(MINE)
        assert person.page.locator("#receipts + ul li").count() == receipts


def _look_if_it_can(person: Person) -> None:
    """The scan is a script of its own: it runs where scripts do."""
    if person.language == "fr":
        look(person)


def _guess_until_it_is_shut(person: Person) -> None:
    """Wrong codes are counted, and after twenty the field says for how long it is shut."""
    for number in range(MOST_GUESSES):
        person.go(REPLY)
        person.fill(typed=well_formed(7919 * number))
        person.press(SEND)
        if "minu" in person.page.locator("main .errors, main [class*=error]").first.inner_text().lower():
            return
    raise AssertionError(f"{MOST_GUESSES} wrong codes, and the field is open")


def _say_yes_too_late(person: Person) -> None:
    """Whoever said no before the last day and turns to yes after it waits."""
    person.go(f"{MINE}?change=1")
    person.choose("answer", "no")
    person.press(SEND)
    person.go(f"{MINE}?change=1")
    expect(person.page.locator("main .notice--wait")).to_be_visible()
    person.choose("answer", "yes")
    person.choose("age", "guardian")
    person.press(SEND)
    person.go(MINE)
    person.see("wachtlijst")


def test_the_reply_desk_without_a_mouse(town: Town, browser: Browser) -> None:
    olga, omar = (Person(browser, town.house.address, "en") for _ in range(2))
    olga.sign_in("olga@example.org", DESK_WORD)
    omar.sign_in("omar@example.org", DESK_WORD)

    olga.go(DESK)
    olga.type_into("main [name=name]", f"quirijns{town.rows[4]:05d}")
    olga.enter("main button[value=name]")
    look(olga)
    olga.enter("#found + ul a")
    look(olga)
    omar.page.goto(olga.page.url)

    for desk, answer in ((olga, "yes"), (omar, "no")):
        desk.space(f"main [name=answer][value={answer}]")
        if answer == "yes":
            desk.space("main [name=age][value=alone]")
        desk.space("main [name=channel][value=card]")
        desk.enter("section[aria-labelledby=say] form button")
    omar.see("Somebody else changed this reply meanwhile.")
    omar.see("Yes, I want to take part")
    olga.space("main [name=large_print]")
    olga.enter(SEND)
    olga.see("Yes, I want to take part")
    omar.go(DESK)
    omar.type_into("main [name=row]", str(town.rows[5]))
    omar.enter("form:has([name=row]) button")
    omar.see(f"Row {town.rows[5]} of")
    look(omar)
    omar.enter("main button[value=undo]")
    expect(omar.page.locator("main button[value=undo]")).to_have_count(0)
    for desk in (olga, omar):
        desk.leave()


def test_a_partner_nominates_and_the_nominee_answers(town: Town, browser: Browser) -> None:
    rosa = Person(browser, town.house.address, "en")
    rosa.sign_in("rosa@example.org", DESK_WORD)
    rosa.go(f"{HERE}partners/")
    add = rosa.page.locator("form:has([name=once])")
    add.locator("[name=name]").fill("The shelter")
    add.locator("[name=seats]").fill("1")
    rosa.press(add.locator("button"))
    look(rosa)
    rosa.press("form[action*='/link/'] button")
    look(rosa)
    shelter = Person(browser, town.house.address, "en", width=PHONE, has_touch=True)
    shelter.page.goto(rosa.page.locator("#link").input_value())
    look(shelter)

    shelter.fill(given_name="Ada", family_name="Lovelace", phone="0470 1")
    shelter.page.locator("main [name=has_agreed]").check()
    shelter.press("main form:has([name=given_name]) button")
    shelter.see("Number 1")
    shelter.not_see("Lovelace")
    look(shelter)
    rosa.go(DESK)
    rosa.press("#nominated ~ ul a")
    look(rosa)
    rosa.press("form[action$='/code/'] button")
    code = rosa.page.locator("main .code").inner_text()
    ada = Person(browser, town.house.address, "fr", width=PHONE, has_script=False)
    _say_yes_with(ada, code)
    shelter.page.reload()
    shelter.not_see("Number 1")
    for page in ("funnel/", "funnel/confirm/", "recruitment/"):
        rosa.go(f"{HERE}{page}")
        look(rosa)
    for person in (rosa, shelter, ada):
        person.leave()


def _say_yes_with(person: Person, code: str) -> None:
    person.go(REPLY)
    person.fill(typed=code)
    answer = person.page.locator(SEND)
    person.press(answer)
    person.choose("answer", "yes")
    person.choose("age", "alone")
    person.press(SEND)
    person.go(MINE)
    expect(person.page.locator("main .notice--ok")).to_be_visible()

"""What a table does on its page: cards are written, read aloud and sent."""

from playwright.sync_api import Page, expect

__all__ = ["send", "write"]


def write(page: Page, text: str) -> None:
    """Write a card, and wait until the page has kept it."""
    page.locator("form[data-card-form] [name=text]").fill(text)
    page.locator("form[data-card-form] button.act:not([data-do])").click()
    expect(page.locator("form[data-card-form] [name=text]")).to_have_value("")


def send(page: Page, *texts: str) -> None:
    """Pick cards, hear them, agree."""
    for text in texts:
        card = page.locator("[data-card]", has_text=text)
        card.locator("label:has([data-pick])").click()
        expect(card.locator("[data-pick]")).to_be_checked()
    page.locator("[data-do=read]").click()
    for text in texts:
        expect(page.locator("[data-read-cards]")).to_contain_text(text)
    page.locator("[data-do=send]").click()

"""From a key at the theme desk to the next card on the screen, in a real browser, while three others decide as well.

Start a server, then, with the same ``BURGERTOP_HOME``:

    python benchmarks/desk_keys.py --address http://127.0.0.1:8000

The desk is that of ``desk.py``: 300 cards of a hundred tables. One person makes the clusters first; then the browser
decides by one key for each card, as soon as the next card is there, and the others every few seconds. The time is taken
in the page, from the key to the first picture drawn after the next card has come.
"""

import argparse
import statistics

import django
from playwright.sync_api import Page, sync_playwright

from desk import Person, make_town

CLUSTERED, PRESSES, PAUSE_SECONDS = 80, 120, 6.0
WATCH = """
window.waits = [];
const inHand = () => document.querySelector("[data-desk-card]")?.dataset.deskCard ?? "";
addEventListener("keydown", () => {
  const [at, before] = [performance.now(), inHand()];
  const seen = new MutationObserver(() => {
    if (!inHand() || inHand() === before) return;
    seen.disconnect();
    requestAnimationFrame(() => window.waits.push(performance.now() - at));
  });
  seen.observe(document.body, { subtree: true, childList: true });
}, true);
"""


class Maker(Person):
    """Somebody who decides so many cards, so that there are clusters."""

    def run(self) -> None:
        """Decide a few dozen cards and leave."""
        self.pause = 0.0
        page = self.ask("GET", f"{self.here}desk/")
        for _ in range(CLUSTERED):
            token, hand = page.split('csrfmiddlewaretoken" value="')[1].split('"')[0], page.split('data-desk-card="')
            if len(hand) > 1:
                page = self.decide(page, token, hand[1].split('"')[0])
            else:
                deal = page.split('/deal/"')[0].split('action="')[-1] + "/deal/"
                page = self.ask("POST", deal, [("csrfmiddlewaretoken", token)])


def press(page: Page, truth: dict[str, str]) -> bool:
    """Press the letter of the cluster where the card in hand belongs; says whether the next card came."""
    card = str(page.eval_on_selector("[data-desk-card]", "one => one.dataset.deskCard"))
    letters = page.eval_on_selector_all(
        "[data-desk-hand] select[name=cluster] option[data-letter]",
        "all => all.filter(one => one.dataset.letter).map(one => [one.textContent.trim(), one.dataset.letter])",
    )
    if not letters:
        return False
    letter = next((letter for words, letter in letters if words.endswith(truth[card])), letters[0][1])
    before = int(page.evaluate("waits.length"))
    page.keyboard.press(letter.lower())
    page.wait_for_function(f"waits.length > {before}", timeout=20_000)
    return True


def main() -> None:
    """Make the desk, press the keys, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    asked = parser.parse_args()
    django.setup()
    _round, cookies, truth, here = make_town()
    maker = Maker(asked.address, cookies[1], here, truth, 1, 0.0)
    maker.start()
    maker.join()
    others = [
        Person(asked.address, cookie, here, truth, number, PAUSE_SECONDS) for number, cookie in enumerate(cookies)
    ]
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(bypass_csp=True, base_url=asked.address, viewport={"width": 1280, "height": 900})
        name, value = cookies[0].split("=", maxsplit=1)
        context.add_cookies([{"name": name, "value": value, "url": asked.address}])
        page = context.new_page()
        page.goto(f"{here}desk/")
        page.wait_for_selector("[data-desk-card]")
        page.evaluate(WATCH)
        for one in others:
            one.daemon = True
            one.start()
        presses = sum(press(page, truth) for _ in range(PRESSES))
        waits = sorted(float(one) for one in page.evaluate("waits"))
        browser.close()
    print(
        f"{presses} keys, next card on the screen: median {statistics.median(waits):.0f} ms, "
        f"p99 {waits[int(0.99 * len(waits))]:.0f} ms, slowest {waits[-1]:.0f} ms"
    )


if __name__ == "__main__":
    main()

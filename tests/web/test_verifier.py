"""The saved page says the sentences of the catalogs, in every language, and can reach nobody."""

import json
import re
from pathlib import Path

import pytest

import burgertop.web
from burgertop.foundation.draws.sentences import SENTENCES
from burgertop.web.catalogs import LANGUAGES, read_catalog

PAGE = (Path(burgertop.web.__file__).parent / "static" / "burgertop" / "verifier.html").read_text(encoding="utf-8")
TEXTS: dict[str, dict[str, str]] = json.loads(PAGE.partition('id="texts">')[2].partition("</script>")[0])


def test_every_language_has_every_text_in_words_of_its_own() -> None:
    assert set(TEXTS) == {*LANGUAGES, "en"}
    assert {tuple(texts) for texts in TEXTS.values()} == {tuple(TEXTS["en"])}
    assert all(text for texts in TEXTS.values() for text in texts.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_of_a_check_is_that_of_the_house(language: str) -> None:
    catalog = read_catalog(language)
    codes = [code for code in TEXTS["en"] if code.startswith("sortition.")]

    assert {code: TEXTS["en"][code] for code in codes} == {code: str(SENTENCES[code]) for code in codes}
    assert {code: TEXTS[language][code] for code in codes} == {
        code: str(catalog[str(SENTENCES[code])].string) for code in codes
    }


def test_every_text_that_the_script_says_is_there() -> None:
    script = PAGE.rpartition("<script>")[2]
    said = set(re.findall(r'"((?:sortition|page|own|panel|numbers|chances|kind|browser)\.[a-z_]+)"', PAGE))

    assert {code for code in said if f'"{code}"' in script or f'data-say="{code}"' in PAGE} <= set(TEXTS["en"])


def test_it_asks_for_nothing_from_outside_and_writes_no_markup() -> None:
    """Its own policy forbids every request; addresses are only names of a language of drawing."""
    assert "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'" in PAGE
    assert set(re.findall(r"https?://[^\"' ]+", PAGE)) == {"http://www.w3.org/2000/svg"}
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|XMLHttp|import\(", PAGE)
        == []
    )

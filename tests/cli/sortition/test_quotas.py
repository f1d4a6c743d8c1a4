"""``burgertop quotas``: in proportion, with play, with least seats for small groups."""

from pathlib import Path

import pytest
from tests.cli.sortition.conftest import Case

MARGINS = "feature,value,people\nlanguage,dutch,5072000\nlanguage,french,3588000\nlanguage,german,60000\n"


@pytest.fixture
def margins(case: Case) -> Path:
    path = case.home / "population.csv"
    path.write_text(MARGINS, encoding="utf-8")
    return path


def test_quotas_are_printed_in_a_form_that_draw_takes(case: Case, margins: Path) -> None:
    code, said, _ = case.call(
        "quotas", "--population", margins, "--seats", 32, "--tolerance", 1, "--at-least", "german=2"
    )

    assert code == 0
    assert said.splitlines() == [
        "feature,value,min,max",
        "language,dutch,17,19",
        "language,french,11,13",
        "language,german,2,3",
    ]


def test_shares_with_a_comma_mean_the_same_as_people(case: Case, margins: Path) -> None:
    of_people = case.call("quotas", "--population", margins, "--seats", 100)[1]
    margins.write_text("category;feature;share\nlanguage;dutch;58,2 %\nlanguage;french;41,1 %\nlanguage;german;0,7 %\n")

    assert case.call("quotas", "--population", margins, "--seats", 100)[1] == of_people


def test_a_file_is_written_once(case: Case, margins: Path) -> None:
    out = case.home / "proposed.csv"

    assert case.call("quotas", "--population", margins, "--seats", 32, "--out", out)[0] == 0
    written = out.read_bytes()
    code, _, complaint = case.call("quotas", "--population", margins, "--seats", 16, "--out", out)

    assert (code, out.read_bytes()) == (2, written)
    assert "is there already" in complaint


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--seats", "0"], "--seats is 1 or more, not 0."),
        (["--seats", "9", "--tolerance", "-1"], "--tolerance is 0 or more, not -1."),
        (["--seats", "9", "--at-least", "german"], "--at-least german: write a value and its least seats"),
        (["--seats", "9", "--at-least", "greek=1"], "--at-least greek=1: the population has no value “greek”."),
        (["--seats", "9", "--at-least", "german=10"], "population.csv: language: the least seats add up to 10"),
    ],
)
def test_wrong_words_are_explained(case: Case, margins: Path, words: list[str], complaint: str) -> None:
    code, said, told = case.call("quotas", "--population", margins, *words)

    assert (code, said) == (2, "")
    assert told.startswith(f"burgertop: {complaint}")


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("people", "heads", "population.csv has no column of people."),
        ("60000", "few", "population.csv, row 4, column “people”: “few” is not a number of people or a share."),
        ("60000", "", "population.csv, row 4, column “people”: is empty."),
        ("60000", "60.000", "population.csv, row 4, column “people”: “60.000” can be read in two ways."),
        ("german", "dutch", "population.csv, row 4: language, “dutch” stands in the file already."),
    ],
)
def test_a_fault_of_the_margins_is_named(case: Case, margins: Path, before: str, after: str, complaint: str) -> None:
    margins.write_text(MARGINS.replace(before, after), encoding="utf-8")

    code, _, told = case.call("quotas", "--population", margins, "--seats", 9)

    assert code == 2
    assert told.startswith(f"burgertop: {complaint}")


def test_a_value_of_two_features_is_named_with_its_feature(case: Case, margins: Path) -> None:
    margins.write_text(f"{MARGINS}mother tongue,german,1\nmother tongue,other,9\n", encoding="utf-8")
    words = ["quotas", "--population", margins, "--seats", "20", "--tolerance", "0", "--at-least"]

    assert "Write language:german=3." in case.call(*words, "german=3")[2]
    assert "language,german,3,3" in case.call(*words, "language:german=3")[1]

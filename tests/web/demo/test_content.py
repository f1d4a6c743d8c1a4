"""The demo's texts are whole, in four languages, and hang together from idea to answer."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from burgertop.web.demo.census import load_education, load_margins, load_municipalities
from burgertop.web.demo.content import load_content
from burgertop.web.demo.kinds import Text
from burgertop.web.demo.reading import FOLDER

CONTENT = load_content()
IDEAS = {idea.key: idea for idea in CONTENT.ideas}
CARDS = {card.key: card for card in CONTENT.cards}
CLUSTERS = {cluster.key: cluster for cluster in CONTENT.clusters}
RECOMMENDATIONS = {one.key: one for one in CONTENT.panel.recommendations}
ADOPTED = {key for key, one in RECOMMENDATIONS.items() if one.is_adopted}
SHARED = Path(__file__).parents[4] / "shared" / "data"


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Walk a value and yield every text with its path."""
    if isinstance(value, Text):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from texts_in(one, f"{path}[{number}]")


def sentences() -> Iterator[str]:
    """Yield every sentence of the demo, whoever says it."""
    for _, text in texts_in(CONTENT):
        yield from text.by_language().values()
    yield from (idea.text for idea in CONTENT.ideas)
    for card in CONTENT.cards:
        yield from (card.text, card.reasons)


def test_the_demo_is_as_large_as_promised() -> None:
    languages = Counter(idea.language for idea in CONTENT.ideas)
    per_theme = Counter(idea.theme for idea in CONTENT.ideas if idea.theme)
    chosen = {one.theme for one in CONTENT.rounds}

    assert len(CONTENT.ideas) == 320
    assert languages == {"nl": 163, "fr": 113, "en": 27, "de": 17}
    assert len(CONTENT.themes) == 25
    assert Counter(theme.origin for theme in CONTENT.themes) == {"2011": 5, "ours": 20}
    assert {key for key in per_theme if per_theme[key] >= 25} == chosen
    assert all(4 <= per_theme[theme.key] <= 14 for theme in CONTENT.themes if theme.key not in chosen)
    assert len(CONTENT.cards) == 260
    assert len(CONTENT.clusters) == 14
    assert len(RECOMMENDATIONS) == len(CONTENT.panel.subthemes) == 6
    assert len(CONTENT.tour) == 12


def test_every_text_speaks_four_languages_and_none_repeats_another() -> None:
    faults = []
    for path, text in texts_in(CONTENT):
        said = text.by_language()
        long = [words for words in said.values() if len(words.split()) > 3]
        if not all(words.strip() for words in said.values()) or len(set(long)) != len(long):
            faults.append(path)

    assert faults == []


def test_apostrophes_are_typographic() -> None:
    assert [words for words in sentences() if "'" in words or '"' in words] == []


def test_french_puts_a_hard_space_before_high_punctuation() -> None:
    french = [text.fr for _, text in texts_in(CONTENT)]
    french += [idea.text for idea in CONTENT.ideas if idea.language == "fr"]
    french += [said for card in CONTENT.cards if card.language == "fr" for said in (card.text, card.reasons)]

    assert [words for words in french if re.search(r"[ \w][?;»!]| :|« ", words)] == []


def test_ideas_and_cards_are_short_and_none_is_told_twice() -> None:
    assert [idea.key for idea in CONTENT.ideas if not 20 <= len(idea.text) <= 300] == []
    assert [card.key for card in CONTENT.cards if not 20 <= len(card.text) <= 220] == []
    assert len({idea.text for idea in CONTENT.ideas}) == len(CONTENT.ideas)
    assert len({card.text for card in CONTENT.cards}) == len(CONTENT.cards)
    assert len(IDEAS) == len(CONTENT.ideas)
    assert len(CARDS) == len(CONTENT.cards)


def test_every_idea_has_a_theme_or_a_reason_not_to() -> None:
    themes = {theme.key for theme in CONTENT.themes}
    hidden = Counter(idea.hidden_because for idea in CONTENT.ideas if idea.hidden_because)
    ends = [(idea.theme is not None, bool(idea.not_taken_because), bool(idea.hidden_because)) for idea in CONTENT.ideas]

    assert {sum(end) for end in ends} == {1}
    assert {idea.theme for idea in CONTENT.ideas if idea.theme} == themes
    assert hidden == {"insult": 3, "personal_data": 2, "advertising": 2, "off_topic": 1}
    assert set(hidden) == {rule.reason for rule in CONTENT.process.rules}
    assert {idea.not_taken_because for idea in CONTENT.ideas if idea.not_taken_because} == {
        rule.reason for rule in CONTENT.process.not_taken_rules
    }


def test_chances_are_chances() -> None:
    assert all(0 < chance < 1 for idea in CONTENT.ideas for chance in (*idea.appeal, idea.pass_share))
    assert [idea.day for idea in CONTENT.ideas] == sorted(idea.day for idea in CONTENT.ideas)
    assert CONTENT.ideas[-1].day <= (CONTENT.process.days["ideas_close_on"] - CONTENT.process.days["opens_on"]).days


def test_the_themes_of_2011_draw_most_votes() -> None:
    strongest = sorted(CONTENT.themes, key=lambda theme: -theme.pull)[:3]

    assert [theme.key for theme in strongest] == ["social-security", "wealth-in-crisis", "immigration"]
    assert [one.theme for one in CONTENT.rounds] == [theme.key for theme in strongest]


def test_the_81_tables_are_those_of_2011() -> None:
    kinds = Counter(table.languages for table in CONTENT.tables)

    assert kinds == {("nl",): 30, ("fr",): 18, ("nl", "fr"): 32, ("de", "fr"): 1}
    assert [table.number for table in CONTENT.tables] == list(range(1, 82))
    assert sum(table.interpreters for table in CONTENT.tables) == 33


def test_cards_come_from_tables_that_speak_their_language() -> None:
    languages = {table.number: table.languages for table in CONTENT.tables}
    strangers = [
        card.key
        for card in CONTENT.cards
        if card.language not in languages[card.table] and (card.language != "en" or len(languages[card.table]) < 2)
    ]

    assert strangers == []
    assert {card.support for card in CONTENT.cards} <= set(range(1, 9))
    assert {card.round for card in CONTENT.cards} == {1, 2, 3}
    assert {card.idea for card in CONTENT.cards if card.idea} <= set(IDEAS)


def test_clusters_hold_cards_of_their_own_round_and_fit_on_a_ballot() -> None:
    per_round = Counter(cluster.round for cluster in CONTENT.clusters)

    assert {card.cluster for card in CONTENT.cards if card.cluster} == set(CLUSTERS)
    assert all(CARDS[key].round == cluster.round for cluster in CONTENT.clusters for key in cluster.cards)
    assert per_round == {1: 5, 2: 5, 3: 4}


def test_recommendations_name_where_they_come_from() -> None:
    subthemes = {one.key for one in CONTENT.panel.subthemes}
    strays = [
        (key, card)
        for key, one in RECOMMENDATIONS.items()
        for card in one.cards
        if CARDS[card].cluster not in one.clusters
    ]

    assert strays == []
    assert {one.subtheme for one in RECOMMENDATIONS.values()} == subthemes
    assert all(one.clusters and set(one.clusters) <= set(CLUSTERS) for one in RECOMMENDATIONS.values())


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_recommendations_have_60_to_140_words(language: str) -> None:
    lengths = {key: len(one.body.by_language()[language].split()) for key, one in RECOMMENDATIONS.items()}

    assert {key: words for key, words in lengths.items() if not 60 <= words <= 140} == {}


def test_votes_of_the_panel_add_up_and_decide() -> None:
    panel = CONTENT.panel
    votes = [one.votes for one in panel.recommendations] + [one.votes for one in panel.amendments]

    assert {vote.in_favor + vote.against + vote.abstaining for vote in votes} == {panel.seats}
    assert {key for key, one in RECOMMENDATIONS.items() if 3 * one.votes.in_favor >= 2 * panel.seats} == ADOPTED
    assert set(RECOMMENDATIONS) - ADOPTED == {"pay-ratio"}
    assert {one.key: one.is_adopted for one in panel.amendments} == {"five-years": True, "fixed-quotas": False}
    assert [note.people for note in panel.minority_notes] == [RECOMMENDATIONS["lower-labor-charges"].votes.against]


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_an_adopted_amendment_stands_in_the_text_and_a_rejected_one_does_not(language: str) -> None:
    for one in CONTENT.panel.amendments:
        body = RECOMMENDATIONS[one.recommendation].body.by_language()[language]
        before, after = one.before.by_language()[language], one.after.by_language()[language]

        assert (before in body, after in body) == (not one.is_adopted, one.is_adopted)


def test_answers_are_for_adopted_recommendations_and_say_why() -> None:
    addressees = {one.key for one in CONTENT.process.addressees}

    assert {answer.recommendation: answer.status for answer in CONTENT.answers} == {
        "time-to-care": "accepted_in_part",
        "one-adviser": "promised",
    }
    assert {answer.recommendation for answer in CONTENT.answers} <= ADOPTED
    assert {answer.addressee for answer in CONTENT.answers} == addressees
    assert [answer.recommendation for answer in CONTENT.answers if answer.answered_on and answer.reasons] == [
        "time-to-care"
    ]
    assert {question.recommendation for question in CONTENT.panel.questions} <= ADOPTED


def test_the_hero_can_be_followed_from_idea_to_answer() -> None:
    idea = IDEAS[CONTENT.process.hero_idea]
    card = next(card for card in CONTENT.cards if card.idea == idea.key)
    recommendation = next(one for one in CONTENT.panel.recommendations if card.key in one.cards)

    assert (idea.language, idea.place, idea.theme) == ("nl", "Aalst", "social-security")
    assert (card.key, card.table, card.support, card.cluster) == ("card-care-hero", 57, 8, "care")
    assert len(CLUSTERS["care"].cards) == 13
    assert (recommendation.key, recommendation.votes.in_favor) == ("time-to-care", 29)
    assert CONTENT.answers[0].recommendation == recommendation.key
    assert [step.stage for step in CONTENT.tour] == sorted(
        (step.stage for step in CONTENT.tour),
        key=["consultation", "lottery", "summit", "panel", "report"].index,
    )


def test_money_adds_up_and_no_gift_is_above_the_cap() -> None:
    process = CONTENT.process

    assert sum(band.share for band in process.funding_bands) == pytest.approx(1)
    assert sum(band.donors for band in process.funding_bands) == process.donors
    assert process.largest_gift_share <= process.gift_cap_share == 0.05


def test_the_addresses_of_the_demo_lead_nowhere() -> None:
    assert all(link.address.startswith("https://example.org/") for link in CONTENT.process.links)
    assert all(one.mail.endswith(".example.org") for one in CONTENT.process.addressees)
    assert CONTENT.process.phone == "0800 00 000"


def test_counts_of_statbel_add_up() -> None:
    by_age: Counter[str] = Counter()
    for cell in load_margins():
        by_age[cell.age_band] += cell.adults

    assert sum(by_age.values()) == 8_720_225
    assert by_age == {"18-29": 1_640_862, "30-44": 2_238_303, "45-59": 2_307_761, "60+": 2_533_299}
    assert len(load_margins()) == 12 * 2 * 4
    assert len(load_education()) == 11 * 2 * 4 * 4
    assert {(one.province, one.language_area) for one in load_municipalities()} == {
        (cell.province, cell.language_area) for cell in load_margins()
    }


def test_quotas_can_be_met_by_the_number_of_seats() -> None:
    for quotas, seats in ((CONTENT.hall_quotas, 704), (CONTENT.panel_quotas, 32)):
        for feature in {row.feature for row in quotas}:
            least = sum(row.least for row in quotas if row.feature == feature)
            most = sum(row.most for row in quotas if row.feature == feature)

            assert least <= seats <= most, feature


def test_the_quotas_of_the_panel_are_those_of_2012() -> None:
    source = SHARED / "g1000" / "panel_g32.csv"
    if not source.exists():
        pytest.skip("the shared cases are not here")
    bands = {"<30": "18-29", "30-45": "30-44", "45-60": "45-59"}
    with source.open(encoding="utf-8") as lines:
        known = {
            (row["dimension"], bands.get(row["category"], row["category"])): int(row["count"])
            for row in csv.DictReader(lines)
            if row["drawn_on"] == "yes"
        }

    ours = {(row.feature, row.value): row.least for row in CONTENT.panel_quotas if row.feature != "education"}

    assert ours == known
    assert all(row.least == 0 for row in CONTENT.panel_quotas if row.feature == "education")


def test_the_content_is_small() -> None:
    assert sum(len(file.read_bytes()) for file in FOLDER.iterdir() if file.is_file()) < 500_000

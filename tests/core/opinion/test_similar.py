"""Near-duplicates in Dutch, French and German are found among other ideas; strangers are not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.opinion import Match, TextIndex

PAIRS = {
    "nl": [
        ("Maak de trein goedkoper voor jongeren", "Jongeren moeten goedkoper met de trein kunnen reizen"),
        ("Meer bomen in elke straat van de stad", "Plant bomen langs alle straten"),
        ("Schaf het huiswerk af in de lagere school", "Geen huiswerk meer voor kinderen van de lagere school"),
        ("De wachtlijsten in de zorg moeten weg", "Kortere wachtlijst voor wie zorg nodig heeft"),
        ("Laat burgers meebeslissen over de begroting", "Burgers beslissen mee waar de begroting naartoe gaat"),
        ("Veilige fietspaden naar iedere school", "Een veilig fietspad tot aan de schoolpoort"),
    ],
    "fr": [
        ("Des repas bio gratuits dans les cantines", "La cantine gratuite, avec des repas bio"),
        ("Interdire la publicité pour les jeux d'argent", "Plus aucune publicité pour les paris et jeux d'argent"),
        ("Isoler les logements sociaux avant 2030", "L'isolation de tous les logements sociaux"),
        ("Un revenu de base pour les étudiants", "Donnons aux étudiants un revenu de base"),
        ("Ouvrir les bibliothèques le dimanche", "Des bibliothèques ouvertes aussi le dimanche"),
        ("Taxer davantage les vols de courte distance", "Une taxe sur les vols courts"),
    ],
    "de": [
        ("Mehr Busse am Abend in den Dörfern", "Auch abends sollen Busse in die Dörfer fahren"),
        ("Digitale Ämter, die man abends erreicht", "Die Ämter müssen digital erreichbar sein"),
        ("Pflegekräfte besser bezahlen", "Bessere Bezahlung für Pflegekräfte"),
        ("Weniger Verpackung im Supermarkt", "Supermärkte sollen Verpackungen vermeiden"),
        ("Bezahlbare Wohnungen für junge Familien", "Junge Familien brauchen Wohnungen, die bezahlbar sind"),
        ("Sprachkurse für alle, die neu ankommen", "Kostenlose Sprachkurse für neu Angekommene"),
    ],
}


@pytest.mark.parametrize(("language", "least"), [("nl", 5), ("fr", 6), ("de", 6)])
def test_the_partner_of_a_paraphrase_is_most_often_the_closest_of_all_ideas(language: str, least: int) -> None:
    texts = [first for pairs in PAIRS.values() for first, _ in pairs]
    start = list(PAIRS).index(language) * 6
    index = TextIndex(texts)

    closest = [index.closest(second, most=1) for _, second in PAIRS[language]]

    hits = sum(bool(found) and found[0].index == start + number for number, found in enumerate(closest))
    assert hits >= least


def test_ideas_about_something_else_are_not_named() -> None:
    texts = [first for pairs in PAIRS.values() for first, _ in pairs]
    index = TextIndex(texts)

    strangers = ["Verlaag de btw op brood", "Un musée de la bande dessinée", "Kein Feuerwerk zu Silvester"]

    assert [index.closest(text) for text in strangers] == [(), (), ()]


def test_a_text_is_wholly_like_itself_whatever_its_capitals_accents_and_marks() -> None:
    index = TextIndex(["Ouvrir les bibliothèques le dimanche", "Taxer les vols"])

    found = index.closest("OUVRIR les bibliotheques -- le dimanche!")

    assert [(match.index, round(match.share, 9)) for match in found] == [(0, 1.0)]


def test_words_the_index_does_not_know_make_a_text_less_like() -> None:
    index = TextIndex(["trees in the street"])

    alone, among = (
        index.closest(text, least_share=0.01)[0].share for text in ("trees", "trees and quite other things")
    )

    assert alone > among > 0


def test_equal_matches_come_in_the_order_of_the_texts_and_no_more_than_asked() -> None:
    index = TextIndex(["more trees", "fewer cars", "more trees", "more trees"])

    found = index.closest("more trees", most=2)

    assert [match.index for match in found] == [0, 2]


@pytest.mark.parametrize("texts", [[], [""], ["!!!"]])
def test_nothing_is_like_nothing(texts: list[str]) -> None:
    assert TextIndex(texts).closest("trees") == ()


def test_an_empty_text_is_like_no_other() -> None:
    assert TextIndex(["trees"]).closest("  ") == ()


def test_scripts_other_than_latin_are_compared_too() -> None:
    index = TextIndex(["Περισσότερα δέντρα στους δρόμους", "مزيد من الأشجار في الشوارع"])

    assert [match.index for match in index.closest("δέντρα στους δρόμους")] == [0]
    assert [match.index for match in index.closest("الأشجار في الشوارع")] == [1]


def test_limits_that_make_no_sense_are_refused() -> None:
    index = TextIndex(["trees"])
    with pytest.raises(InputError) as most:
        index.closest("trees", most=0)
    with pytest.raises(InputError) as share:
        index.closest("trees", least_share=1.5)

    assert (most.value.code, most.value.params) == ("opinion.bad_most", {"most": 0})
    assert (share.value.code, share.value.params) == ("opinion.bad_share", {"share": 1.5})


def test_a_match_is_a_plain_value() -> None:
    assert Match(0, 0.5) == Match(0, 0.5)


WORDS = st.lists(
    st.sampled_from(["more", "trees", "street", "école", "straße", "wachtlijst", "2030", "a", "δέντρα"]), max_size=6
).map(" ".join)


def test_the_cosine_is_that_of_the_runs_written_out_by_hand() -> None:
    # " ab " has the runs " ab", "ab ", " ab "; " abc " has " ab", "abc", "bc ", " abc", "abc ", " abc ".
    index = TextIndex(["ab", "abc"])
    common, alone = 1.0, np.log(3 / 2) + 1  # log((1 + texts) / (1 + texts with it)) + 1

    share = index.closest("ab", least_share=0.01)[1].share

    assert share == pytest.approx(common**2 / np.sqrt((common**2 + 2 * alone**2) * (common**2 + 5 * alone**2)))


@settings(max_examples=40, deadline=None)
@given(start=st.lists(WORDS, max_size=5), changes=st.lists(st.tuples(st.integers(0, 7), st.none() | WORDS), max_size=8))
def test_an_index_changed_step_by_step_answers_to_the_last_digit_like_one_made_anew(
    start: list[str], changes: list[tuple[int, str | None]]
) -> None:
    index, texts = TextIndex(start), dict(enumerate(start))
    for number, text in changes:
        if text is None:
            index = index.without([number])
            texts.pop(number, None)
        else:
            index = index.put({number: text})
            texts[number] = text

    anew = TextIndex().put(texts)

    assert (len(index), index.numbers) == (len(texts), sorted(texts))
    for asked in ["more trees in the street", *texts.values()]:
        found = index.closest(asked, most=9, least_share=0.01)
        assert found == anew.closest(asked, most=9, least_share=0.01)
        plain = TextIndex([texts[number] for number in sorted(texts)])
        assert found == tuple(
            Match(sorted(texts)[match.index], match.share) for match in plain.closest(asked, most=9, least_share=0.01)
        )


def test_an_index_stays_as_it_is_when_another_is_made_from_it() -> None:
    index = TextIndex(["more trees"])

    more, fewer = index.put({1: "more trees"}), index.without([0])

    assert (len(index), len(more), len(fewer)) == (1, 2, 0)
    assert index.closest("more trees") == (Match(0, 1.0),)
    assert [number in index for number in (0, 1, -1)] == [True, False, False]


def test_only_texts_asked_about_are_looked_at() -> None:
    index = TextIndex(["more trees", "more trees", "fewer cars", "more trees"])

    assert [match.index for match in index.closest("more trees", among={3, 2, 1, 99})] == [1, 3]
    assert index.closest("more trees", among=()) == ()


def test_a_text_said_many_times_over_is_like_the_same_said_once_and_stands_in_order_of_number() -> None:
    index = TextIndex(["trees " * 7, "trees", "cars", "trees " * 300])

    assert [(match.index, match.share) for match in index.closest("trees")] == [(0, 1.0), (1, 1.0), (3, 1.0)]


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(WORDS, min_size=1, max_size=6))
def test_vectors_and_questions_tell_the_same_likeness(texts: list[str]) -> None:
    index = TextIndex(texts)
    rows = index.vectors().toarray()

    asked = np.array([index.shares(text) for text in texts])

    np.testing.assert_allclose(rows.T @ rows, asked, atol=1e-9)
    np.testing.assert_allclose(asked, asked.T, atol=1e-9)


@pytest.mark.parametrize("number", [-1, 10_000_001])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(InputError) as caught:
        TextIndex().put({number: "trees"})

    assert (caught.value.code, caught.value.params) == ("opinion.bad_number", {"number": number})

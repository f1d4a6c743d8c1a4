"""Near-duplicates in Dutch, French and German are found among other ideas; strangers are not."""

import pytest

from burgertop.core.errors import InputError
from burgertop.core.opinion import Match, TextIndex
from burgertop.core.opinion.similar import folded

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


def test_folding_keeps_letters_and_numbers_only() -> None:
    assert folded("Straße  Ça\tva? 3×4 – ŒUVRE") == "strasse ca va 3 4 œuvre"


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

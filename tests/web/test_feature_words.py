"""Words of features: of all who have a value, and of one person."""

from burgertop.web.feature_words import OF_ONE, VALUES, value_words, value_words_of_one


def test_one_person_is_a_woman_and_all_of_them_are_women() -> None:
    assert (value_words("sex", "F"), value_words_of_one("sex", "F")) == ("women", "woman")


def test_a_value_without_other_words_for_one_person_has_those_of_all() -> None:
    assert value_words_of_one("language", "nl") == value_words("language", "nl") == "Dutch"
    assert value_words_of_one("shoe", "blue") == "blue"


def test_words_for_one_person_are_only_of_values_that_are_known() -> None:
    assert set(OF_ONE) <= set(VALUES)

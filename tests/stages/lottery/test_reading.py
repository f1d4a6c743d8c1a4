"""From the columns of a file to people and quotas."""

import pytest

from burgertop.core.sortition import Quota
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.files.tables import FileError, Table, read_table
from burgertop.foundation.origins import Origin
from burgertop.stages.lottery.reading import guessed_roles, pool_rows, quotas_in


def table(text: str) -> Table:
    return read_table("a.csv", text.encode())


def test_usual_headings_are_guessed_and_unique_values_are_left_out() -> None:
    people = "id,Voornaam,email,taal,sex,remark\n" + "".join(
        f"{n},Mia,m{n}@example.org,{'nl' if n % 2 else 'fr'},{'F' if n % 3 else 'M'},text {n}\n" for n in range(20)
    )

    assert guessed_roles(table(people)) == {
        "id": "pool_id",
        "Voornaam": "given_name",
        "email": "mail",
        "taal": "feature_language",
        "sex": "feature",
        "remark": "out",
    }


def test_a_language_column_that_holds_words_is_only_a_feature() -> None:
    assert guessed_roles(table("taal\nNederlands\nFrans\n")) == {"taal": "feature"}


def test_columns_become_features_language_id_and_identity() -> None:
    roles = {"id": "pool_id", "name": "family_name", "taal": "feature_language", "speaks": "speaks", "sex": "feature"}

    rows = pool_rows(
        table("id,name,taal,speaks,sex\n7,Peeters,NL,nl+fr,F\n"), roles, default_language="fr", origin=Origin.PARTNER
    )

    assert rows == [
        PoolRow("7", {"taal": "NL", "sex": "F"}, "nl", ("nl", "fr"), {"family_name": "Peeters"}, Origin.PARTNER)
    ]


def test_without_a_language_the_first_language_of_the_process_holds() -> None:
    rows = pool_rows(table("sex\nF\n"), {"sex": "feature"}, default_language="de")

    assert (rows[0].language, rows[0].identity, rows[0].origin) == ("de", None, Origin.DRAWN)


def test_two_columns_cannot_both_be_the_id() -> None:
    with pytest.raises(FileError) as caught:
        pool_rows(table("a,b\n1,2\n"), {"a": "pool_id", "b": "pool_id"}, default_language="nl")

    assert (caught.value.code, caught.value.params) == ("files.role_twice", {"first": "a", "second": "b"})


def test_quotas_are_read_in_both_forms() -> None:
    newer = quotas_in(table("feature,value,min,max,min_flex,max_flex\nsex,F,1,2,0,\n"))
    older = quotas_in(table("category,feature,min,max\nsex,F,1,2\n"))

    assert newer == (Quota("sex", "F", 1, 2, 0, None),)
    assert older == (Quota("sex", "F", 1, 2),)


@pytest.mark.parametrize("text", ["-1", "1.5", "", "٣", "12345678"])
def test_a_quota_is_a_whole_number(text: str) -> None:
    with pytest.raises(FileError) as caught:
        quotas_in(table(f"feature,value,min,max\nsex,F,{text},2\n"))

    assert (caught.value.code, caught.value.params["line"]) == ("files.not_a_number", 2)


def test_a_quota_file_without_its_columns_says_which_is_missing() -> None:
    with pytest.raises(FileError) as caught:
        quotas_in(table("feature,value,least\nsex,F,1\n"))

    assert caught.value.params["column"] == "min"

"""What a draw depends on has one digest, and a public seed gives everybody the same numbers."""

import hashlib
import json

import pytest

from burgertop.core.sortition import Pool, Quota, Quotas, canonical_bytes, canonical_digest

POOL = Pool(("b", "a"), ("gender", "age"), (("man", "60+"), ("woman", "<30")), ("", "h1"))
QUOTAS = Quotas(
    1,
    (
        Quota("gender", "woman", 0, 1),
        Quota("gender", "man", 0, 1, 0, 1),
        Quota("age", "<30", 0, 1),
        Quota("age", "60+", 0, 1),
    ),
)


def test_the_canonical_bytes_are_the_documented_json() -> None:
    content = {
        "format": "burgertop.draw.1",
        "seats": 1,
        "features": ["age", "gender"],
        "people": [["a", "h1", "<30", "woman"], ["b", "", "60+", "man"]],
        "quotas": [
            ["age", "60+", 0, 1, None, None],
            ["age", "<30", 0, 1, None, None],
            ["gender", "man", 0, 1, 0, 1],
            ["gender", "woman", 0, 1, None, None],
        ],
        "must": ["a"],
        "never": [],
        "at_most_per_household": 1,
    }
    content["quotas"].sort(key=lambda row: row[:2])
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    assert canonical_bytes(POOL, QUOTAS, must=["a"], at_most_per_household=1) == written
    assert canonical_digest(POOL, QUOTAS, must=["a"], at_most_per_household=1) == hashlib.sha256(written).hexdigest()


def test_the_order_of_rows_and_columns_does_not_change_the_digest() -> None:
    turned = Pool(("a", "b"), ("age", "gender"), (("<30", "woman"), ("60+", "man")), ("h1", ""))

    assert canonical_digest(turned, Quotas(1, QUOTAS.rows[::-1])) == canonical_digest(POOL, QUOTAS)


def test_two_ways_to_write_the_same_letter_have_one_digest() -> None:
    quotas = Quotas(1, (Quota("town", "Li\u00e8ge", 0, 1),))
    spelled = Quotas(1, (Quota("town", "Lie\u0300ge", 0, 1),))

    one = canonical_digest(Pool(("a",), ("town",), (("Li\u00e8ge",),)), quotas)
    other = canonical_digest(Pool(("a",), ("town",), (("Lie\u0300ge",),)), spelled)

    assert one == other


@pytest.mark.parametrize("change", [{"must": ["a"]}, {"never": ["a"]}, {"at_most_per_household": 1}])
def test_every_choice_of_the_organiser_changes_the_digest(change: dict[str, list[str] | int]) -> None:
    assert canonical_digest(POOL, QUOTAS, **change) != canonical_digest(POOL, QUOTAS)  # type: ignore[arg-type]  # one of three keywords each

"""A certificate speaks of people, values and households, and can be worked out by hand."""

import pytest

from burgertop.core.sortition import Pool, Quota, Quotas, lottery_of


def test_the_certificate_of_a_small_draw_can_be_followed_by_hand() -> None:
    """Of three women one sits: with a price of 1 on women a panel is worth 1 at most, so a woman has 1/3 at most."""
    pool = Pool(tuple("abcd"), ("gender",), (("woman",), ("woman",), ("woman",), ("man",)))
    quotas = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))

    first, second = lottery_of(pool, quotas).certificate.levels

    assert (first.ids, second.ids) == (("a", "b", "c"), ("d",))
    assert (first.proof, second.proof) == ("duality", "size")
    worth = {value: first.seat_price + first.quota_prices.get(("gender", value), 0) for value in ("woman", "man")}
    assert max(worth["man"], 0) == pytest.approx(0, abs=1e-9)
    assert max(worth["woman"], 0) / (3 * worth["woman"]) == pytest.approx(first.bound)


def test_the_price_of_households_stands_beside_their_names() -> None:
    pool = Pool(tuple("abc"), ("x",), (("1",), ("1",), ("2",)), ("h", "h", ""))
    quotas = Quotas(2, (Quota("x", "1", 0, 2), Quota("x", "2", 0, 2)))

    lottery = lottery_of(pool, quotas, at_most_per_household=1)

    first = lottery.certificate.levels[0]
    assert first.ids == ("a", "b")
    assert first.bound == pytest.approx(0.5)
    assert set(first.household_prices) <= {"h"}

"""The public chance picks every panel equally likely, and anybody can do it again."""

import hashlib
from collections import Counter

import pytest

from burgertop.core.errors import InputError
from burgertop.core.sortition import Pool, Quota, Quotas, commitment_of, lottery_of, pick_panel

LOTTERY = lottery_of(Pool(("a", "b"), ("x",), (("1",), ("1",))), Quotas(1, (Quota("x", "1", 0, 1),)), panels=7)


def test_dice_name_the_panel() -> None:
    assert [pick_panel(LOTTERY, dice=number) for number in (1, 7)] == [1, 7]


@pytest.mark.parametrize("dice", [0, 8, -1])
def test_dice_beyond_the_panels_are_thrown_again(dice: int) -> None:
    with pytest.raises(InputError) as caught:
        pick_panel(LOTTERY, dice=dice)

    assert (caught.value.code, caught.value.params) == ("sortition.no_such_panel", {"number": dice, "panels": 7})


def test_a_seed_can_be_followed_by_hand() -> None:
    hashed = hashlib.sha256(f"burgertop.pick.1\n{commitment_of(LOTTERY)}\n3 5 1\n0".encode()).hexdigest()

    assert pick_panel(LOTTERY, public_seed=" 3 5 1\n") == int(hashed, 16) % 7 + 1


def test_every_panel_is_equally_likely() -> None:
    times = Counter(pick_panel(6, public_seed=str(number), commitment="a" * 64) for number in range(6000))

    assert sorted(times) == [1, 2, 3, 4, 5, 6]
    assert sum((count - 1000) ** 2 / 1000 for count in times.values()) < 20.5  # 1 in 1,000 of chi squared, 5 degrees


@pytest.mark.parametrize(
    ("lottery", "chance", "code"),
    [
        (7, {}, "sortition.one_chance_only"),
        (7, {"dice": 1, "public_seed": "1"}, "sortition.one_chance_only"),
        (7, {"public_seed": " "}, "sortition.empty_seed"),
        (7, {"public_seed": "1"}, "sortition.not_a_digest"),
        (0, {"dice": 1}, "sortition.no_panels"),
    ],
)
def test_chance_that_is_none_is_refused(lottery: int, chance: dict[str, int | str], code: str) -> None:
    with pytest.raises(InputError) as caught:
        pick_panel(lottery, **chance)  # type: ignore[arg-type]  # one of two keywords each

    assert caught.value.code == code

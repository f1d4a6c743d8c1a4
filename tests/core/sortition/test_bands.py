"""Bands of numbers are read as people write them."""

from math import inf

import pytest

from burgertop.core.errors import InputError
from burgertop.core.sortition.bands import Band, band_of, overlap_among


@pytest.mark.parametrize(
    ("value", "band"),
    [
        ("30-44", Band(30, 44)),
        ("30 \u2013 44", Band(30, 44)),
        ("75+", Band(75, inf)),
        (">=75", Band(75, inf)),
        ("> 75", Band(75, inf, has_low=False)),
        ("<30", Band(-inf, 30, has_high=False)),
        ("<= 29", Band(-inf, 29)),
        ("18", Band(18, 18)),
        ("1.5-2.5", Band(1.5, 2.5)),
        ("Level 1", None),
        ("2 or 3", None),
        ("woman", None),
    ],
)
def test_a_value_is_read_as_a_band_or_as_something_else(value: str, band: Band | None) -> None:
    assert band_of(value) == band


def test_a_band_written_backwards_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        band_of("44-30")

    assert (caught.value.code, caught.value.params) == ("sortition.reversed_band", {"value": "44-30"})


@pytest.mark.parametrize(
    ("values", "pair"),
    [
        (("16-29", "30-44", "45-59", "60+"), None),
        (("<30", "30-45", "45-60", "60+"), ("30-45", "45-60")),
        (("45-60", "60+"), ("45-60", "60+")),
        (("<30", "29-44"), ("<30", "29-44")),
        (("<30", "30+"), None),
        (("<=30", "30+"), ("<=30", "30+")),
        (("30", "30-44"), ("30", "30-44")),
        (("low", "high"), None),
    ],
)
def test_two_bands_that_share_a_number_are_found(values: tuple[str, ...], pair: tuple[str, str] | None) -> None:
    assert overlap_among(values) == pair

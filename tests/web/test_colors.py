"""Process colors stay readable."""

import pytest

from burgertop.web.colors import (
    DARK_SURFACES,
    LIGHT_SURFACES,
    contrast,
    ink_on,
    is_readable_brand,
    palette_of,
    readable_on,
    style_of,
)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the gray that just fails WCAG's 4.5 on white
        ("#0b4f5a", "#ffffff", 9.2),  # the house's own pair, as computed for the design
    ],
)
def test_contrast_is_the_ratio_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)


def test_contrast_does_not_mind_the_order() -> None:
    assert contrast("#c2361f", "#d8e9f6") == contrast("#d8e9f6", "#c2361f")


def test_a_dark_brand_is_kept_as_it_is() -> None:
    palette = palette_of("#0B4F5A", "", "", is_dark=False)

    assert (palette.brand, palette.on_brand) == ("#0b4f5a", "#ffffff")


@pytest.mark.parametrize("brand", ["#ffd23f", "#ffffff", "#8ed3d8", "#7f7f7f", "#ff0000", "#000000"])
@pytest.mark.parametrize("is_dark", [False, True])
def test_any_brand_is_readable_on_every_surface_and_carries_readable_words(brand: str, is_dark: bool) -> None:
    palette = palette_of(brand, brand, brand, is_dark=is_dark)

    surfaces = DARK_SURFACES if is_dark else LIGHT_SURFACES
    assert min(contrast(palette.brand, surface) for surface in surfaces) >= 4.5
    assert min(contrast(palette.choice, surface) for surface in surfaces) >= 3.0
    assert contrast(palette.on_brand, palette.brand) >= 4.5
    assert contrast(palette.on_brand, palette.brand_deep) >= 4.5
    assert contrast(palette.on_choice, palette.choice) >= 4.5


def test_a_faint_color_is_moved_no_further_than_needed() -> None:
    moved = readable_on("#8ed3d8", ("#ffffff",), toward="#000000", least=4.5)

    assert 4.5 <= contrast(moved, "#ffffff") < 5.0


@pytest.mark.parametrize(
    ("color", "is_readable"),
    [("#0b4f5a", True), ("#767676", True), ("#777777", False), ("#ffd23f", False), ("red", False)],
)
def test_a_brand_is_taken_when_white_words_can_be_read_on_it(color: str, is_readable: bool) -> None:
    assert is_readable_brand(color) is is_readable


def test_the_pencil_is_seen_on_the_white_round_in_every_mode() -> None:
    pencils = [palette_of("", "", "#ffd23f", is_dark=is_dark).pencil for is_dark in (False, True)]

    assert pencils[0] == pencils[1]
    assert contrast(pencils[0], "#eaf2f1") >= 3.0


def test_words_on_yellow_are_dark() -> None:
    assert ink_on("#ffd23f") == "#06262c"


def test_a_process_without_colors_keeps_those_of_the_house() -> None:
    assert style_of("", "", "") == "/* This process has no colors of its own. */\n"


def test_something_that_is_not_a_color_never_reaches_the_style_sheet() -> None:
    style = style_of("red;} body{display:none", "#12345g", "#c2361f")

    assert "display" not in style
    assert "--bt-brand" not in style
    assert "--bt-choice: #c2361f;" in style


def test_strong_contrast_wins_over_the_colors_of_a_process() -> None:
    selector = style_of("#0b4f5a", "", "").split("{")[0].strip()

    assert selector == ":root:not(.bt-contrast):not(:has(#bt-contrast:checked))"

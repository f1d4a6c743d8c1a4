"""The colors of a process: kept readable by the contrast rule of WCAG 2."""

import re
from dataclasses import dataclass

__all__ = ["Palette", "contrast", "ink_on", "is_readable_brand", "palette_of", "readable_on", "style_of"]

LEAST_TEXT = 4.5  # WCAG 2.2, 1.4.3
LEAST_SIGN = 3.0  # WCAG 2.2, 1.4.11
WHITE = "#ffffff"
NEAR_BLACK = "#06262c"
# Everything text may stand on: paper, ground and the five stage papers (css/tokens.css).
LIGHT_SURFACES = ("#ffffff", "#f2f6f5", "#d8e9f6", "#fadfe4", "#fdeeb5", "#d6edd9", "#e7e2f4")
DARK_SURFACES = ("#16272c", "#0e1b1f", "#16374d", "#4b2630", "#433910", "#1b3f27", "#352d4f")
BALLOT_ROUNDS = ("#ffffff", "#eaf2f1")  # the round of a ballot is white in every mode
MIX_STEPS = 40
HEX = re.compile(r"^#[0-9a-fA-F]{6}$")


@dataclass(frozen=True, slots=True)
class Palette:
    """The brand tokens of one process in one mode."""

    brand: str = ""
    on_brand: str = ""
    brand_deep: str = ""
    choice: str = ""
    on_choice: str = ""
    pencil: str = ""
    pencil_deep: str = ""

    def tokens(self) -> list[tuple[str, str]]:
        """Return the custom properties to write; an empty color keeps the house's."""
        pairs = (
            ("brand", self.brand),
            ("on-brand", self.on_brand),
            ("brand-deep", self.brand_deep),
            ("choice", self.choice),
            ("on-choice", self.on_choice),
            ("pencil", self.pencil),
            ("pencil-deep", self.pencil_deep),
        )
        return [(f"--bt-{name}", value) for name, value in pairs if value]


def luminance(color: str) -> float:
    """Return the relative luminance of ``#rrggbb``, in 0..1.

    >>> luminance("#ffffff")
    1.0
    """
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(
    color: str, surfaces: tuple[str, ...], *, toward: str, least: float, carries_words: bool = False
) -> str:
    """Return the color nearest to ``color``, mixed toward ``toward``, that has ``least`` contrast on all surfaces.

    With ``carries_words`` white or near black must also be readable on the color itself.
    """
    for step in range(MIX_STEPS + 1):
        mixed = _mix(color, toward, step / MIX_STEPS)
        is_seen = all(contrast(mixed, surface) >= least for surface in surfaces)
        if is_seen and (not carries_words or contrast(ink_on(mixed), mixed) >= LEAST_TEXT):
            return mixed
    return toward


def is_readable_brand(color: str) -> bool:
    """Whether white words can be read on this color, and the color as words on white."""
    return bool(HEX.match(color)) and contrast(color, WHITE) >= LEAST_TEXT


def ink_on(color: str) -> str:
    """Return white or near black, whichever reads better on a color."""
    return max((WHITE, NEAR_BLACK), key=lambda ink: contrast(ink, color))


def palette_of(brand: str, brand_deep: str, choice: str, *, is_dark: bool) -> Palette:
    """Make the tokens of a process from its colors; a color that is too faint is darkened (in the dark, lightened).

    The brand color is used for text: 4.5 on every surface. The color of choice fills circles: 3 on every surface.
    """
    surfaces, toward = (DARK_SURFACES, WHITE) if is_dark else (LIGHT_SURFACES, "#000000")
    made: dict[str, str] = {}
    if HEX.match(brand):
        made["brand"] = readable_on(brand.lower(), surfaces, toward=toward, least=LEAST_TEXT, carries_words=True)
        made["on_brand"] = ink_on(made["brand"])
        deep = brand_deep.lower() if HEX.match(brand_deep) and not is_dark else _mix(made["brand"], toward, 0.3)
        made["brand_deep"] = readable_on(deep, (made["on_brand"],), toward=toward, least=LEAST_TEXT)
    if HEX.match(choice):
        made["choice"] = readable_on(choice.lower(), surfaces, toward=toward, least=LEAST_SIGN, carries_words=True)
        made["on_choice"] = ink_on(made["choice"])
        made["pencil"] = readable_on(choice.lower(), BALLOT_ROUNDS, toward="#000000", least=LEAST_SIGN)
        made["pencil_deep"] = _mix(made["pencil"], "#000000", 0.25)
    return Palette(**made)


def style_of(brand: str, brand_deep: str, choice: str) -> str:
    """Write the style sheet of a process: tokens for light, and again for dark."""
    light = palette_of(brand, brand_deep, choice, is_dark=False).tokens()
    dark = palette_of(brand, brand_deep, choice, is_dark=True).tokens()
    if not light:
        return "/* This process has no colors of its own. */\n"
    return (
        ":root:not(.bt-contrast):not(:has(#bt-contrast:checked)) {\n"
        + "".join(f"  {name}: {value};\n" for name, value in light)
        + "}\n@media screen and (prefers-color-scheme: dark) {\n"
        + "  :root:not(.bt-day):not(.bt-contrast):not(:has(#bt-contrast:checked)) {\n"
        + "".join(f"    {name}: {value};\n" for name, value in dark)
        + "  }\n}\n:root.bt-night {\n"
        + "".join(f"  {name}: {value};\n" for name, value in dark)
        + "}\n"
    )


def _mix(color: str, other: str, share: float) -> str:
    parts = (
        round(int(color[start : start + 2], 16) * (1 - share) + int(other[start : start + 2], 16) * share)
        for start in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)

"""Colours and their contrast. Pure.

Relative luminance and contrast as WCAG 2.2 defines them; the lightness by which the theme decides between light and
dark letters is that of Oklab (B. Ottosson, 2020).
"""

from __future__ import annotations

import re

COLOUR = re.compile(r"#[0-9a-f]{6}")
READABLE, VISIBLE = 4.5, 3.0
"""Contrast of text, and of the border of a control, that WCAG asks for (AA)."""

LIGHT_ABOVE = 0.62
"""Oklab lightness from which letters on the colour are dark; the same number stands in ``theme.css``."""

WHITE, DARK = "#ffffff", "#1b1b1f"
Triple = tuple[float, float, float]


def is_colour(text: str) -> bool:
    """Whether this is a colour as we keep it: six hexadecimal digits in lower case."""
    return bool(COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def letters_on(colour: str) -> str:
    """The colour of text on a button of this colour."""
    return DARK if lightness(colour) > LIGHT_ABOVE else WHITE


def lightness(colour: str) -> float:
    """Oklab lightness, from 0 to 1."""
    red, green, blue = _linear(colour)
    long = 0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue
    medium = 0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue
    short = 0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue
    return float(0.2104542553 * long ** (1 / 3) + 0.793617785 * medium ** (1 / 3) - 0.0040720468 * short ** (1 / 3))


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _straight(red), _straight(green), _straight(blue)


def _straight(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

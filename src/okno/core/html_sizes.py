"""How large anything in a letter may make itself: nobody finds a line of text in a box of nine thousand pixels.

Values beyond a limit become the limit; what cannot be judged by reading it (CSS functions, escapes, parts of the
window's height) is left out. Lengths are those of CSS Values and Units, level 3.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

LIMITS = {
    "height": 1000,
    "width": 2000,
    "max-width": 2000,
    "font-size": 100,
    "line-height": 120,
    "border-spacing": 50,
}
"""Pixels, by property."""

_GROUPS = (("padding", 200), ("margin", 200), ("border", 40))
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945,
    "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "ic": 16.0, "cap": 12.0, "lh": 24.0, "rlh": 24.0,
}  # fmt: skip
_MOST_PERCENT = 200.0
_MOST_LINES = 5.0
"""A line height without a unit is a multiple of the letters' size."""

ATTRIBUTES = {"height": 1000, "width": 2000, "cellpadding": 50, "cellspacing": 50, "border": 40}

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_COLOUR = re.compile(r"(?:rgb|hsl)a?\([^()]*\)", re.IGNORECASE)
_LENGTH = re.compile(r"(?<![\w.#-])([-+]?)(\d*\.?\d+)([a-z%]*)", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"\s*\+?(\d{1,20})(?:\.\d*)?\s*(%?)")


def capped_style(style: str) -> str:
    """The value of a style attribute with every size within its limit."""
    bare = _COMMENT.sub(" ", style) if "/*" in style else style
    pieces = bare.split(";")
    kept = [capped for piece in pieces if (capped := _capped(piece)) is not None]
    return bare if kept == pieces else ";".join(kept)


def capped_attribute(name: str, value: str) -> str:
    """The value of an attribute such as ``height`` within its limit; other attributes as they are."""
    limit = ATTRIBUTES.get(name)
    number = _PLAIN_NUMBER.match(value) if limit is not None else None
    if limit is None or number is None:
        return value
    most = 100 if number[2] else limit
    return value if int(number[1]) <= most else f"{most}{number[2]}"


def _capped(piece: str) -> str | None:
    """One declaration, changed if it has to be; nothing for one that is left out."""
    if "\\" in piece:
        return None
    name, colon, value = piece.partition(":")
    limit = _limit_of(name.strip().lower())
    if limit is None or not colon:
        return piece
    if "(" in _COLOUR.sub("", value):
        return None
    mosts = [_most(name.strip().lower(), match[3].lower(), limit) for match in _LENGTH.finditer(value)]
    if None in mosts:
        return None
    return f"{name}:{_LENGTH.sub(_within(iter(mosts)), value)}"


def _within(mosts: Iterator[float | None]) -> Callable[[re.Match[str]], str]:
    def within(match: re.Match[str]) -> str:
        most = next(mosts) or 0.0
        return match[0] if float(match[2]) <= most else f"{match[1]}{most:.10g}{match[3]}"

    return within


def _limit_of(name: str) -> int | None:
    if name in LIMITS:
        return LIMITS[name]
    return next((limit for group, limit in _GROUPS if name.startswith(group)), None)


def _most(name: str, unit: str, limit: int) -> float | None:
    """The largest number with this unit; nothing for units that depend on the window or are none.

    A number without a unit is no length, but part of a colour, or nought.
    """
    if unit == "%":
        return _MOST_PERCENT
    if not unit:
        return _MOST_LINES if name == "line-height" else math.inf
    if unit == "vw" and name in {"width", "max-width"}:
        return 100.0
    return limit / _PIXELS[unit] if unit in _PIXELS else None

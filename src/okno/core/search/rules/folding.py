"""Folding: text without what people do not type alike (W19).

Compatibility forms (NFKC), case and accents go; ё is е, ґ is г, ł is l, ß is ss. Letters of their own stay
themselves: й and ї, є and і, and the syllables of Korean and Japanese. An apostrophe inside a Cyrillic word
disappears in each of its shapes (п'ять, п’ять, пʼять).
"""

from __future__ import annotations

import re
import unicodedata

ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]")
"""Marks above and below Latin, Greek, Cyrillic, Hebrew and Arabic letters; in other scripts a mark is a vowel."""

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
APOSTROPHES = re.compile("[’‘ʼ`´′＇ʹ‛ꞌ]")
DASHES = re.compile("[‐‑‒–—−﹣－]")
IN_CYRILLIC = re.compile("(?<=[\u0400-\u052f])'(?=[\u0400-\u052f])")
KEPT = str.maketrans({"й": "\ue000", "ї": "\ue001"})
GIVEN_BACK = str.maketrans({"\ue000": "й", "\ue001": "ї"})
OTHER_LETTERS = str.maketrans(
    {"ґ": "г", "ł": "l", "đ": "d", "ð": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
)


def lowered(text: str) -> str:
    """Text in one case and one shape of its signs, with its accents: what the language of a word is told by."""
    if text.isascii():
        return text.casefold()
    shaped = unicodedata.normalize("NFKC", APOSTROPHES.sub("'", INVISIBLE.sub("", text)))
    shaped = DASHES.sub("-", unicodedata.normalize("NFKC", shaped.casefold()))
    return IN_CYRILLIC.sub("", shaped) if "'" in shaped else shaped


def bare(shaped: str) -> str:
    """Lowered text without accents and with one letter for each of those that are typed for each other."""
    if shaped.isascii():
        return shaped
    parted = unicodedata.normalize("NFKD", shaped.translate(KEPT))
    joined = unicodedata.normalize("NFC", ACCENTS.sub("", parted))
    return joined.translate(OTHER_LETTERS).translate(GIVEN_BACK)


def fold(text: str) -> str:
    """Text as search compares it."""
    return bare(lowered(text))

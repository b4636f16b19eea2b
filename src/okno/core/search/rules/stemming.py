"""Stems: forms of one word meet in a common lexeme. The language of each word is told by its letters.

English, Russian, Polish and German by the Snowball algorithms (snowballstem.org); Ukrainian by our own.
A word whose letters tell nothing gets the stems of all languages that could have it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import lru_cache

import snowballstemmer

from okno.core.search.rules import ukrainian
from okno.core.search.rules.folding import bare

CYRILLIC = re.compile("[\u0400-\u052f]+")
LATIN = re.compile("[a-z\u00df-\u024f]+")
ONLY_UKRAINIAN = frozenset("іїєґ")
ONLY_RUSSIAN = frozenset("ыэъё")
ONLY_POLISH = frozenset("ąćęłńóśźż")
ONLY_GERMAN = frozenset("äöüß")
LOOKS_GERMAN = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "lich", "lichen", "ieren")
SHORTEST, LONGEST = 3, 40
FLEETING_RUSSIAN = re.compile("(?<=[бвгджзйклмнпрстфхцчшщ])[оеь]к$")
FLEETING_POLISH = re.compile("(?<=[bcdfghjklmnprstwz])e(?=[kl]$)")
RESTORED = (("ow", "ów"), ("osc", "ość"), ("osci", "ości"), ("aja", "ają"), ("uja", "ują"))
"""Polish endings as they are typed without their accents; the stemmer knows them with these only."""

_of_thread = threading.local()


def _snowball(language: str, word: str) -> str:
    """The library's stemmers keep a state, so each thread has its own."""
    stemmers: dict[str, Callable[[str], str]] = _of_thread.__dict__
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(language).stemWord
    return stemmers[language](word)


@lru_cache(maxsize=100_000)
def stems(word: str) -> frozenset[str]:
    """The stems of a lowered word, folded; the word itself is not among them. None of codes and numbers."""
    if not SHORTEST <= len(word) <= LONGEST:
        return frozenset()
    if CYRILLIC.fullmatch(word):
        found = _cyrillic(word)
    elif LATIN.fullmatch(word):
        found = _latin(word)
    else:
        return frozenset()
    return frozenset(each for each in found if len(each) > 1) - {bare(word)}


@lru_cache(maxsize=20_000)
def asked_stems(word: str) -> frozenset[str]:
    """The stems by which a word is looked for: those of texts, and what German endings leave."""
    found = stems(word)
    if LATIN.fullmatch(word):
        folded = bare(word)
        shorter = {folded.removesuffix(ending) for ending in ("n", "en", "e", "es", "s")}
        found |= {each for each in shorter if len(each) > 3} - {folded}
    return found


def _cyrillic(word: str) -> set[str]:
    letters = set(word)
    folded = bare(word)
    found = set()
    if not letters & ONLY_RUSSIAN:
        found.add(ukrainian.stem(folded))
    if not letters & ONLY_UKRAINIAN:
        found.add(_russian(folded))
    return found


def _russian(folded: str) -> str:
    root = _snowball("russian", folded)
    return FLEETING_RUSSIAN.sub("к", root) if len(root) > 4 else root


def _latin(word: str) -> set[str]:
    letters = set(word)
    if letters & ONLY_GERMAN:
        return {bare(_snowball("german", word))}
    if letters & ONLY_POLISH:
        return {_polish(word), _polish(bare(word))}
    folded = bare(word)
    found = {_snowball("english", folded), _polish(folded)}
    if folded.endswith(LOOKS_GERMAN):
        found.add(bare(_snowball("german", folded)))
    return found


def _polish(word: str) -> str:
    """A stem without accents; words typed without them get the same, as far as the endings tell."""
    for typed, meant in RESTORED:
        if len(word) > len(typed) + 3 and word.endswith(typed):
            word = word.removesuffix(typed) + meant
    root = bare(_snowball("polish", word).replace("ę", "ą"))
    if len(root) < SHORTEST:
        return bare(word)
    if len(root) > 4:
        root = FLEETING_POLISH.sub("", root)
    return root[:-1] + "k" if root.endswith("rc") else root

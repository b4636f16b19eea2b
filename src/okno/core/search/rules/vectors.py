"""From texts to a ``tsvector``: every word with its places, every stem beside it, within PostgreSQL's bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from okno.core.search.rules.stemming import stems
from okno.core.search.rules.tokens import Token, spellings, tokens

LAST_PLACE = 16_383
MOST_PLACES = 255
MOST_BYTES = 600_000
"""Of words in one vector; PostgreSQL refuses one of 1 MB, places included."""

PLACE_BYTES = 2
WORD_BYTES = 8
CHARACTER_BYTES = 4
"""At most, in UTF-8."""

BEGINNING = 3
"""Letters of a word that are kept as a word of their own: short beginnings are asked for most and fit the most
words, which the index would have to put together anew each time."""

OF_BEGINNINGS = "+"
"""Stands before such a beginning; no word that people write begins with this sign."""

GAP = 3
"""Places between texts, so that no phrase reaches from one into another."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The words of a text: those with a place, those that stand beside them, and how many places there are.

    ``size`` is more than the bytes that they can take in a vector.
    """

    placed: tuple[tuple[str, int], ...]
    beside: frozenset[str]
    length: int
    size: int


def analysed(text: str) -> Analysis:
    """Reads a text once; ``Vector.add`` puts it into as many vectors as one likes."""
    placed: list[tuple[str, int]] = []
    beside: set[str] = set()
    place = 0
    for token in tokens(text):
        for part in token.parts:
            place += 1
            folded, others = _forms(part)
            placed.append((folded, place))
            beside |= others
        for pair in token.pairs:
            place += 1
            placed.append((pair, place))
        beside.update(_names_of(token))
    characters = sum(len(word) for word, _place in placed) + sum(map(len, beside))
    size = characters * CHARACTER_BYTES + len(placed) * (WORD_BYTES + PLACE_BYTES) + len(beside) * WORD_BYTES
    return Analysis(tuple(placed), frozenset(beside), place, size)


analysed_once = lru_cache(maxsize=10_000)(analysed)
"""The same for texts that come again and again: names, sentences of invented tickets."""


@lru_cache(maxsize=20_000)  # some 13 MB: strangers' letters choose the words
def _forms(part: str) -> tuple[str, frozenset[str]]:
    """A lowered word folded, and what stands beside it: other spellings, stems, the beginning."""
    folded, *others = spellings(part)
    beside = {*others, *stems(part)}
    if len(folded) > BEGINNING:
        beside.add(OF_BEGINNINGS + folded[:BEGINNING])
    return folded, frozenset(beside)


def _names_of(token: Token) -> set[str]:
    if not token.whole:
        return set()
    joined = "" if token.is_address else token.joined
    return {each for each in (token.whole, joined, token.domain) if each}


class Vector:
    """Gathers the words of a document. What is added first is kept when a document has too many words.

    Bytes are estimated as long as there is plenty of room, and counted word by word from then on.
    """

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._offset = 0
        self._bytes = 0
        self._is_counted = False

    def add(self, *pieces: Analysis) -> None:
        """Puts a text, of one piece or of several in a row, behind those that are there."""
        for piece in pieces:
            if not self._is_counted and self._bytes + piece.size <= MOST_BYTES:
                self._add_all(piece)
            else:
                self._count()
                self._add_what_fits(piece)
            self._offset += piece.length
        self._offset += GAP

    def _add_all(self, piece: Analysis) -> None:
        offset, known = self._offset, self._places
        for word, place in piece.placed:
            at = offset + place
            places = known.get(word)
            if places is None:
                known[word] = [at] if at <= LAST_PLACE else []
            elif at <= LAST_PLACE and len(places) < MOST_PLACES:
                places.append(at)
        for word in piece.beside:
            if word not in known:
                known[word] = []
        self._bytes += piece.size

    def _add_what_fits(self, piece: Analysis) -> None:
        offset, known = self._offset, self._places
        for word, place in piece.placed:
            at = offset + place
            places = known.get(word)
            if places is None:
                if not self._has_room_for(word):
                    continue
                places = known[word] = []
            if at <= LAST_PLACE and len(places) < MOST_PLACES:
                places.append(at)
                self._bytes += PLACE_BYTES
        self.add_words(piece.beside)

    def add_words(self, words: Iterable[str]) -> None:
        """Puts words in that have no place in a text."""
        for word in words:
            if word not in self._places and self._has_room_for(word):
                self._places[word] = []

    @property
    def words(self) -> Iterable[str]:
        """The words that are in it."""
        return self._places.keys()

    def __str__(self) -> str:
        """As PostgreSQL reads a ``tsvector``."""
        return " ".join(
            f"'{word}':{','.join(map(str, places))}" if places else f"'{word}'"
            for word, places in ((_quoted(word), places) for word, places in self._places.items())
        )

    def _has_room_for(self, word: str) -> bool:
        size = _bytes_of(word)
        if self._bytes + size > MOST_BYTES:
            self._count()
            if self._bytes + size > MOST_BYTES:
                return False
        self._bytes += size + WORD_BYTES
        return True

    def _count(self) -> None:
        """From now on the bytes are exact."""
        if not self._is_counted:
            self._is_counted = True
            self._bytes = sum(
                _bytes_of(word) + WORD_BYTES + len(places) * PLACE_BYTES for word, places in self._places.items()
            )


def _bytes_of(word: str) -> int:
    return len(word) if word.isascii() else len(word.encode())


def _quoted(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''") if "'" in word or "\\" in word else word

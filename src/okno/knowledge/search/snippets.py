"""The words around what was found, with the found ones marked."""

from __future__ import annotations

from typing import NamedTuple

from okno.core import html
from okno.core.search.rules import Question, fold
from okno.core.search.rules.folding import lowered
from okno.core.search.rules.stemming import asked_stems, stems
from okno.core.search.rules.tokens import RUN, Token

LENGTH = 200
"""Characters of a snippet, about."""

LOOKED_AT = 30_000
BEFORE = 60
SHORTEST_BEGINNING = 3


class Bit(NamedTuple):
    """A piece of a snippet, and whether it is what was looked for."""

    text: str
    is_match: bool


class _Sought:
    """What makes a word of a text one of those that were asked for: its forms and its beginning."""

    def __init__(self, question: Question) -> None:
        tokens: list[Token] = [*question.words, *(token for phrase in question.phrases for token in phrase)]
        parts = [part for token in tokens for part in token.parts]
        self.forms = {fold(part) for part in parts} | {stem for part in parts for stem in asked_stems(part)}
        self.forms |= {word for token in tokens for word in (*token.alike, *token.pairs)}
        self.beginnings = tuple(fold(part) for part in parts if len(part) >= SHORTEST_BEGINNING)

    def has(self, word: str) -> bool:
        low = lowered(word)
        folded = fold(word)
        return bool(folded in self.forms or folded.startswith(self.beginnings) or self.forms & stems(low))


def snippet(text: str, question: Question, *, is_html: bool = False) -> list[Bit]:
    """The first place of the text where something that was asked for stands; else its beginning."""
    text = " ".join((html.to_text(text) if is_html else text)[:LOOKED_AT].split())
    sought = _Sought(question)
    places = [(found.start(), found.end()) for found in RUN.finditer(text) if sought.has(found.group())]
    start, end = _window(text, places[0][0] if places else 0)
    bits: list[Bit] = [Bit("… ", False)] if start else []
    at = start
    for begin, stop in places:
        if begin < start or stop > end:
            continue
        bits += [Bit(text[at:begin], False), Bit(text[begin:stop], True)]
        at = stop
    bits.append(Bit(text[at:end] + (" …" if end < len(text) else ""), False))
    return [bit for bit in bits if bit.text]


def _window(text: str, around: int) -> tuple[int, int]:
    """From where to where, at the ends of words."""
    start = max(0, around - BEFORE)
    if start:
        start = text.find(" ", start, around + 1) + 1 or start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = text.rfind(" ", around, end) if text.rfind(" ", around, end) > around else end
    return start, end

"""What changed between two versions of a text, paragraph by paragraph and word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4000
"""Words of a paragraph that are still compared one by one; a longer one is shown as replaced."""

MOST_LINES = 4000
"""Lines of a text that are compared; of a longer one the rest is one line."""


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they stayed, came or went."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph of the comparison: ``same``, ``added``, ``removed`` or ``changed`` within."""

    kind: str
    pieces: tuple[Piece, ...]


def compare(before: str, after: str) -> list[Line]:
    """The paragraphs of both texts in their order."""
    old, new = _lines(before), _lines(after)
    lines: list[Line] = []
    for tag, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [_whole("same", text) for text in new[begin:stop]]
            continue
        gone, come = old[start:end], new[begin:stop]
        both = min(len(gone), len(come))
        lines += [_changed(one, other) for one, other in zip(gone[:both], come[:both], strict=True)]
        lines += [_whole("removed", text) for text in gone[both:]]
        lines += [_whole("added", text) for text in come[both:]]
    return lines


def shortened(lines: list[Line], around: int = 2) -> list[Line | None]:
    """Without what stayed far from any change; ``None`` stands where paragraphs were left out."""
    near = {
        place
        for at, line in enumerate(lines)
        if line.kind != "same"
        for place in range(at - around, at + around + 1)
    }
    shown: list[Line | None] = []
    for at, line in enumerate(lines):
        if at in near:
            shown.append(line)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _lines(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    rest = "\n".join(lines[MOST_LINES:])
    return lines[:MOST_LINES] + ([rest] if rest else [])


def _whole(kind: str, text: str) -> Line:
    return Line(kind, (Piece(kind, text),))


def _changed(before: str, after: str) -> Line:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return Line("changed", (Piece("removed", before), Piece("added", after)))
    return Line("changed", tuple(_pieces(old, new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(new[begin:stop]))
            continue
        if end > start:
            yield Piece("removed", "".join(old[start:end]))
        if stop > begin:
            yield Piece("added", "".join(new[begin:stop]))

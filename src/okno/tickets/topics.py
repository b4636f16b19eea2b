"""Whether a text asks for several different things, so that each may be a request of its own (F192, F199).

Pure, and independent of the language: it goes by numbers at the beginning of lines, empty lines, question marks,
and by how few words two points have in common. It is conservative: several points about one thing stay one request.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

MOST = 8
"""More points than this are a list, hardly as many requests."""
LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 100
FEWEST_LETTERS = 12
"""A point with fewer letters is a word of a list."""
IN_COMMON = 0.25
"""The share of the shorter point's words that two points may share and still be about different things."""
STEM = 5
"""Letters of a word that count: endings differ from case to case in Russian, Ukrainian and Polish."""

_POINT = re.compile(r"^[ \t]{0,8}\(?([1-9][0-9]?)[.)][ \t]+(?=\S)", re.MULTILINE)
_GAP = re.compile(r"\n[ \t]*\n")
_WORD = re.compile(r"[^\W\d_]{4,}")
_QUESTION = "?\uff1f\u061f"
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n")


@dataclass(frozen=True)
class Topic:
    """One thing that is asked for: what it may be called, and its words."""

    subject: str
    text: str


def topics_of(text: str) -> list[Topic]:
    """The different things that the text asks for, in its order; none where it is one, or that is not plain."""
    if len(text) > LONGEST_TEXT:
        return []
    clean = text.replace("\r\n", "\n").strip()
    parts = _numbered(clean) or _questions(clean)
    if not 2 <= len(parts) <= MOST or not _differ(parts):
        return []
    return [Topic(subject_of(part), part) for part in parts]


def subject_of(part: str) -> str:
    """The first sentence that asks, else the first, cut at a word."""
    sentences = [" ".join(each.split()) for each in _SENTENCE.split(part.strip()) if each.strip()] or [""]
    first = next((each for each in sentences if each[-1:] in _QUESTION and each), sentences[0])
    if len(first) <= LONGEST_SUBJECT:
        return first.rstrip(".,;: ")
    return first[:LONGEST_SUBJECT].rsplit(" ", 1)[0].rstrip(".,;: ") + "…"


def _numbered(text: str) -> list[str]:
    """Points numbered 1, 2, 3 and so on; what stands before the first introduces them and belongs to none."""
    marks = list(_POINT.finditer(text))
    if not marks or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]


def _questions(text: str) -> list[str]:
    """Paragraphs that ask; one that does not, belongs to the question before it, or to the first."""
    found: list[str] = []
    waiting: list[str] = []
    for paragraph in (part.strip() for part in _GAP.split(text)):
        if any(sign in paragraph for sign in _QUESTION):
            found.append("\n\n".join([*waiting, paragraph]))
            waiting = []
        elif found:
            found[-1] += f"\n\n{paragraph}"
        elif paragraph:
            waiting.append(paragraph)
    return found


def _differ(parts: Sequence[str]) -> bool:
    """Whether each says something and no two say it of the same."""
    words = [_stems(part) for part in parts]
    if any(sum(sign.isalpha() for sign in part) < FEWEST_LETTERS for part in parts) or not all(words):
        return False
    return all(len(one & other) <= IN_COMMON * min(len(one), len(other)) for one, other in combinations(words, 2))


def _stems(part: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in _WORD.findall(part.casefold()))

"""What a word is: runs of letters and digits, codes and addresses whole and in parts, CJK by pairs of signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from okno.core.search.rules.folding import bare, lowered

CJK = "\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{CJK}]+|(?:(?![{CJK}])[^\W_])+(?:[-._/@:+'](?:(?![{CJK}])[^\W_])+)*")
"""A word, or words with a single sign between them: no two parts of the pattern take the same sign, so it is
read in one pass."""

PART = re.compile(r"[^-._/@:+']+")
IS_CJK = re.compile(f"[{CJK}]")
ADDRESS_DOMAIN = re.compile(r"@(.+)$")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
LONGEST = 64
"""Characters of a word that count; PostgreSQL takes 2,046 bytes."""

MOST_PARTS = 16


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it stands in a text.

    ``parts`` are its lowered pieces, one for a plain word; ``whole`` is the folded code or address of
    several pieces, ``joined`` the same without the signs between them. ``pairs`` are of CJK text. ``alike`` are
    folded words that may have been meant.
    """

    parts: tuple[str, ...]
    whole: str = ""
    joined: str = ""
    domain: str = ""
    pairs: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()

    @property
    def is_address(self) -> bool:
        """Whether it looks like a mail address."""
        return "@" in self.whole


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in their order."""
    for found in RUN.finditer(lowered(text)):
        run = found.group()
        if IS_CJK.match(run):
            yield from _cjk(run)
        elif run.isalnum():
            yield Token((run[:LONGEST],))
        else:
            yield _compound(run)


def spellings(part: str) -> tuple[str, ...]:
    """A lowered word folded, and a German one also with ae, oe, ue for its umlauts."""
    folded = bare(part)[:LONGEST]
    if part.isascii():
        return (folded,)
    other = bare(part.translate(UMLAUTS))[:LONGEST]
    return (folded,) if other == folded else (folded, other)


def _compound(run: str) -> Token:
    parts = tuple(part[:LONGEST] for part in PART.findall(run))
    if len(run) > LONGEST or len(parts) > MOST_PARTS:
        return Token(parts)
    whole = bare(run)
    domain = ADDRESS_DOMAIN.search(whole)
    return Token(
        parts,
        whole,
        bare("".join(parts)),
        domain.group(1) if domain and "." in domain.group(1) else "",
    )


def _cjk(run: str) -> Iterator[Token]:
    """Languages without spaces: every two neighbouring signs are a word; a lone sign is one by itself."""
    folded = bare(run)
    for start in range(0, len(folded), LONGEST):
        piece = folded[start : start + LONGEST + 1]
        pairs = tuple(piece[place : place + 2] for place in range(len(piece) - 1)) or (piece,)
        yield Token((), pairs=pairs)

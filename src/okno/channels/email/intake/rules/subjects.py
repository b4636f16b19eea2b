"""What a ticket is called after a letter: without reply and forward marks, never empty, never endless."""

from __future__ import annotations

import re

from okno.core.text import one_line

LIMIT = 5000
WORDS_FROM_TEXT = 10
CHARACTERS_FROM_TEXT = 80

# Marks that mail programs put before the subject, in small letters, without their colon.
MARKS = (
    "re", "fw", "fwd", "aw", "antw", "antwort", "wg", "sv", "vs", "vb", "vl", "odp", "odpov", "odpověď", "pd",
    "nha", "ilt", "ynt", "res", "enc", "rif", "tr", "rv", "bls", "trs", "ref", "vá", "továbbítás", "doorst",
    "отв", "ответ", "пересл", "перенапр", "відп", "відповідь", "пересил", "fs", "rép", "réf",
    "σχετ", "απ", "πρθ", "回复", "回覆", "答复", "转发", "轉寄",
    "回信", "返信", "転送", "답장", "전달", "رد", "תשובה", "הועבר",
)  # fmt: skip
_ANY_MARK = "|".join(sorted(map(re.escape, MARKS), key=len, reverse=True))
_COUNT = r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?"
_MARK = re.compile(rf"\s*(?:{_ANY_MARK})\s?{_COUNT}\s?[:：]", re.IGNORECASE)
_MOST_MARKS = 30


def bare_subject(subject: str) -> str:
    """The subject without marks of answering and forwarding, however many stand there."""
    subject = one_line(subject)
    position = 0
    for _round in range(_MOST_MARKS):
        match = _MARK.match(subject, position)
        if match is None:
            break
        position = match.end()
    return " ".join(subject[position:].split())


def ticket_subject(subject: str, text: str, otherwise: str) -> tuple[str, bool]:
    """The name of a new ticket and whether the subject had to be cut; of a nameless letter its first words."""
    bare = bare_subject(subject) or first_words(text) or otherwise
    return bare[:LIMIT], len(bare) > LIMIT


def first_words(text: str) -> str:
    """The beginning of the text as a name: at most ten words or eighty characters, on one line."""
    line = next((seen for line in text[:20_000].split("\n") if (seen := one_line(line))), "")
    words = line.split()
    short = " ".join(words[:WORDS_FROM_TEXT])[:CHARACTERS_FROM_TEXT].strip()
    return f"{short}…" if short and len(short) < len(" ".join(words)) else short

"""Text in one line, as names and subjects are: without what is not seen and yet changes what is."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U000e0000-\U000e007f]+"
)
"""Control characters, marks of direction (UAX 9) that turn the text after them round, and other formats that show
nothing. Joiners stay: emoji, Persian and the scripts of India are written with them."""


def one_line(text: str) -> str:
    """The text without unseen characters, every line break and run of spaces become one space (T10)."""
    return " ".join(_UNSEEN.sub("", text).split())


def many_lines(text: str) -> str:
    """The text without unseen characters, its lines ended alike and without empty ones before and behind."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_UNSEEN.sub("", line).rstrip() for line in lines).strip("\n")

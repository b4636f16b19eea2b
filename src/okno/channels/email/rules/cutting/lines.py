"""The line: what both texts and HTML letters are read into before anything is decided."""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum

LONGEST_LOOKED_AT = 2000  # characters of a line; longer lines are never an attribution or a header
MOST_LINES = 10_000  # lines of a letter that are looked at; what is below goes with the last of them

_INVISIBLE = [
    0x00AD,  # soft hyphen
    0x034F,
    0x061C,
    0x180E,
    0xFEFF,
    *range(0x200B, 0x2010),  # zero-width characters and direction marks
    *range(0x202A, 0x202F),  # direction embeddings
    *range(0x2060, 0x2070),
]
_SPACES = [0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x09]
_DIGIT_ZEROES = [0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10]
_FOLDED: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(_SPACES, " "),
    **{zero + digit: str(digit) for zero in _DIGIT_ZEROES for digit in range(10)},
    0xFF1E: ">",
    0xFF1C: "<",
    0xFF1A: ":",
    0xFE55: ":",
    0x0589: ":",  # the Armenian full stop ends an attribution like a colon
    0x2236: ":",
    0xFF20: "@",
    0x060C: ",",
    0x2018: "'",
    0x2019: "'",
    0x02BC: "'",
    0x0131: "i",
    0x0130: "I",
}


class Role(IntEnum):
    """What the markup says of a line before its words are read."""

    PLAIN = 0
    INTRO = 1  # stands in an element that holds an attribution
    TAIL = 2  # the quotation begins here and lasts to the end of the letter
    RULE = 3  # a horizontal rule
    SIGNATURE = 4  # stands in an element that holds a signature


@dataclass(slots=True)
class Line:
    """One line of a letter with its quotation depth; `strong` when markup proves the quotation."""

    text: str
    depth: int = 0
    gap: bool = False  # begins a paragraph
    role: Role = Role.PLAIN
    strong: bool = False
    picture: bool = False
    mark: str = ""  # the quotation mark that was cut off

    @property
    def blank(self) -> bool:
        """Whether nothing can be seen in the line."""
        return not self.text and not self.picture and not self.depth and self.role not in (Role.RULE, Role.TAIL)

    @property
    def rule(self) -> bool:
        """Whether the line is a rule, drawn or of the markup."""
        return self.role is Role.RULE or is_rule(self.text)


def fold(raw: str) -> str:
    """The text of a line without invisible characters, with plain spaces, digits and colons."""
    text = raw[:LONGEST_LOOKED_AT]
    if text.isascii():
        return text.replace("\t", " ").strip() if "\t" in text else text.strip()
    text = text.translate(_FOLDED).strip()
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def is_rule(text: str) -> bool:
    """Whether the text is a drawn rule: three or more dashes, underscores or equals signs."""
    return len(text) > 2 and not text.strip("-_=—–*~⸻ ") and len(text.replace(" ", "")) > 2


def next_content(lines: list[Line], start: int) -> int:
    """The index of the first line at or after `start` that is not blank, or the number of lines."""
    index = start
    while index < len(lines) and lines[index].blank:
        index += 1
    return index


def previous_content(lines: list[Line], start: int) -> int:
    """The index of the last line at or before `start` that is not blank, or -1."""
    index = start
    while index >= 0 and lines[index].blank:
        index -= 1
    return index

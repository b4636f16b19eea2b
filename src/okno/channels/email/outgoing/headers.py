"""Header fields of our letters, written as ASCII by ourselves: nothing in a value can become another field (T10).

Names, subjects and ids may come from strangers. The standard library refolds structured headers and has
lost quotation marks on the way, so display names and subjects are put into encoded words (RFC 2047) here,
which hold no character that means anything to a parser.
"""

from __future__ import annotations

import re
import unicodedata
from email.header import Header

from okno.channels.email.rules.addresses import normalise_address

NAME_LIMIT = 100
SUBJECT_LIMIT = 200
LINE = 76

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)
_MEANINGFUL = re.compile(r"""[,;:<>"@()\[\]\\]+""")
_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~ -]*")
_ASCII = re.compile(r"[ -~]*")
_ID = re.compile(r"<[!-;=?-~]{3,250}>")


def one_line(text: str, limit: int) -> str:
    """The text without line breaks, control and direction marks, cut to ``limit`` characters."""
    clean = " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text[: limit * 4])).split())
    return clean if len(clean) <= limit else f"{clean[: limit - 1].rstrip()}…"


def display_name(name: str) -> str:
    """A name without the characters that part addresses; nothing of a name that looks like an address."""
    line = one_line(name, NAME_LIMIT)
    if "@" in line:
        return ""
    return " ".join(_MEANINGFUL.sub(" ", line).split())


def address_field(name: str, address: str) -> str:
    """One mailbox of a From, To or Reply-To; raises ``ValueError`` for what is no single safe address."""
    safe = normalise_address(address)
    if safe is None:
        raise ValueError("not a mail address")
    shown = display_name(name)
    if not shown or shown.lower() == safe:
        return f"<{safe}>"
    return f"{_encoded(shown, _PHRASE)}\r\n <{safe}>"


def subject_field(text: str, token: str) -> str:
    """A subject with the token behind it, in plain letters, where every program and person can find it."""
    words = _encoded(one_line(text, SUBJECT_LIMIT), _ASCII)
    if not token:
        return words
    is_short = "\r\n" not in words and len(words) + len(token) < LINE - 12
    return f"{words} {token}" if is_short else f"{words}\r\n {token}"


def id_field(ids: list[str]) -> str:
    """Message ids on a line each; what is not a plain id is left out."""
    return "\r\n ".join(clean_ids(ids))


def clean_ids(ids: list[str]) -> list[str]:
    """The ids that may stand in a header, each once, in their order."""
    return list(dict.fromkeys(each for each in ids if _ID.fullmatch(each)))


def _encoded(text: str, plain: re.Pattern[str]) -> str:
    """The text as it is where all of it is plain and short, else as encoded words on as many lines as needed."""
    if plain.fullmatch(text) and "=?" not in text and len(text) < LINE - 12:
        return text
    return Header(text, "utf-8", maxlinelen=LINE - 12).encode(linesep="\r\n")


def header_block(fields: list[tuple[str, str]]) -> bytes:
    """The fields as bytes; a value with a line break that is not a fold of ours raises ``ValueError``."""
    lines = []
    for name, value in fields:
        bare = value.replace("\r\n ", "")
        if not value or re.search(r"[\r\n\x00]", bare):
            raise ValueError(f"the field {name} is empty or has a line break")
        lines.append(f"{name}: {value}\r\n")
    return "".join(lines).encode("utf-8")

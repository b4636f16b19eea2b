"""The fields of a header: unfolded, decoded, looked up by name without regard to case."""

from __future__ import annotations

import re

from okno.channels.email.rules.charsets import codec_of, decode_bytes
from okno.channels.email.rules.words import decode_words

_NAME = re.compile(rb"\A[!-9;-~]{1,200}+[ \t]*+:")
_USUAL_NAME = re.compile(rb"\A[A-Za-z][A-Za-z0-9-]{0,60}+:")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_CONTROL = re.compile("[\x01-\x08\x0b-\x1f\x7f]")
_LOOKAHEAD = 3


class Fields:
    """The fields of one header in their order; values are text, unfolded, still with their encoded words.

    `charset` is what unencoded 8-bit text is read in when it is no UTF-8.
    """

    def __init__(self, raw: list[tuple[str, bytes]], charset: str = "") -> None:
        self._raw = raw
        self.charset = charset
        self._by_name: dict[str, list[bytes]] = {}
        for name, value in raw:
            self._by_name.setdefault(name.lower(), []).append(value)

    def first(self, name: str) -> str:
        """The first field of that name as text, its encoded words untouched; empty when missing."""
        values = self._by_name.get(name.lower())
        return self._text(values[0]) if values else ""

    def all(self, name: str) -> list[str]:
        """All fields of that name as text, their encoded words untouched."""
        return [self._text(value) for value in self._by_name.get(name.lower(), [])]

    def has(self, name: str) -> bool:
        """Whether there is a field of that name."""
        return name.lower() in self._by_name

    def decoded(self, name: str) -> str:
        """The first field of that name as a person reads it."""
        return decode_field(self.first(name))

    def everything(self) -> list[tuple[str, str]]:
        """All fields as a person reads them, in the order of the letter."""
        return [(name, decode_field(self._text(value))) for name, value in self._raw]

    def __len__(self) -> int:
        return len(self._raw)

    def _text(self, value: bytes) -> str:
        # Unencoded 8-bit text is against the rules and common: UTF-8, or the charset of the letter's body.
        text = value.decode("ascii") if value.isascii() else self._eight_bit(value)
        return _FOLD.sub(" ", text).replace("\x00", "\ufffd").strip()

    def _eight_bit(self, value: bytes) -> str:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            declared = self.charset if codec_of(self.charset) not in (None, "utf-8", "cp1252") else ""
            return decode_bytes(value, declared)[0]


def decode_field(text: str) -> str:
    """A field as a person reads it: encoded words decoded, one line, no control characters."""
    return _CONTROL.sub(" ", decode_words(text).replace("\n", " ")).strip()


def read_fields(block: bytes, limit: int) -> tuple[list[tuple[str, bytes]], int, list[str]]:
    """Names and raw values of a header block, the offset where the block proves to be no header, and problems.

    The block has line feeds only. The offset is -1 when all of it is header.
    """
    fields: list[tuple[str, bytes]] = []
    problems: list[str] = []
    lines = block.split(b"\n")
    offset = 0
    parts: list[bytes] = []
    for index, line in enumerate(lines):
        if line[:1] in (b" ", b"\t") and parts:
            parts.append(line)
        elif _NAME.match(line):
            _finish(fields, parts)
            parts = [line]
            if len(fields) >= limit:
                problems.append("too many header fields; the rest was not read")
                return fields, -1, problems
        elif line and not _is_mbox_line(line, index):
            if not (parts and _goes_on(lines[index + 1 : index + 1 + _LOOKAHEAD])):
                _finish(fields, parts)
                problems.append("the header does not end with an empty line")
                return fields, offset, problems
            problems.append("a header line without a name")
            parts.append(line)
        offset += len(line) + 1
    _finish(fields, parts)
    return fields, -1, problems


def _finish(fields: list[tuple[str, bytes]], parts: list[bytes]) -> None:
    if parts:
        name, _, value = parts[0].partition(b":")
        whole = b"\n".join([value, *parts[1:]])
        fields.append((name.decode("ascii", "replace").strip(), whole))
        parts.clear()


def _is_mbox_line(line: bytes, index: int) -> bool:
    return index == 0 and line.startswith((b"From ", b">From "))


def _goes_on(following: list[bytes]) -> bool:
    """Whether a bad line stands amid header lines, so that it is a badly folded one and not the body."""
    return any(_USUAL_NAME.match(line) for line in following)

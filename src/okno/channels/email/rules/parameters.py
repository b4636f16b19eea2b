"""Values with parameters (Content-Type, Content-Disposition): RFC 2045, RFC 2231 and what is written instead."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from okno.channels.email.rules.charsets import clean_text, decode_bytes
from okno.channels.email.rules.words import decode_words

_EXTENDED = re.compile(r"([^*]{1,60})(?:\*(\d{1,3}))?(\*)?")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_MAX_PARAMETERS = 200
_COMMENT = re.compile(r"\([^()]{0,200}\)")


def read_value(text: str) -> tuple[str, dict[str, str]]:
    """The value in small letters and its parameters by name in small letters; parameter values are decoded."""
    pieces = _split(text)
    value = _COMMENT.sub("", pieces[0]).strip().strip('"').lower() if pieces else ""
    plain: dict[str, str] = {}
    extended: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[1:_MAX_PARAMETERS]:
        name, equals, content = piece.partition("=")
        name = name.strip().lower()
        if not equals or not name:
            continue
        match = _EXTENDED.fullmatch(name)
        if match is None or "*" not in name:
            plain.setdefault(name, _decode_plain(_unquote(content)))
            continue
        section = int(match.group(2) or 0)
        extended.setdefault(match.group(1), {}).setdefault(section, (_unquote(content), bool(match.group(3))))
    for name, sections in extended.items():
        plain[name] = _join_extended(sections)
    return value, plain


def _split(text: str) -> list[str]:
    """The text cut at semicolons outside quotes."""
    if '"' not in text:
        return text.split(";")
    pieces = []
    start = position = 0
    quoted = False
    while position < len(text):
        char = text[position]
        if char == "\\" and quoted:
            position += 1
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            pieces.append(text[start:position])
            start = position + 1
        position += 1
    pieces.append(text[start:])
    return pieces


def _unquote(text: str) -> str:
    text = text.strip()
    if not text.startswith('"'):
        return text
    inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    return re.sub(r'\\(["\\])', r"\1", inner)


def _decode_plain(text: str) -> str:
    """A parameter without an asterisk: encoded words (not allowed, usual) or percent signs (the same)."""
    if "=?" in text:
        return decode_words(text)
    if len(_PERCENT.findall(text[:2000])) > 1:
        raw = unquote_to_bytes(text)
        if not raw.isascii():
            try:
                return clean_text(raw.decode("utf-8"))
            except UnicodeDecodeError:
                pass
    return clean_text(text)


def _join_extended(sections: dict[int, tuple[str, bool]]) -> str:
    """Sections of RFC 2231 in the order of their numbers, up to the first gap."""
    charset = ""
    raw = bytearray()
    for expected, (number, (written, encoded)) in enumerate(sorted(sections.items())):
        content = written
        if number != expected and not (expected == 0 and number == 1):
            break
        if encoded and not raw and not charset and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        raw += unquote_to_bytes(content) if encoded else content.encode("utf-8", "replace")
    text, _ = decode_bytes(bytes(raw), charset)
    # Some programs put an encoded word into an RFC 2231 parameter.
    return decode_words(text) if "=?" in text else text

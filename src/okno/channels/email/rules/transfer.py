"""Content-Transfer-Encoding undone, damaged or not: base64, quoted-printable, uuencode (RFC 2045)."""

from __future__ import annotations

import binascii
import re

from okno.channels.email.rules.problems import Problems

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
_BLANK = b" \t\r\n"
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.MULTILINE)
_MAX_UU_LINES = 500_000
_MAX_BASE64_BLOCKS = 1000


def decode_transfer(data: bytes, encoding: str, problems: Problems) -> bytes:
    """The bytes behind a transfer encoding; an unknown encoding and plain ones give the data as it stands."""
    name = encoding.strip().strip("\"'").lower()
    if name in ("base64", "b"):
        return decode_base64(data, problems)
    if name in ("quoted-printable", "quopri", "q"):
        return decode_quoted_printable(data)
    if name in ("x-uuencode", "uuencode", "x-uue", "uue"):
        found = find_uuencoded(data)
        return found[0][1] if found else data
    if name not in ("", "7bit", "8bit", "binary", "7-bit", "8-bit"):
        problems.add(f'unknown transfer encoding "{name[:40]}"')
    return data


def decode_quoted_printable(data: bytes) -> bytes:
    """Quoted-printable undone; what is no valid escape stays as written."""
    return binascii.a2b_qp(data)


def decode_base64(data: bytes, problems: Problems) -> bytes:
    """Base64 undone: foreign characters skipped, padding supplied, text appended after the end dropped."""
    padding = data.find(b"=")
    if padding >= 0 and data[padding:].strip(b"=" + _BLANK):
        return _decode_blocks(data, problems)
    decoded = _decode_block(data)
    if decoded is None:
        problems.add("damaged base64")
        return b""
    return decoded


def _decode_block(data: bytes) -> bytes | None:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        pass
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    try:
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
    except binascii.Error:
        return None


def _decode_blocks(data: bytes, problems: Problems) -> bytes:
    """Several padded runs one after another, or a list server's plain footer after the padding."""
    decoded: list[bytes] = []
    for block in re.split(rb"=+", data, maxsplit=_MAX_BASE64_BLOCKS):
        if not block.strip(_BLANK):
            continue
        if decoded and _NOT_BASE64.search(block):
            problems.add("text after the end of base64 was left out")
            break
        decoded.append(_decode_block(block) or b"")
    problems.add("damaged base64")
    return b"".join(decoded)


def find_uuencoded(data: bytes) -> list[tuple[str, bytes, int, int]]:
    """Files written into a text by uuencode: name, content, and where they begin and end in the text."""
    found: list[tuple[str, bytes, int, int]] = []
    position = 0
    lines_left = _MAX_UU_LINES
    while (begin := _UU_BEGIN.search(data, position)) is not None:
        content, position, lines = _read_uu(data, begin.end(), lines_left)
        lines_left -= lines
        if content is None:
            position = begin.end()
        else:
            found.append((begin.group(1).decode("utf-8", "replace"), content, begin.start(), position))
        if lines_left <= 0:
            break
    return found


def _read_uu(data: bytes, position: int, lines_left: int) -> tuple[bytes | None, int, int]:
    chunks: list[bytes] = []
    for count in range(lines_left):
        stop = data.find(b"\n", position)
        stop = len(data) if stop < 0 else stop + 1
        line = data[position:stop].rstrip(b"\r\n")
        position = stop
        if line == b"end":
            return b"".join(chunks), position, count + 1
        if len(line) > 90 or (position >= len(data) and line != b"end"):
            return None, position, count + 1
        try:
            chunks.append(binascii.a2b_uu(line) if line else b"")
        except binascii.Error:
            return None, position, count + 1
    return None, position, lines_left

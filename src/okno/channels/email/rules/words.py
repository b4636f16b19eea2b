"""Encoded words of RFC 2047, as they ought to be and as programs really write them."""

from __future__ import annotations

import binascii
import re

from okno.channels.email.rules.charsets import clean_text, decode_bytes

_START = re.compile(r"=\?([A-Za-z0-9_.:+-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([bBqQ])\?")
_HEX_PAIR = re.compile(r"[0-9A-Fa-f]{2}")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_BROKEN_FOLD = re.compile(r"[\r\n]+[ \t]*")


class _Word:
    """One encoded word: charset, encoding (b or q), payload, and where it stands."""

    __slots__ = ("charset", "encoding", "end", "payload", "start")

    def __init__(self, charset: str, encoding: str, payload: str, start: int, end: int) -> None:
        self.charset = charset.lower()
        self.encoding = encoding.lower()
        self.payload = payload
        self.start = start
        self.end = end


def decode_words(text: str) -> str:
    """Header text with its encoded words decoded; characters split between two words are joined again.

    Takes words inside quotes, with spaces in them, without padding or without a gap between them.
    """
    if "=?" not in text:
        return clean_text(text)
    words = _find_words(text)
    pieces: list[str] = []
    position = 0
    for run in _runs(text, words):
        gap = text[position : run[0].start]
        # White space between two encoded words is not part of the text (RFC 2047, 6.2).
        if not (position and not gap.strip()):
            pieces.append(gap)
        pieces.append(_decode_run(run))
        position = run[-1].end
    pieces.append(text[position:])
    return clean_text("".join(pieces))


def _find_words(text: str) -> list[_Word]:
    words = []
    position = text.find("=?")
    while position >= 0:
        head = _START.match(text, position)
        if head is None:
            position = text.find("=?", position + 2)
            continue
        end = _payload_end(text, head.end(), head.group(2))
        if end < 0:
            break
        words.append(_Word(head.group(1), head.group(2), text[head.end() : end], position, end + 2))
        position = text.find("=?", end + 2)
    return words


def _payload_end(text: str, position: int, encoding: str) -> int:
    end = text.find("?=", position)
    if encoding in "bB":
        return end
    # A question mark left unencoded just before an escape ("what?=20now") does not end the word.
    while end >= 0 and _HEX_PAIR.match(text, end + 2):
        later = text.find("?=", end + 2)
        if later < 0 or any(char in text[end:later] for char in " \t"):
            return end
        end = later
    return end


def _runs(text: str, words: list[_Word]) -> list[list[_Word]]:
    """Words grouped by charset where nothing but white space is between them."""
    runs: list[list[_Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if last and last.charset == word.charset and not text[last.end : word.start].strip():
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _decode_run(run: list[_Word]) -> str:
    chunks: list[bytes] = []
    open_base64 = ""
    for word in run:
        if word.encoding == "b":
            letters = open_base64 + _NOT_BASE64.sub("", word.payload)
            padded = "=" in word.payload
            keep = 0 if padded else len(letters) % 4
            open_base64 = letters[len(letters) - keep :] if keep else ""
            chunks.append(_base64(letters[: len(letters) - keep] if keep else letters))
            continue
        if open_base64:
            chunks.append(_base64(open_base64))
            open_base64 = ""
        chunks.append(_quoted(word.payload))
    if open_base64:
        chunks.append(_base64(open_base64))
    text, _ = decode_bytes(b"".join(chunks), run[0].charset)
    return _BROKEN_FOLD.sub(" ", text)


def _base64(letters: str) -> bytes:
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    try:
        return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return b""


def _quoted(payload: str) -> bytes:
    raw = payload.replace("_", " ").encode("utf-8", "surrogateescape")
    return binascii.a2b_qp(raw)

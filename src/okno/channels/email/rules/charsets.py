"""Bytes of a letter to text: declared, mis-declared and undeclared charsets."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from okno.channels.email.rules.charset_guess import guess

REPLACEMENT = "\ufffd"

_ALIASES = {
    "ansi_x3.4-1968": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso_8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
    "koi8-ru": "koi8-u",
    "x-mac-cyrillic": "mac_cyrillic",
    "mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
}
_UNKNOWN = {"", "default", "unknown", "unknown-8bit", "x-unknown", "8bit", "binary", "_autodetect", "none"}
_FORBIDDEN = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
# Charsets in which nearly any bytes decode, so that decoding proves nothing.
_VAGUE = {"cp1252", "iso8859-2", "cp1250", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "iso8859-15"}
# Charsets that write other letters with ASCII bytes.
_SHIFTING = ("utf-7", "iso2022", "hz", "utf-16", "utf-32")
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_SURROGATES = re.compile("[\ud800-\udfff\x00]")
_SAMPLE = 65_536


@lru_cache(maxsize=256)
def codec_of(declared: str) -> str | None:
    """The codec for a charset as letters name it, or None for an unknown, senseless or unsafe one."""
    name = declared.strip().strip("\"'").lower().replace(" ", "")
    if name in _UNKNOWN or len(name) > 40:
        return None
    name = _ALIASES.get(name, name)
    for candidate in (
        name,
        name.replace("win-", "windows-"),
        name.removeprefix("x-"),
        name.replace("cp-", "cp"),
    ):
        try:
            found = codecs.lookup(candidate)
        except (LookupError, ValueError, UnicodeError):
            continue
        # bytes.decode refuses codecs that are no text encodings (zip, hex, ...): so do we, before it.
        if found.name.replace("-", "_") in _FORBIDDEN or not getattr(found, "_is_text_encoding", True):
            return None
        return found.name
    return None


def clean_text(text: str) -> str:
    """Text that any store takes: NUL and lone surrogates become U+FFFD; nothing else is changed."""
    return _SURROGATES.sub(REPLACEMENT, text)


def decode_bytes(data: bytes, declared: str = "") -> tuple[str, str | None]:
    """Text of the bytes, and what was wrong with their charset (None when all was well)."""
    codec = codec_of(declared)
    if data.isascii() and not (codec and codec.startswith(_SHIFTING)) and b"\x1b" not in data:
        return clean_text(data.decode("ascii")), None
    if data.startswith(codecs.BOM_UTF8):
        return clean_text(data[3:].decode("utf-8", "replace")), None
    if codec is None and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return clean_text(data.decode("utf-16", "replace")), None
    text, problem = _decode(data, declared, codec)
    return clean_text(text), problem


def _decode(data: bytes, declared: str, codec: str | None) -> tuple[str, str | None]:
    if codec == "utf-8":
        return _decode_utf8(data)
    if codec is None:
        return _undeclared(
            data, f'unknown charset "{declared[:40]}"' if declared.strip() else "no charset is named"
        )
    if codec in _VAGUE and (text := _hidden_utf8(data)) is not None:
        return text, f"declared as {codec}, is utf-8"
    try:
        text = data.decode(codec)
    except (UnicodeError, ValueError):
        return _broken(data, codec)
    if codec in _VAGUE:
        better = guess(data, codec)
        if better not in (None, codec):
            return data.decode(str(better), "replace"), f"declared as {codec}, reads as {better}"
    return text, None


def _decode_utf8(data: bytes) -> tuple[str, str | None]:
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    damaged = text.count(REPLACEMENT)
    if len(_MULTIBYTE.findall(data[:_SAMPLE])) > 2 * min(damaged, _SAMPLE):
        return text, "damaged utf-8"
    better = guess(data, None)
    if better:
        return data.decode(better, "replace"), f"declared as utf-8, reads as {better}"
    return text, "damaged utf-8"


def _hidden_utf8(data: bytes) -> str | None:
    if len(_MULTIBYTE.findall(data[:_SAMPLE])) < 2:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _undeclared(data: bytes, why: str) -> tuple[str, str | None]:
    try:
        return data.decode("utf-8"), None if data.isascii() else f"{why}; read as utf-8"
    except UnicodeDecodeError:
        pass
    found = guess(data, None) or "cp1252"
    return data.decode(found, "replace"), f"{why}; read as {found}"


def _broken(data: bytes, codec: str) -> tuple[str, str | None]:
    try:
        return data.decode("utf-8"), f"declared as {codec}, is utf-8"
    except UnicodeDecodeError:
        pass
    declared = data.decode(codec, "replace")
    if codec not in _VAGUE and declared.count(REPLACEMENT) * 20 < len(declared):
        return declared, f"damaged {codec}"
    better = guess(data, codec)
    if better and better != codec:
        return data.decode(better, "replace"), f"declared as {codec}, reads as {better}"
    return declared, f"damaged {codec}"

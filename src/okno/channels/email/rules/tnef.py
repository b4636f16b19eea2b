"""winmail.dat (application/ms-tnef, the open specification MS-OXTNEF): its files and its body.

Our own reader of the few attributes that matter: it goes over the data once, whatever counts and lengths the data
claims, and leaves binary content as it is.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import count

from okno.channels.email.rules.charsets import decode_bytes
from okno.channels.email.rules.limits import Limits

_SIGNATURE = 0x223E9F78
_ATTRIBUTE = struct.Struct("<BHHI")
_BODY, _MAPI, _CODEPAGE = 0x800C, 0x9003, 0x9007
_FILE_TITLE, _FILE_DATA, _FILE_BEGIN, _FILE_MAPI = 0x8010, 0x800F, 0x9002, 0x9005
_PR_BODY, _PR_HTML, _PR_CPID = 0x1000, 0x1013, 0x3FDE
_PR_LONG_NAME, _PR_SHORT_NAME, _PR_NAME, _PR_DATA = 0x3707, 0x3704, 0x3001, 0x3701
_PR_MIME, _PR_CONTENT_ID = 0x370E, 0x3712
_SIZES = {
    0x02: 4,
    0x0B: 4,
    0x03: 4,
    0x04: 4,
    0x0A: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x14: 8,
    0x40: 8,
    0x48: 16,
    0x00: 0,
    0x01: 0,
}
_STRING, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x0102
_MULTIPLE, _NAMED = 0x1000, 0x8000
_CODEPAGES = {
    65001: "utf-8",
    20866: "koi8-r",
    21866: "koi8-u",
    20127: "us-ascii",
    50220: "iso-2022-jp",
    936: "gb18030",
}


class TnefError(ValueError):
    """The data is no TNEF, or larger than is read."""


@dataclass(slots=True)
class TnefFile:
    """One file inside a winmail.dat."""

    name: str = ""
    type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Tnef:
    """What a winmail.dat holds; `complete` is False when it ends in the middle."""

    text: str = ""
    html: str = ""
    files: list[TnefFile] = field(default_factory=list)
    complete: bool = True


def read_tnef(data: bytes, limits: Limits) -> Tnef:
    """Files and body of a winmail.dat; damaged data gives what precedes the damage, foreign data a TnefError."""
    if len(data) > limits.tnef_bytes:
        raise TnefError("winmail.dat is too large")
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        raise TnefError("winmail.dat is not what it claims to be")
    reader = _Reader(limits.tnef_items)
    try:
        reader.read(memoryview(data))
    except (struct.error, _DamageError):
        reader.result.complete = False
    reader.result.files = [file for file in reader.result.files if file.content or file.name]
    return reader.result


class _DamageError(Exception):
    """A length that points outside the data, or too many items."""


def _charset(codepage: int) -> str:
    if codepage in _CODEPAGES:
        return _CODEPAGES[codepage]
    return (
        f"cp{codepage}"
        if 0 < codepage < 1300
        else f"iso-8859-{codepage - 28590}"
        if 28590 < codepage < 28606
        else ""
    )


class _Reader:
    def __init__(self, items: int) -> None:
        self.result = Tnef()
        self._charset = ""
        self._items_left = items

    def read(self, data: memoryview) -> None:
        position = 6
        while position + _ATTRIBUTE.size <= len(data):
            self._count()
            _, name, _, length = _ATTRIBUTE.unpack_from(data, position)
            position += _ATTRIBUTE.size
            if position + length > len(data):
                raise _DamageError
            self._attribute(name, data[position : position + length])
            position += length + 2
        if any(data[position:]):
            raise _DamageError

    def _count(self) -> None:
        self._items_left -= 1
        if self._items_left < 0:
            raise _DamageError

    def _attribute(self, name: int, value: memoryview) -> None:
        files = self.result.files
        if name == _CODEPAGE and len(value) >= 4:
            self._charset = _charset(struct.unpack_from("<I", value)[0])
        elif name == _BODY:
            self.result.text = self.result.text or self._string(bytes(value))
        elif name == _MAPI:
            self._message(value)
        elif name == _FILE_BEGIN:
            files.append(TnefFile())
        elif name == _FILE_TITLE and files:
            files[-1].name = files[-1].name or self._string(bytes(value))
        elif name == _FILE_DATA and files:
            files[-1].content = bytes(value)
        elif name == _FILE_MAPI and files:
            self._file(files[-1], value)

    def _string(self, raw: bytes) -> str:
        return decode_bytes(raw.split(b"\0", 1)[0], self._charset)[0]

    def _message(self, value: memoryview) -> None:
        found = self._properties(value)
        codepage = found.get(_PR_CPID, b"")
        charset = (
            _charset(struct.unpack_from("<I", codepage)[0])
            if isinstance(codepage, bytes) and len(codepage) >= 4
            else ""
        )
        text, html = found.get(_PR_BODY, ""), found.get(_PR_HTML, "")
        self.result.text = text if isinstance(text, str) and text else self.result.text
        if isinstance(html, bytes):
            html = decode_bytes(html.rstrip(b"\0"), charset or self._charset)[0]
        self.result.html = html or self.result.html

    def _file(self, file: TnefFile, value: memoryview) -> None:
        found = self._properties(value)
        for key in (_PR_LONG_NAME, _PR_SHORT_NAME, _PR_NAME):
            name = found.get(key)
            if isinstance(name, str) and name:
                file.name = name
                break
        mime, content_id, content = found.get(_PR_MIME), found.get(_PR_CONTENT_ID), found.get(_PR_DATA)
        file.type = mime if isinstance(mime, str) else file.type
        file.content_id = content_id if isinstance(content_id, str) else file.content_id
        if isinstance(content, bytes) and not file.content:
            file.content = content

    def _properties(self, value: memoryview) -> dict[int, str | bytes]:
        """The first value of every property by its id."""
        found: dict[int, str | bytes] = {}
        position = 4
        for number in count():
            if number >= struct.unpack_from("<I", value)[0] or position >= len(value):
                return found
            self._count()
            kind, name = struct.unpack_from("<HH", value, position)
            position = self._named(value, position + 4, name)
            first, position = self._value(value, position, kind)
            found.setdefault(name, first)
        return found

    @staticmethod
    def _named(value: memoryview, position: int, name: int) -> int:
        """Where the value begins: a named property has its name before it."""
        if name < _NAMED:
            return position
        kind, number = struct.unpack_from("<II", value, position + 16)
        return position + 24 + ((number + 3) // 4 * 4 if kind else 0)

    def _value(self, value: memoryview, position: int, kind: int) -> tuple[str | bytes, int]:
        several, kind = bool(kind & _MULTIPLE), kind & ~_MULTIPLE
        size = _SIZES.get(kind)
        values = 1
        if several or size is None:
            values = struct.unpack_from("<I", value, position)[0]
            position += 4
        if size is not None:
            if several and kind in (0x02, 0x0B):
                return b"", position + (values * 2 + 3) // 4 * 4
            return bytes(value[position : position + size]), position + size * values
        if kind not in (_STRING, _UNICODE, _OBJECT, _BINARY):
            raise _DamageError
        first: str | bytes = b""
        for index in range(values):
            self._count()
            length = struct.unpack_from("<I", value, position)[0]
            position += 4
            if position + length > len(value):
                raise _DamageError
            if index == 0:
                first = self._decode(bytes(value[position : position + length]), kind)
            position += (length + 3) // 4 * 4
        return first, position

    def _decode(self, raw: bytes, kind: int) -> str | bytes:
        if kind == _STRING:
            return self._string(raw)
        if kind == _UNICODE:
            return raw.decode("utf-16-le", "replace").split("\0", 1)[0]
        # An object begins with the id of its interface, which is no content.
        return raw[16:] if kind == _OBJECT else raw

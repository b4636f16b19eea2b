"""A tiny writer of winmail.dat, enough for letters to be read back."""

from __future__ import annotations

import struct

_SIGNATURE = struct.pack("<IH", 0x223E9F78, 1)
_ATTRIBUTE_TYPES = {0x9006: 8, 0x9007: 6, 0x9003: 6, 0x9002: 6, 0x8010: 1, 0x800F: 6, 0x9005: 6}


def attribute(level: int, name: int, content: bytes) -> bytes:
    """One attribute of the stream with its checksum."""
    head = struct.pack("<BHHI", level, name, _ATTRIBUTE_TYPES[name], len(content))
    return head + content + struct.pack("<H", sum(content) & 0xFFFF)


def unicode_property(name: int, text: str) -> bytes:
    """A MAPI property of type PT_UNICODE."""
    raw = (text + "\0").encode("utf-16-le")
    return struct.pack("<HHII", 0x1F, name, 1, len(raw)) + raw + b"\0" * (-len(raw) % 4)


def binary_property(name: int, raw: bytes) -> bytes:
    """A MAPI property of type PT_BINARY."""
    return struct.pack("<HHII", 0x0102, name, 1, len(raw)) + raw + b"\0" * (-len(raw) % 4)


def number_property(name: int, number: int) -> bytes:
    """A MAPI property of type PT_LONG."""
    return struct.pack("<HHI", 0x03, name, number)


def properties(*items: bytes) -> bytes:
    """A list of MAPI properties."""
    return struct.pack("<I", len(items)) + b"".join(items)


def winmail(files: dict[str, bytes], text: str = "", html: bytes = b"", codepage: int = 1251) -> bytes:
    """A winmail.dat with files (long names in Unicode, short ones in the codepage) and perhaps a body."""
    stream = [
        _SIGNATURE,
        attribute(1, 0x9006, struct.pack("<I", 0x10000)),
        attribute(1, 0x9007, struct.pack("<II", codepage, 0)),
    ]
    body = []
    if text:
        body.append(unicode_property(0x1000, text))
    if html:
        body += [number_property(0x3FDE, 65001), binary_property(0x1013, html)]
    if body:
        stream.append(attribute(1, 0x9003, properties(*body)))
    for name, content in files.items():
        short = name.encode(f"cp{codepage}", "replace")[:12] + b"\0"
        stream += [
            attribute(2, 0x9002, struct.pack("<HIHHII", 1, 0xFFFFFFFF, 0, 0, 0, 0)[:14]),
            attribute(2, 0x8010, short),
            attribute(2, 0x800F, content),
            attribute(2, 0x9005, properties(unicode_property(0x3707, name))),
        ]
    return b"".join(stream)

"""winmail.dat: files and bodies, agreement with an independent reader, and damage."""

import random
import struct

import pytest
from tnefparse import TNEF

from okno.channels.email.rules.limits import DEFAULT_LIMITS
from okno.channels.email.rules.tnef import TnefError, read_tnef
from okno.testing.letters.tnef import (
    attribute,
    binary_property,
    number_property,
    properties,
    unicode_property,
    winmail,
)

FILES = {"Прайс-лист.xlsx": b"one\0two\0\0", "photo.png": bytes(range(256)), "a.txt": b""}


def test_files_and_bodies() -> None:
    found = read_tnef(winmail(FILES, text="Привет", html="<p>Żółć</p>".encode()), DEFAULT_LIMITS)
    assert {file.name: file.content for file in found.files} == FILES
    assert (found.text, found.html, found.complete) == ("Привет", "<p>Żółć</p>", True)


def test_agrees_with_an_independent_reader() -> None:
    data = winmail(FILES, text="Hello")
    theirs = TNEF(data)
    assert [(one.long_filename(), one.data) for one in theirs.attachments] == list(FILES.items())
    assert theirs.body == "Hello"


def test_names_in_the_codepage_and_named_properties() -> None:
    named = struct.pack("<HH", 0x03, 0x8001) + bytes(16) + struct.pack("<II", 0, 7) + struct.pack("<I", 1)
    by_name = (
        struct.pack("<HH", 0x03, 0x8002)
        + bytes(16)
        + struct.pack("<II", 1, 6)
        + "abc".encode("utf-16-le")
        + b"\0\0"
        + struct.pack("<I", 1)
    )
    several = struct.pack("<HHI", 0x1003, 0x1234, 2) + struct.pack("<II", 1, 2)
    data = (
        winmail({}, codepage=1250)
        + attribute(2, 0x9002, b"")
        + attribute(2, 0x8010, "źródło.txt\0".encode("cp1250"))
        + attribute(
            2,
            0x9005,
            properties(
                named,
                by_name,
                several,
                unicode_property(0x3712, "cid@x"),
                binary_property(0x3701, b"data"),
                number_property(0x3705, 1),
            ),
        )
    )
    (file,) = read_tnef(data, DEFAULT_LIMITS).files
    assert (file.name, file.content_id, file.content) == ("źródło.txt", "cid@x", b"data")


def test_what_is_no_tnef() -> None:
    with pytest.raises(TnefError):
        read_tnef(b"not a winmail", DEFAULT_LIMITS)
    with pytest.raises(TnefError):
        read_tnef(bytes(DEFAULT_LIMITS.tnef_bytes + 1), DEFAULT_LIMITS)


def test_damage_costs_only_what_follows_it() -> None:
    data = winmail(FILES)
    found = read_tnef(data[:-20], DEFAULT_LIMITS)
    assert not found.complete
    assert found.files[0].content == FILES["Прайс-лист.xlsx"]


def test_no_damage_raises_anything_else() -> None:
    source = random.Random(7)
    data = winmail(FILES, text="text", html=b"<p>html")
    for _ in range(2000):
        damaged = bytearray(data)
        for _ in range(source.randint(1, 6)):
            damaged[source.randrange(6, len(damaged))] = source.choice((0, 1, 127, 255, source.randrange(256)))
        read_tnef(bytes(damaged), DEFAULT_LIMITS)
        read_tnef(bytes(damaged[: source.randrange(6, len(data))]), DEFAULT_LIMITS)

"""T15: floods, depths and giants are read within 5 seconds and 256 MB, and the letter says what was left out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from okno.channels.email.rules import parse_letter
from okno.channels.email.rules.limits import DEFAULT_LIMITS, Limits
from okno.testing.letters.hostile import HOSTILE

MAX_SECONDS = 5.0
MAX_MEGABYTES = 256

# Each letter is read in a child of a small process, so that its own peak of memory is measured.
_MEASURE = """
import json, os, sys, time
from okno.channels.email.rules import parse_letter
from okno.testing.letters.hostile import HOSTILE
import okno.channels.email.rules.cutting, selectolax.lexbor

def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))

for name in sys.argv[1:]:
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        continue
    raw = HOSTILE[name]()
    with open("/proc/self/clear_refs", "w") as clear:
        clear.write("5")
    start = time.process_time()
    letter = parse_letter(raw)
    took = time.process_time() - start
    print(json.dumps([name, took, peak(), letter.problems]), flush=True)
    os._exit(0)
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is measured through /proc")
@pytest.mark.parametrize("part", range(4))
def test_hostile_letters_stay_within_time_and_memory_t15(part: int) -> None:
    names = sorted(HOSTILE)[part::4]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *names],
        capture_output=True,
        timeout=MAX_SECONDS * len(names),
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    found = {row[0]: row[1:] for row in map(json.loads, done.stdout.splitlines())}
    assert sorted(found) == names
    slow = {name: row for name, row in found.items() if row[0] > MAX_SECONDS or row[1] > MAX_MEGABYTES}
    assert slow == {}
    assert not [row for row in found.values() if any("could not be read:" in problem for problem in row[2])]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("parts-10k", "more than 1000 parts"),
        ("files-10k", "more than 500 files"),
        ("depth-1k", "containers nested deeper than 50"),
        ("delimiters-false", "too many lines that look like a boundary"),
        ("words-many", ""),
        ("addresses-many", "too many addresses"),
        ("tnef-attributes", "winmail.dat is damaged"),
        ("html-10mb-tags", "the HTML is too large to look for quoted text"),
    ],
)
def test_what_was_left_out_is_told_t15(name: str, problem: str) -> None:
    letter = parse_letter(HOSTILE[name]())
    assert letter.sender is not None or "addresses" in name
    assert letter.subject
    assert any(problem in one for one in letter.problems) or not problem


def test_parts_before_the_limit_are_read_t15() -> None:
    letter = parse_letter(HOSTILE["files-10k"]())
    assert len(letter.attachments) == DEFAULT_LIMITS.attachments
    assert parse_letter(HOSTILE["divs-300"]()).text == "x"


def test_limits_can_be_set() -> None:
    raw = b"From: a@b.example\r\nSubject: " + b"x" * 500 + b"\r\n\r\n" + b"text " * 100
    small = Limits(letter_bytes=560, header_bytes=200, text_bytes=10)
    letter = parse_letter(raw, limits=small)
    assert len(letter.subject) < 200
    assert len(letter.text) <= 10
    assert "the letter is too large; its end was not read" in letter.problems
    assert "a header is too long; its end was not read" in letter.problems


@pytest.mark.parametrize("size", [DEFAULT_LIMITS.part_bytes - 1000, DEFAULT_LIMITS.part_bytes + 1000])
def test_a_part_too_large_is_told_t15(size: int) -> None:
    letter = parse_letter(b"From: a@b.example\r\nContent-Type: application/zip; name=42.zip\r\n\r\n" + bytes(size))
    assert letter.attachments[0].name == "42.zip"
    assert ("a part is too large and was not decoded" in letter.problems) == (size > DEFAULT_LIMITS.part_bytes)
    assert letter.attachments[0].size == (0 if size > DEFAULT_LIMITS.part_bytes else size)

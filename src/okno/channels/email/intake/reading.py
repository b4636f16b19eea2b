"""From stored bytes to a case: parsed here, or in a process of its own when the letter is large or suspect."""

from __future__ import annotations

from dataclasses import replace

from okno.channels.email.intake.case import Case
from okno.channels.email.intake.isolation import Unreadable, parse_apart
from okno.channels.email.intake.rules.digests import content_hash
from okno.channels.email.models import Letter
from okno.channels.email.receiving.storing import storable
from okno.channels.email.rules import parse_letter
from okno.channels.email.rules.letter import ParsedLetter
from okno.channels.email.rules.limits import MEGABYTE
from okno.core import files

LARGE = 12 * MEGABYTE
SUSPECT_AFTER = 3
"""Attempts that ended without a word, as when the process died of the letter. From then on every second one is made
with the letter read apart: on a busy machine that takes long, and the process may have died of something else."""


def read(letter: Letter) -> Case:
    """The letter read; whatever its bytes, something is made of them."""
    raw = files.read(letter.raw)
    is_suspect = letter.attempts > SUSPECT_AFTER and letter.attempts % 2 == 0
    parsed = _apart(raw) if is_suspect or letter.size > LARGE else parse_letter(raw)
    header_id = storable(parsed.message_id, 998) or ""
    return Case(letter, raw, parsed, parsed.kind, header_id, content_hash(raw))


def _apart(raw: bytes) -> ParsedLetter:
    """The letter read in a process of its own; when that dies of it, its header alone."""
    try:
        return parse_apart(raw)
    except Unreadable as error:
        problem = f"the letter could not be read: {error}"
    head = raw[: 64 * 1024].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
    try:
        parsed = parse_apart(head)
    except Unreadable:
        parsed = parse_letter(b"")
    return replace(parsed, problems=[problem, *parsed.problems])

"""What can be said of a letter at a glance, whether or not it was processed."""

from __future__ import annotations

import email
import email.header
from dataclasses import dataclass
from email.message import Message

from okno.channels.email.models import Letter

MOST_HEADERS = 100
HEAD = 256 * 1024


@dataclass(frozen=True)
class Glance:
    """Sender and subject as processing found them, else as the headers say."""

    sender: str
    subject: str


def headers(raw: bytes) -> list[tuple[str, str]]:
    """Names and readable values of the headers, in their order."""
    head = raw[:HEAD].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    parsed: Message = email.message_from_bytes(head)
    return [(name, _decoded(str(value))) for name, value in parsed.items()[:MOST_HEADERS]]


def glanced(letter: Letter, raw: bytes) -> Glance:
    """For the head of the page."""
    found = {name.lower(): value for name, value in reversed(headers(raw))}
    sender = letter.sender or found.get("from", "") or letter.envelope_from or ""
    return Glance(sender, letter.subject or found.get("subject", ""))


def _decoded(value: str) -> str:
    try:
        text = str(email.header.make_header(email.header.decode_header(value)))
    except (ValueError, LookupError):
        text = value
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())

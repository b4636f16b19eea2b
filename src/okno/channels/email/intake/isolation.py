"""Reading a letter in a process of its own, with limits that the system enforces (T15)."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from datetime import datetime
from typing import Any

from okno.channels.email.rules.letter import Address, Attachment, Bounce, ParsedLetter

WALL_SECONDS = 20.0


class Unreadable(Exception):
    """The process that read the letter died of it or took too long."""


def parse_apart(raw: bytes) -> ParsedLetter:
    """What the parser makes of the letter, asked in another process; raises ``Unreadable`` when that one falls."""
    command = [sys.executable, "-I", "-m", "okno.channels.email.intake.isolated"]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("reading took too long") from error
    if done.returncode != 0:
        raise Unreadable(f"the process that read it ended with {done.returncode}")
    return from_json(done.stdout)


def from_json(written: bytes) -> ParsedLetter:
    """The letter that ``isolated`` wrote."""
    facts: dict[str, Any] = json.loads(written)
    for name in ("from_", "to", "cc", "reply_to"):
        facts[name] = [Address(**one) for one in facts[name]]
    facts["attachments"] = [
        Attachment(**{**one, "content": base64.b64decode(one["content"])}) for one in facts["attachments"]
    ]
    facts["headers"] = [(name, value) for name, value in facts["headers"]]
    facts["date"] = datetime.fromisoformat(facts["date"]) if facts["date"] else None
    facts["bounce"] = Bounce(**facts["bounce"]) if facts["bounce"] else None
    return ParsedLetter(**facts)

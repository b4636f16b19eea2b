"""The process in which a suspect letter is read: bytes in, JSON out, memory and time limited by the system."""

from __future__ import annotations

import base64
import json
import resource
import sys
from dataclasses import asdict, replace
from datetime import datetime

from okno.channels.email.rules import parse_letter
from okno.channels.email.rules.letter import ParsedLetter

MEMORY = 768 * 1024 * 1024
"""Bytes of address space, libraries included; what is really used stays far below."""

SECONDS = 10


def main() -> int:
    """Reads standard input and writes the letter."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parsed = parse_letter(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(_facts(_tried(parsed)), default=_plain))
    return 0


def _tried(parsed: ParsedLetter) -> ParsedLetter:
    """The letter with its HTML sanitised here, where falling over it harms nobody."""
    from okno.core.html import sanitise

    return replace(parsed, html=sanitise(parsed.html), html_quoted=sanitise(parsed.html_quoted))


def _facts(parsed: ParsedLetter) -> dict[str, object]:
    bare = replace(parsed, attachments=[], html_full="")
    files = [
        {name: getattr(one, name) for name in one.__slots__} | {"content": base64.b64encode(one.content).decode()}
        for one in parsed.attachments
    ]
    return asdict(bare) | {"attachments": files}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    raise SystemExit(main())

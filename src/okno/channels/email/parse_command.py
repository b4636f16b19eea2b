"""`okno mail parse`: shows how letters are read, without a database; one line of JSON a file, or a summary."""

from __future__ import annotations

import json
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from okno.channels.email.rules.letter import Address, ParsedLetter
from okno.channels.email.rules.parsing import parse_letter

_SHOWN_PROBLEMS = 20


def run(files: list[str], as_json: bool, out: TextIO) -> int:
    """Read each file (`-` is standard input) and write what is in it; 1 when a file could not be read, else 0."""
    status = 0
    for name in files:
        try:
            raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except (OSError, ValueError) as error:
            status = 1
            facts = _facts(name, parse_letter(b""))
            facts["problems"] = [f"the file could not be read: {error}"]
        else:
            facts = _facts(name, parse_letter(raw))
        out.write(_as_line(facts) if as_json else _as_summary(facts))
        out.flush()
    return status


def _facts(name: str, letter: ParsedLetter) -> dict[str, object]:
    bounce = letter.bounce
    return {
        "file": name,
        "from": _people(letter.from_),
        "to": _people(letter.to),
        "cc": _people(letter.cc),
        "subject": letter.subject,
        "date": letter.date.isoformat() if letter.date else None,
        "message_id": letter.message_id,
        "in_reply_to": letter.in_reply_to,
        "references": letter.references,
        "text": letter.text,
        "quoted": letter.quoted,
        "html": letter.html,
        "attachments": [
            {"name": one.name, "type": one.type, "size": one.size, "inline": one.inline, "sha256": one.sha256}
            for one in letter.attachments
        ],
        "kind": letter.kind,
        "bounce": bounce
        and {"recipients": bounce.recipients, "status": bounce.status, "permanent": bounce.permanent},
        "problems": letter.problems,
    }


def _people(addresses: list[Address]) -> list[dict[str, str]]:
    return [{"name": one.name, "address": one.address} for one in addresses]


def _as_line(facts: dict[str, object]) -> str:
    line = json.dumps(facts, ensure_ascii=False)
    # A file name given in bytes that are no UTF-8 arrives with lone surrogates.
    return line.encode("utf-8", "replace").decode("utf-8") + "\n"


def _as_summary(facts: dict[str, object]) -> str:
    people = facts["from"] if isinstance(facts["from"], list) else []
    files = facts["attachments"] if isinstance(facts["attachments"], list) else []
    problems = facts["problems"] if isinstance(facts["problems"], list) else []
    lines = [
        f"{facts['file']}: {facts['kind']}",
        f"  From:    {', '.join(f'{one["name"]} <{one["address"]}>'.strip() for one in people)}",
        f"  Subject: {facts['subject']}",
        f"  Date:    {facts['date']}",
        *(f"  File:    {one['name']} ({one['type']}, {one['size']} bytes)" for one in files),
        *(f"  Problem: {one}" for one in problems[:_SHOWN_PROBLEMS]),
        "",
        *(f"  {line}" for line in str(facts["text"]).split("\n")),
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace").decode("utf-8") + "\n"


def main(arguments: list[str]) -> int:
    """The command by itself: `python -m okno.channels.email.parse_command [--json] FILE...`."""
    as_json = "--json" in arguments
    files = [one for one in arguments if one != "--json"]
    if not files:
        sys.stderr.write("Usage: okno mail parse [--json] FILE...\n")
        return 2
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return run(files, as_json, sys.stdout)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

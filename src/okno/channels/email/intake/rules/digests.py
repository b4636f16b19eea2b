"""What makes two letters the same letter: identifiers may be reused, content may not (W2)."""

from __future__ import annotations

import hashlib
import re

_HEADER = re.compile(rb"(?ims)^(date|from|subject)[ \t]*:(.*?)(?=^[^ \t]|\Z)")
_END = re.compile(rb"\r?\n\r?\n")
_SPACE = re.compile(rb"\s+")
_HEAD = 256 * 1024


def content_hash(raw: bytes) -> str:
    """A digest of date, sender, subject and body; what servers on the way add or wrap does not change it."""
    end = _END.search(raw, 0, _HEAD)
    head = raw[: end.start()] if end else raw[:_HEAD]
    body = raw[end.end() :] if end else b""
    digest = hashlib.sha256()
    for name, value in sorted(_HEADER.findall(head)):
        digest.update(name.lower() + b"\x1f" + _SPACE.sub(b" ", value).strip() + b"\x1e")
    digest.update(body.replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()

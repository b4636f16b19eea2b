"""Message ids (RFC 5322, 3.6.4). One form everywhere: with angle brackets, as in the header, `<id@host>`."""

from __future__ import annotations

import re

_ID = re.compile(r"<([^<>]*+)>")
_SPACE = re.compile(r"[\s\x00-\x20\x7f\ufffd]+")
MAX_ID = 998


def message_ids(text: str, limit: int = 500) -> list[str]:
    """All message ids of a header value, in order, each once; broken folds inside an id are mended.

    Where there is not one angle bracket, words with an at sign are taken for ids. Of too many, the first and the
    latest are kept.
    """
    raw = [f"<{_SPACE.sub('', inner)}>" for inner in _ID.findall(text)]
    if not raw and "<" not in text:
        raw = [f"<{word.strip(',;')}>" for word in text.split() if "@" in word]
    ids = list(dict.fromkeys(one for one in raw if 2 < len(one) <= MAX_ID))
    return ids if len(ids) <= limit else [ids[0], *ids[len(ids) - limit + 1 :]]


def first_message_id(text: str) -> str | None:
    """The first message id of a header value, or None; a lone word without brackets is taken for one."""
    ids = message_ids(text)
    if ids:
        return ids[0]
    word = _SPACE.sub("", text.strip("<> \t"))
    return f"<{word}>" if word and " " not in text.strip() and len(word) < MAX_ID else None

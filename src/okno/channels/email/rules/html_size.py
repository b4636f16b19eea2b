"""HTML too large or too deep for a tree: known before it is parsed, and read without one."""

from __future__ import annotations

import html as entities
import re

from okno.channels.email.rules.charsets import clean_text
from okno.channels.email.rules.limits import Limits
from okno.core.html_bounds import is_abyss

_TAG = re.compile(r"<[^<>]*+>?")
_BREAKING_TAG = re.compile(r"(?i)<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?blockquote)\b[^<>]*+>?")
_DROPPED = re.compile(r"(?i)<(script|style|head)\b")
_SPACE = re.compile(r"[ \t\n\r\f]++")
_OPENED_AGAIN = re.compile(r"<{2,}")
_BLANK_LINES = re.compile(r"\n{3,}")
_MAX_DROPPED = 20
_ATTRIBUTES_COUNTED_FROM = 1024 * 1024


def is_too_complex(html: str, limits: Limits) -> bool:
    """Whether a tree of this HTML would take too much time or memory: by length, tags, depth and attributes."""
    tags = html.count("<")
    if len(html) > limits.html_chars or tags > limits.html_tags:
        return True
    if is_abyss(html):
        return True
    return len(html) > _ATTRIBUTES_COUNTED_FROM and _spaces_in_tags(html) > limits.html_tags


def _spaces_in_tags(html: str) -> int:
    return sum(len(tag.split()) for tag in _TAG.findall(html) if len(tag) > 1000)


def text_without_tree(html: str) -> str:
    """The text of HTML with its tags dropped, line breaks kept, scripts and styles left out."""
    # Of several "<" in a row only the last can begin a tag: millions of them are dropped in one pass.
    text = _SPACE.sub(" ", _OPENED_AGAIN.sub("<", "".join(_without_scripts(html))))
    text = _TAG.sub("", _BREAKING_TAG.sub("\n", text))
    lines = (line.strip() for line in entities.unescape(text).split("\n"))
    return clean_text(_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip())


def _without_scripts(html: str) -> list[str]:
    pieces = []
    position = 0
    for _ in range(_MAX_DROPPED):
        found = _DROPPED.search(html, position)
        if found is None:
            break
        pieces.append(html[position : found.start()])
        end = re.compile(f"</{found[1]}", re.IGNORECASE).search(html, found.end())
        position = end.start() if end else found.end()
    return [*pieces, html[position:]]

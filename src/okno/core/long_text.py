"""Very long plain text is read page by page, so that neither the page of a ticket nor a browser waits for it."""

from __future__ import annotations

PAGE = 20_000
"""Characters of a page of text: some ten printed pages, which a browser lays out at once."""

NEAR = 2_000
"""How far before the end of a page a line or a word may end, so that none is torn apart."""


def pages_of(text: str) -> list[str]:
    """The text in pages; together they are the text."""
    pages, start = [], 0
    while len(text) - start > PAGE:
        end = _end(text, start + PAGE)
        pages.append(text[start:end])
        start = end
    return [*pages, text[start:]]


def first_page(text: str) -> str:
    """What is shown at first."""
    return text if len(text) <= PAGE else text[: _end(text, PAGE)]


def _end(text: str, end: int) -> int:
    for sign in ("\n", " "):
        found = text.rfind(sign, end - NEAR, end)
        if found >= 0:
            return found + 1
    return end

"""Very long plain text is read page by page, so that neither the page of a ticket nor a browser waits for it."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Page:
    """A page of a long text: its words, its number from 1, and how many there are."""

    words: str
    number: int
    count: int


def page_of(text: str, asked: str) -> Page:
    """The page of this number; of a number that there is not the nearest, and of no number the first."""
    pages = pages_of(text)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    number = min(max(number, 1), len(pages))
    return Page(pages[number - 1], number, len(pages))


def first_page(text: str) -> str:
    """What is shown at first."""
    return text if len(text) <= PAGE else text[: _end(text, PAGE)]


def _end(text: str, end: int) -> int:
    for sign in ("\n", " "):
        found = text.rfind(sign, end - NEAR, end)
        if found >= 0:
            return found + 1
    return end

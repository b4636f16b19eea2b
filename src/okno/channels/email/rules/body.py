"""The body of a letter from its parts: which text is shown, which HTML, and what is a file."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass, field

from okno.channels.email.rules.calendar_text import calendar_method, calendar_summary
from okno.channels.email.rules.charsets import clean_text
from okno.channels.email.rules.files import Files
from okno.channels.email.rules.html_text import html_to_text
from okno.channels.email.rules.letter import Attachment
from okno.channels.email.rules.limits import Limits
from okno.channels.email.rules.problems import Problems
from okno.channels.email.rules.reading import PartReader
from okno.channels.email.rules.splitting import Part
from okno.channels.email.rules.tnef import TnefError, TnefFile, read_tnef
from okno.channels.email.rules.transfer import find_uuencoded

_TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
_CALENDAR_TYPES = ("text/calendar", "application/ics")
# Read elsewhere (reports), or one more rendering of a text that comes as plain text and HTML too.
_DUPLICATE_TYPES = (
    "message/delivery-status",
    "message/global-delivery-status",
    "message/disposition-notification",
    "text/enriched",
    "text/richtext",
    "text/x-amp-html",
    "text/watch-html",
)


@dataclass(slots=True)
class Block:
    """A stretch of the body: plain text, HTML, or both as alternatives of each other."""

    text: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Body:
    """The whole body: `text_from_html` tells that there was no plain text and it was derived."""

    text: str = ""
    html: str = ""
    text_from_html: bool = False
    attachments: list[Attachment] = field(default_factory=list)
    calendar_method: str = ""


def read_body(root: Part, raw: bytes, limits: Limits, problems: Problems) -> Body:
    """The body of a split letter; what cannot be decoded is left out and told in the problems."""
    return _BodyReader(raw, limits, problems).read(root)


class _BodyReader:
    def __init__(self, raw: bytes, limits: Limits, problems: Problems) -> None:
        self._limits = limits
        self._problems = problems
        self._parts = PartReader(raw, limits, problems)
        self._files = Files(limits, problems)
        self._calendars: list[str] = []
        self._fallback: list[Block] = []

    def read(self, root: Part) -> Body:
        blocks = self._blocks(root, is_root=True)
        if not any((block.text or "").strip() or (block.html or "").strip() for block in blocks):
            blocks = self._fallback or blocks
        body = self._join(blocks)
        if not body.text.strip() and self._calendars:
            body.text = calendar_summary(self._calendars[0])
        body.calendar_method = calendar_method(self._calendars[0]) if self._calendars else ""
        body.attachments = self._files.finish(body.html)
        return body

    def _blocks(self, part: Part, *, is_root: bool = False) -> list[Block]:
        if part.is_container:
            subtype = part.content_type.removeprefix("multipart/")
            if subtype == "alternative":
                return self._alternative(part)
            if subtype == "related":
                return self._related(part)
            return self._mixed(part)
        return self._leaf(part, may_be_named=is_root)

    def _mixed(self, part: Part) -> list[Block]:
        blocks: list[Block] = []
        for index, child in enumerate(part.children):
            blocks += self._blocks(child, is_root=False) if index else self._first(child)
        return blocks

    def _first(self, child: Part) -> list[Block]:
        # The first text of a letter is its body even when a program gives it a name.
        return self._blocks(child, is_root=not self._parts.is_attachment(child))

    def _alternative(self, part: Part) -> list[Block]:
        texts: list[str] = []
        html: str | None = None
        for child in part.children:
            blocks = self._blocks(child, is_root=True)
            if child.content_type == "text/plain" or (child.is_container and html is None):
                texts += [block.text for block in blocks if block.text is not None and block.html is None][:20]
            joined = [block.html for block in blocks if block.html is not None]
            if joined:
                html = self._as_html(blocks)
        text = "\n\n".join(text for text in texts if text.strip())
        return [Block(text if texts and (text or html is None) else None, html)]

    def _related(self, part: Part) -> list[Block]:
        start = part.parameters.get("start", "").strip()
        root = part.children[0]
        if start:
            root = next((c for c in part.children if c.fields.first("Content-ID").strip() == start), root)
        blocks = self._blocks(root, is_root=True)
        for child in part.children:
            if child is not root:
                blocks += self._blocks(child) if child.is_container else self._related_leaf(child)
        return blocks

    def _related_leaf(self, child: Part) -> list[Block]:
        if child.content_type in _TNEF_TYPES:
            return self._leaf(child, may_be_named=False)
        self._files.add(self._parts.file(child), related=True)
        return []

    def _leaf(self, part: Part, *, may_be_named: bool) -> list[Block]:
        kind = part.content_type
        if kind in _TNEF_TYPES or self._parts.file_name(part).lower() == "winmail.dat":
            return self._tnef(part)
        if kind in _CALENDAR_TYPES:
            self._calendar(part)
            return []
        named = bool(self._parts.file_name(part)) and not may_be_named
        if kind in ("text/plain", "text/html") and not named and not self._parts.is_attachment(part):
            return [self._text(part)]
        if kind.startswith("multipart/"):
            return [Block(text=self._parts.text(part))]
        if kind not in _DUPLICATE_TYPES:
            self._files.add(self._parts.file(part))
        return []

    def _text(self, part: Part) -> Block:
        text = self._parts.text(part)
        if part.content_type == "text/html":
            return Block(html=text)
        if "\nbegin " in text[:200_000] or text.startswith("begin "):
            text = self._take_uuencoded(text)
        return Block(text=text)

    def _take_uuencoded(self, text: str) -> str:
        raw = text.encode("utf-8", "replace")
        pieces = []
        position = 0
        for name, content, start, end in find_uuencoded(raw):
            self._files.add(TnefFile(name=name, content=content))
            pieces.append(raw[position:start])
            position = end
        return b"".join([*pieces, raw[position:]]).decode("utf-8", "replace") if position else text

    def _calendar(self, part: Part) -> None:
        self._calendars.append(self._parts.text(part))
        self._files.add(self._parts.file(part))

    def _tnef(self, part: Part) -> list[Block]:
        file = self._parts.file(part)
        try:
            found = read_tnef(file.content, self._limits)
        except TnefError as error:
            self._problems.add(str(error))
            self._files.add(file)
            return []
        if not found.complete:
            self._problems.add("winmail.dat is damaged")
        for inner in found.files:
            self._files.add(inner)
        if not found.complete and not found.files:
            self._files.add(file)
        if found.text.strip() or found.html.strip():
            text = clean_text(found.text).replace("\r\n", "\n")
            self._fallback.append(Block(text if text.strip() else None, clean_text(found.html) or None))
        return []

    def _join(self, blocks: list[Block]) -> Body:
        blocks = [block for block in blocks if block.text is not None or block.html is not None]
        has_html = any(block.html is not None for block in blocks)
        has_text = any((block.text or "").strip() for block in blocks)
        texts = [self._plain(block) for block in blocks]
        return Body(
            text="\n\n".join(text.strip("\n") for text in texts if text.strip())
            if len(texts) > 1
            else "".join(texts),
            html=self._as_html(blocks) if has_html else "",
            text_from_html=has_html and not has_text,
        )

    def _plain(self, block: Block) -> str:
        if (block.text or "").strip() or block.html is None:
            return block.text or ""
        return html_to_text(block.html, self._limits)

    @staticmethod
    def _as_html(blocks: list[Block]) -> str:
        return "\n".join(
            block.html if block.html is not None else _text_as_html(block.text or "") for block in blocks
        )


def _text_as_html(text: str) -> str:
    if not text.strip():
        return ""
    return f"<div>{re.sub(r'\r?\n', '<br>', entities.escape(text.strip()))}</div>"

"""A raw letter to its MIME parts (RFC 2046), in one pass over the bytes, without recursion and within limits.

The parts are places in the raw bytes; nothing is copied or decoded here. The tree is the one the standard library
builds for sound letters (a test compares them); this reader differs in what it does with hostile ones: its time
does not depend on how deep containers are nested or how long a header is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from okno.channels.email.rules.headers import Fields, read_fields
from okno.channels.email.rules.limits import Limits
from okno.channels.email.rules.parameters import read_value
from okno.channels.email.rules.problems import Problems

_EMPTY_LINE = re.compile(rb"(?>\r\n|\n|\r)(?>\r\n|\n|\r)")
_LATER_EMPTY_LINE = re.compile(rb"\n\r?\n")
_LINE_BREAK = re.compile(rb"\r\n|\n|\r")
_DELIMITER_TAIL = re.compile(rb"(--)?+[ \t]*+(?:\r\n|\n|\r|\Z)")
_GUESSED_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{2,100}?)[ \t]*\r?$", re.MULTILINE)
_GUESS_WITHIN = 4000


@dataclass(slots=True)
class Part:
    """One MIME part: its fields, its type and parameters, and where its body stands in the raw letter."""

    fields: Fields
    content_type: str
    parameters: dict[str, str]
    start: int
    end: int
    children: list[Part] = field(default_factory=list)

    @property
    def is_container(self) -> bool:
        """Whether the part holds other parts and was taken apart."""
        return bool(self.children)


@dataclass(slots=True)
class _Open:
    """A container whose parts are being read, and the next delimiter line of its own, as far as searched."""

    part: Part
    delimiter: bytes
    hit: tuple[int, int, bool] | None = None
    searched_to: int = -1


def split_letter(raw: bytes, limits: Limits, problems: Problems) -> Part:
    """The part tree of a letter whose lines end in LF or CRLF; never raises, whatever the bytes."""
    splitter = _Splitter(raw, limits, problems)
    return splitter.run()


class _Splitter:
    def __init__(self, raw: bytes, limits: Limits, problems: Problems) -> None:
        self._raw = raw
        self._end = len(raw)
        self._limits = limits
        self._problems = problems
        self._open: list[_Open] = []
        self._parts = 0
        self._header_bytes = 0
        self._false_hits = 0

    def run(self) -> Part:
        root = self._read_part(0, self._end, self._limits.header_bytes, default_type="text/plain")
        self._enter(root)
        leaf = root
        position = root.start
        while self._open:
            found = self._next_delimiter(position)
            if found is None:
                self._problems.add("a multipart letter does not end with its boundary")
                break
            index, (line, after, closing) = found
            leaf.end = min(leaf.end, max(leaf.start, self._before_break(line)))
            if index < len(self._open) - 1:
                self._problems.add("a multipart letter does not end with its boundary")
            del self._open[index + 1 :]
            position = after
            if closing:
                self._open.pop()
                continue
            if self._parts >= self._limits.parts:
                self._problems.add(f"more than {self._limits.parts} parts; the rest was not read")
                break
            leaf = self._next_part(after)
            position = leaf.start
            self._enter(leaf)
        return root

    def _next_part(self, position: int) -> Part:
        container = self._open[-1].part
        following = self._next_delimiter(position)
        stop = following[1][0] if following else self._end
        default = "message/rfc822" if container.content_type == "multipart/digest" else "text/plain"
        room = self._limits.header_bytes - self._header_bytes
        part = self._read_part(position, stop, max(0, min(self._limits.part_header_bytes, room)), default)
        container.children.append(part)
        return part

    def _enter(self, part: Part) -> None:
        """Begin to read the parts of a container, if it is one and may be opened."""
        if not part.content_type.startswith("multipart/"):
            return
        if len(self._open) >= self._limits.depth:
            self._problems.add(f"containers nested deeper than {self._limits.depth}; the inner ones were not read")
            return
        boundary = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
        if not boundary or len(boundary) > 250:
            self._problems.add("a multipart letter without a boundary")
            guessed = _GUESSED_BOUNDARY.search(self._raw, part.start, min(part.end, part.start + _GUESS_WITHIN))
            if guessed is None:
                return
            boundary = guessed.group(1)
        self._open.append(_Open(part, b"--" + boundary))

    def _next_delimiter(self, position: int) -> tuple[int, tuple[int, int, bool]] | None:
        """The nearest delimiter line of any open container: outer ones bound the search for inner ones."""
        stop = self._end
        best = None
        for index, frame in enumerate(self._open):
            hit = frame.hit
            if (hit is None or hit[0] < position) and frame.searched_to < stop:
                hit = frame.hit = self._search(frame.delimiter, position, stop)
                frame.searched_to = hit[0] if hit else stop
            if hit is not None and position <= hit[0] < stop:
                best = (index, hit)
                stop = hit[0]
        return best

    def _search(self, delimiter: bytes, position: int, stop: int) -> tuple[int, int, bool] | None:
        raw = self._raw
        found = raw.find(delimiter, position, stop)
        while found >= 0:
            if found == position or raw[found - 1] in b"\r\n":
                tail = _DELIMITER_TAIL.match(raw, found + len(delimiter), self._end)
                if tail is not None:
                    return found, tail.end(), tail.group(1) is not None
            self._false_hits += 1
            if self._false_hits > self._limits.false_delimiters:
                self._problems.add("too many lines that look like a boundary; the rest was not taken apart")
                return None
            found = raw.find(delimiter, found + 1, stop)
        return None

    def _before_break(self, line: int) -> int:
        """The end of a body before a delimiter line: the line break before it belongs to the delimiter."""
        if line >= 2 and self._raw[line - 2 : line] == b"\r\n":
            return line - 2
        return line - 1 if line >= 1 and self._raw[line - 1] in b"\r\n" else line

    def _read_part(self, position: int, stop: int, room: int, default_type: str) -> Part:
        self._parts += 1
        block, start = self._header_block(position, stop, room)
        self._header_bytes += len(block)
        flat = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        raw_fields, broken_at, found = read_fields(flat, self._limits.header_fields)
        for problem in found:
            self._problems.add(problem)
        if broken_at >= 0:
            start = self._unflatten(position, block, broken_at)
        fields = Fields(raw_fields)
        content_type, parameters = read_value(fields.first("Content-Type"))
        fields.charset = parameters.get("charset", "")
        if not re.fullmatch(r"[a-z0-9.+_-]{1,60}/[a-z0-9.+_-]{1,120}", content_type):
            content_type = default_type if content_type != "text" else "text/plain"
        return Part(fields, content_type, parameters, start, max(start, stop))

    def _header_block(self, position: int, stop: int, room: int) -> tuple[bytes, int]:
        """The bytes of a header as far as there is room for them, and where the body begins."""
        raw = self._raw
        first = _LINE_BREAK.match(raw, position, stop)
        if first is not None:
            return b"", first.end()
        reach = min(stop, position + room)
        empty = _EMPTY_LINE.search(raw, position, reach)
        if empty is not None:
            return raw[position : empty.start()], empty.end()
        if reach == stop:
            return raw[position:stop], stop
        self._problems.add("a header is too long; its end was not read")
        later = _LATER_EMPTY_LINE.search(raw, max(position, reach - 2), stop)
        return raw[position:reach], later.end() if later else stop

    @staticmethod
    def _unflatten(position: int, block: bytes, offset: int) -> int:
        """The place in the raw letter of an offset in the header block as it is without carriage returns."""
        line = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n", 0, offset)
        place = 0
        for _ in range(line):
            found = _LINE_BREAK.search(block, place)
            if found is None:
                break
            place = found.end()
        return position + place

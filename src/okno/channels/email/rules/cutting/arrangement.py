"""Which lines of a letter are new and which are quoted: one decision for texts and for HTML."""

from enum import IntEnum
from typing import NamedTuple

from okno.channels.email.rules.cutting.attribution import Attributions, Grade
from okno.channels.email.rules.cutting.dividers import is_divider, is_end_marker, is_notes_line, is_titled_rule
from okno.channels.email.rules.cutting.headers_block import header_block_end, shaped_block_end
from okno.channels.email.rules.cutting.lines import Line, Role, fold, next_content, previous_content
from okno.channels.email.rules.cutting.moments import has_moment
from okno.channels.email.rules.cutting.separator import separator_end

_INTRODUCTION_LINES = 4  # lines above the separator that may introduce the quotation in an unknown way


class Mark(IntEnum):
    """What a line is."""

    BLANK = 0
    TEXT = 1
    INTRO = 2  # an attribution or a header block above marked lines
    QUOTE = 3
    TAIL = 4  # quoted without marks, to the end


class Opening(NamedTuple):
    """The beginning of a quotation: how far its introduction goes, and whether it stands without marks."""

    end: int
    sure: bool
    ends_letter: bool  # enough when nothing follows
    forwarded: bool = False


def _below_rule(lines: list[Line], index: int, attributions: Attributions) -> Opening | None:
    """A rule belongs to the introduction right below it."""
    below = next_content(lines, index + 1)
    if below >= len(lines) or below - index > 3 or lines[below].depth:
        return None
    if lines[below].rule:
        return None
    opening = find_opening(lines, below, attributions)
    if opening and opening.sure:
        return opening
    end = shaped_block_end(lines, below)
    return Opening(end, True, True) if end >= 0 else None


def _at_divider(lines: list[Line], index: int) -> Opening | None:
    below = next_content(lines, index + 1)
    near = below < len(lines) and below - index < 4 and not lines[below].depth
    end = header_block_end(lines, below, announced=True) if near else -1
    if is_divider(lines[index].text) or is_notes_line(lines[index].text):
        return Opening(max(index, end), True, True, True)
    if is_titled_rule(lines[index].text) and near:
        end = max(end, shaped_block_end(lines, below))
        return Opening(end, True, True, True) if end >= 0 else None
    return None


def find_opening(lines: list[Line], index: int, attributions: Attributions) -> Opening | None:
    """The introduction of a quotation that begins on the line `index`."""
    line = lines[index]
    if line.rule:
        return _below_rule(lines, index, attributions)
    divided = _at_divider(lines, index)
    if divided:
        return divided
    end = header_block_end(lines, index)
    if end >= 0:
        return Opening(end, True, True)
    found = attributions.at(index)
    if found is None:
        return None
    text = " ".join(part.text for part in lines[index : found.end + 1])
    alone = line.gap or not index or ("@" in text and any(bracket in text for bracket in "<[("))
    return Opening(found.end, found.grade is Grade.STRONG and alone, found.dated)


def _start_above(lines: list[Line], index: int) -> int:
    """Where the quotation around a separator begins: at the introduction right above it, in any language."""
    last = previous_content(lines, index - 1)
    if last < 0 or lines[last].depth:
        return index
    first = last
    while first > 0 and last - first + 1 < _INTRODUCTION_LINES and lines[first - 1].text and not lines[first].gap:
        first -= 1
    if first > 0 and not lines[first].gap and lines[first - 1].text:
        first = last
    text = " ".join(line.text for line in lines[first : last + 1])
    introduces = text.endswith(":") or has_moment(text) or ("@" in text and len(text) < 160)
    return first if introduces and len(text) < 400 else index


def _tail_end(lines: list[Line], start: int, forwarded: bool) -> int:
    """The last line of a quotation without marks: the end of the letter, or the mark of a forward's end."""
    if forwarded:
        for index in range(start + 1, len(lines)):
            if not lines[index].depth and is_end_marker(lines[index].text):
                return index
    return len(lines) - 1


class _Reader:
    """Walks over the lines once and marks each."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.marks = [Mark.BLANK] * len(lines)
        self.attributions = Attributions(lines)

    def read(self) -> list[Mark]:
        """The marks of all lines."""
        index = 0
        while index < len(self.lines):
            index = self._step(index)
        return self.marks

    def _fill(self, start: int, end: int, mark: Mark) -> int:
        for index in range(start, end + 1):
            self.marks[index] = mark
        return end + 1

    def _step(self, index: int) -> int:
        line = self.lines[index]
        if line.role is Role.TAIL:
            return self._fill(index, len(self.lines) - 1, Mark.TAIL)
        if line.blank:
            return index + 1
        if line.depth:
            return self._quoted(index)
        if line.role is Role.INTRO:
            return self._introduced(index)
        if separator_end(self.lines, index) >= 0:
            return self._fill(_start_above(self.lines, index), len(self.lines) - 1, Mark.TAIL)
        return self._opened(index)

    def _quoted(self, index: int) -> int:
        """A line with a quotation mark; Okno's separator in it proves the quotation and what stands above it."""
        if separator_end(self.lines, index) < 0:
            return self._fill(index, index, Mark.QUOTE)
        first = index
        while first and (self.lines[first - 1].depth or self.lines[first - 1].blank):
            first -= 1
        if first:
            start = _start_above(self.lines, first)
            self._fill(start, first - 1, Mark.INTRO)
        return self._fill(index, index, Mark.INTRO)

    def _introduced(self, index: int) -> int:
        """Lines that the markup calls an introduction; without a marked quotation below all the rest is quoted."""
        end = index
        while end + 1 < len(self.lines) and (self.lines[end + 1].role is Role.INTRO or self.lines[end + 1].blank):
            end += 1
        below = next_content(self.lines, end + 1)
        if below < len(self.lines) and not self.lines[below].depth:
            end = len(self.lines) - 1
            return self._fill(index, end, Mark.TAIL)
        return self._fill(index, end, Mark.INTRO)

    def _opened(self, index: int) -> int:
        opening = find_opening(self.lines, index, self.attributions)
        if opening is None:
            return self._fill(index, index, Mark.TEXT)
        below = next_content(self.lines, opening.end + 1)
        if below < len(self.lines) and self.lines[below].depth:
            return self._fill(index, opening.end, Mark.INTRO)
        if opening.sure or (below == len(self.lines) and opening.ends_letter):
            return self._fill(index, _tail_end(self.lines, index, opening.forwarded), Mark.TAIL)
        return self._fill(index, index, Mark.TEXT)


def mark_lines(lines: list[Line]) -> list[Mark]:
    """What each line of the letter is."""
    return _Reader(lines).read()


def introduces(text: str) -> bool:
    """Whether a passage begins with the introduction of a quotation, after the first blank lines."""
    lines = [Line(folded, gap=True) for folded in (fold(raw) for raw in text.splitlines()[:30]) if folded][:12]
    if not lines:
        return False
    opening = find_opening(lines, 0, Attributions(lines))
    return opening is not None and (opening.sure or opening.ends_letter)

"""Cutting the reply out of a plain text letter."""

from okno.channels.email.rules.cutting.division import divide
from okno.channels.email.rules.cutting.lines import MOST_LINES, Line, fold
from okno.channels.email.rules.cutting.quoting import mark_quotations, split_mark


def read_lines(raws: list[str]) -> list[Line]:
    """The lines of a plain text letter with their quotation depths."""
    lines: list[Line] = []
    gap = True
    for raw in raws:
        text = fold(raw)
        depth, rest, mark = split_mark(text, raw)
        lines.append(Line(rest, depth, gap, mark=mark))
        gap = not text
    mark_quotations(lines, [len(raw) for raw in raws])
    return lines


def _joined(raws: list[str]) -> str:
    """The lines without the blank ones at both ends."""
    first, last = 0, len(raws)
    while first < last and not fold(raws[first]):
        first += 1
    while last > first and not fold(raws[last - 1]):
        last -= 1
    return "".join(raws[first:last])


def cut_reply(text: str) -> tuple[str, str]:
    """What the person newly wrote and what is quoted around it.

    Every line that is not blank is in one of the two, in its order. A letter that is nothing but
    a quotation or a forwarded letter is new as a whole; so is one answered between the quoted lines.
    """
    raws = text.splitlines(keepends=True)
    sides = divide(read_lines(raws[:MOST_LINES]))
    if sides is None:
        return text, ""
    sides.extend([sides[-1]] * (len(raws) - len(sides)))
    new = _joined([raw for raw, quoted in zip(raws, sides, strict=True) if not quoted])
    old = _joined([raw for raw, quoted in zip(raws, sides, strict=True) if quoted])
    return new.rstrip("\r\n"), old

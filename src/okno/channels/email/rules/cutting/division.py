"""The division of a letter into the new part and the quoted part."""

from dataclasses import dataclass

from okno.channels.email.rules.cutting.arrangement import Mark, mark_lines
from okno.channels.email.rules.cutting.headers_block import header_of
from okno.channels.email.rules.cutting.labels import Field
from okno.channels.email.rules.cutting.lines import Line, previous_content
from okno.channels.email.rules.cutting.quoting import is_code
from okno.channels.email.rules.cutting.signatures import signature_start


@dataclass(slots=True)
class _Block:
    """Neighbouring lines of one kind."""

    quoted: bool
    first: int
    last: int
    introduced: bool = False
    tail: bool = False


def _blocks(lines: list[Line], marks: list[Mark]) -> list[_Block]:
    blocks: list[_Block] = []
    for index, mark in enumerate(marks):
        if lines[index].blank or mark is Mark.BLANK:
            continue
        quoted = mark is not Mark.TEXT
        if not blocks or blocks[-1].quoted != quoted:
            blocks.append(_Block(quoted, index, index))
        block = blocks[-1]
        block.last = index
        block.introduced = block.introduced or mark in (Mark.INTRO, Mark.TAIL) or (quoted and lines[index].strong)
        block.tail = block.tail or mark is Mark.TAIL
    return blocks


def _is_typed(lines: list[Line], block: _Block) -> bool:
    """Whether a person typed something in the block: not only a rule, a signature or a program's footer."""
    inside = range(block.first, block.last + 1)
    kept = [index for index in inside if not lines[index].rule]
    start = signature_start(lines, kept)
    return any(not lines[index].blank for index in kept[:start])


def _settled(lines: list[Line], blocks: list[_Block]) -> list[_Block]:
    """The blocks with those nobody typed counted to the quotation above them; neighbours are joined."""
    settled: list[_Block] = []
    for block in blocks:
        if not block.quoted and settled and not _is_typed(lines, block):
            block.quoted = True
        if settled and settled[-1].quoted == block.quoted:
            settled[-1].last = block.last
            settled[-1].introduced = settled[-1].introduced or block.introduced
            settled[-1].tail = settled[-1].tail or block.tail
        else:
            settled.append(block)
    return settled


def _is_bare_quotation(lines: list[Line], block: _Block, above: bool) -> bool:
    """Whether a quotation without an introduction is one: not console output or a passage the person cites."""
    if any(not lines[index].mark for index in range(block.first, block.last + 1) if lines[index].depth):
        return False
    if is_code(lines, block.first, block.last):
        return False
    long = block.last > block.first + 1
    if not above:
        return long or lines[block.last + 1].blank
    last = previous_content(lines, block.first - 1)
    apart = block.first - last > 1
    return (apart or long) and not lines[last].text.endswith((":", "…"))


def _quoted_blocks(lines: list[Line], blocks: list[_Block]) -> list[_Block]:
    """The blocks to cut off."""
    cut: list[_Block] = []
    rest = list(blocks)
    if rest and rest[-1].quoted and rest[-1].tail:
        cut.append(rest.pop())
    quotes = [block for block in rest if block.quoted]
    texts = [block for block in rest if not block.quoted]
    if not texts or not quotes:
        return cut
    if len(quotes) == 1:
        only = quotes[0]
        above, below = not rest[0].quoted, not rest[-1].quoted
        bare = not (above and below) and _is_bare_quotation(lines, only, above)
        return [only, *cut] if only.introduced or bare else cut
    # Answers between the quoted lines make no sense without them: only what nobody answered is cut off.
    if rest[-1].quoted and any(block.introduced for block in quotes):
        cut.append(rest[-1])
    return cut


def _sides(lines: list[Line], quoted: set[int]) -> list[bool]:
    """For every line whether it is quoted; blank lines go with the line below them."""
    sides = [False] * len(lines)
    side = False
    for index in range(len(lines) - 1, -1, -1):
        if not lines[index].blank:
            side = index in quoted
        elif index == len(lines) - 1:
            side = previous_content(lines, index) in quoted
        sides[index] = side
    return sides


def divide(lines: list[Line]) -> list[bool] | None:
    """For every line whether it is quoted, or None when the letter stays whole.

    The new part is what the person typed; it is never left without anything typed.
    """
    blocks = _settled(lines, _blocks(lines, mark_lines(lines)))
    if all(block.quoted for block in blocks):
        return None
    quoted: set[int] = set()
    for block in _quoted_blocks(lines, blocks):
        quoted.update(range(_first_with_rules(lines, block.first), block.last + 1))
    kept = [index for index in range(len(lines)) if index not in quoted]
    typed = signature_start(lines, kept)
    if not _has_words(lines, kept[:typed]):
        return None
    quoted.update(kept[typed:])
    if not any(not lines[index].blank for index in quoted):
        return None
    return _sides(lines, quoted)


def _first_with_rules(lines: list[Line], first: int) -> int:
    """The first line of a quotation together with the recipients and the rules right above it."""
    above, heads = first - 1, 0
    while above >= 0 and not lines[above].blank and not lines[above].depth:
        header = header_of(lines[above].text)
        if header is None or header.field not in (Field.RECIPIENT, Field.SUBJECT, Field.COPY) or not header.value:
            break
        above, heads = above - 1, heads + 1
    ruled = above >= 0 and lines[above].rule
    first = above + 1 if heads > 1 or (heads and ruled) else first
    above = previous_content(lines, first - 1)
    while above >= 0 and lines[above].rule and not lines[above].depth:
        first = above
        above = previous_content(lines, first - 1)
    return first


def _has_words(lines: list[Line], indexes: list[int]) -> bool:
    """Whether anything but rules is left."""
    return any(not lines[index].blank and not lines[index].rule for index in indexes)

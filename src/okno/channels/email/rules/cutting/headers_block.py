"""The header block: "From, Sent, To, Subject" as programs put it above a quoted or forwarded letter."""

import re
from typing import NamedTuple

from okno.channels.email.rules.cutting.labels import LABELS, Field
from okno.channels.email.rules.cutting.lines import Line, Role, next_content, previous_content
from okno.channels.email.rules.cutting.moments import has_moment

MOST_LINES = 60  # lines a header block may take with long lists of recipients
LONGEST_LABEL = 40
_MAIN = {Field.SENDER, Field.SENT, Field.RECIPIENT, Field.SUBJECT, Field.COPY}
_DRESSING = " *_>|•·\t-#\"'"
_SHAPED = re.compile(r"^[^\W\d_][^:.!?;,@<>]{0,38}:(?:\s|$|\*)")
_WORDS_BEFORE_COLON = re.compile(r"(?:^|[\s*>;,)])((?:[^\W\d_][^\s:]{0,20} ){0,2}[^\W\d_][^\s:]{0,20}) ?:")


class Header(NamedTuple):
    """One header line of a quoted letter."""

    field: Field
    value: str


class Block(NamedTuple):
    """A header block that ends on the line `end`."""

    end: int
    fields: tuple[Field, ...]
    address: bool
    moment: bool
    technical: bool


def header_of(text: str) -> Header | None:
    """The header that a line of a quoted letter states, if it states a known one."""
    colon = text.find(":", 1, LONGEST_LABEL + 8)
    if colon < 0:
        return None
    label = " ".join(text[:colon].strip(_DRESSING).split()).casefold()
    field = LABELS.get(label)
    if field is None:
        return Header(Field.TECHNICAL, text[colon + 1 :]) if label.startswith("x-") else None
    value = text[colon + 1 :].strip(" *_")
    if label == "received" and value.startswith(("from ", "by ")):
        field = Field.TECHNICAL
    return Header(field, value)


def _continues(text: str, above: str, header: Header, index: int) -> bool:
    """Whether the line goes on with the value of the header above it."""
    if not header.value and index == 0:
        return True  # the value stands on the line below its name
    if header.field in (Field.SENDER, Field.RECIPIENT, Field.COPY, Field.OTHER):
        return "@" in text or ";" in text or above[-1:] in ",;<" or (text[-1:] in ">;," and len(text) < 100)
    return header.field is Field.SUBJECT and len(above) > 55 and index == 0 and len(text) < 60


def _next_header(lines: list[Line], index: int, seen: list[Field]) -> int:
    """The index of the header that goes on below blank lines, or -1 when the block ends there."""
    below = next_content(lines, index)
    if below >= len(lines) or below - index > 2 or lines[below].depth:
        return -1
    header = header_of(lines[below].text)
    fresh = header is not None and (header.field not in seen or header.field is Field.OTHER)
    return below if fresh else -1


def _unknown_header(lines: list[Line], index: int) -> Header | None:
    """A header of an unknown name, told by the known one right below it."""
    if index + 1 >= len(lines) or lines[index + 1].depth or not _SHAPED.match(lines[index].text):
        return None
    below = header_of(lines[index + 1].text)
    known = below is not None and below.field in _MAIN
    return Header(Field.OTHER, lines[index].text) if known else None


def read_block(lines: list[Line], start: int) -> Block:
    """The header lines from `start` on with what they prove."""
    fields: list[Field] = []
    address = moment = technical = False
    end, extra = start - 1, 0
    header = Header(Field.OTHER, "-")
    index, last = start, min(len(lines), start + MOST_LINES)
    while index < last and not lines[index].depth and lines[index].role is not Role.RULE:
        text = lines[index].text
        if not text:
            index = _next_header(lines, index, fields)
            if index < 0:
                break
            continue
        found = header_of(text) or _unknown_header(lines, index)
        if found is None:
            if not fields or not _continues(text, lines[index - 1].text, header, extra):
                break
            extra += 1
            header = header if header.value else Header(header.field, text)
        elif found.field in fields and found.field not in (Field.OTHER, Field.COPY, Field.TECHNICAL, Field.SENT):
            break
        else:
            header, extra = found, 0
            fields.append(found.field)
        technical = technical or header.field is Field.TECHNICAL
        address = address or ("@" in text and header.field is not Field.SUBJECT)
        moment = moment or (header.field is Field.SENT and has_moment(text))
        end = index
        index += 1
    return Block(end, tuple(fields), address, moment, technical)


def _is_proved(block: Block) -> bool:
    """Whether the fields are those of a letter and not of some form the person filled in.

    Every program that draws no divider above the block tells when the letter was sent.
    """
    fields = set(block.fields) & _MAIN
    if Field.SENT not in fields:
        return False
    if len(fields) == 2:
        return block.address and block.moment
    if Field.SENDER in fields:
        return Field.SUBJECT in fields or block.address or (block.moment and len(fields) > 3)
    return len(fields) > 2 and block.address and (block.moment or Field.SUBJECT in fields)


def _is_pasted(lines: list[Line], start: int, block: Block) -> bool:
    """Whether the person shows headers as the matter of the question instead of quoting a letter."""
    above = previous_content(lines, start - 1)
    if above >= 0 and start - above == 1:
        header = header_of(lines[above].text)
        if header and header.field is Field.TECHNICAL:
            return True
    if above < 0 or not lines[above].text.endswith(":"):
        return False
    below = block.end + 1
    runs_on = below < len(lines) and bool(lines[below].text) and not lines[below].gap
    order = [field for field in block.fields if field in _MAIN]
    return Field.SENT not in order[:2] or (runs_on and not (block.moment and len(order) > 3))


def _in_one_line(text: str) -> bool:
    """Whether a whole header block was squeezed into one line."""
    if len(text) < 30 or text.count(":") < 3:
        return False
    found = []
    for match in _WORDS_BEFORE_COLON.finditer(text):
        words = match.group(1).casefold().split()
        names = [" ".join(words[at:]) for at in range(len(words))]
        field = next((LABELS[name] for name in names if name in LABELS), None)
        if field in _MAIN:
            found.append(field)
    return len(set(found)) > 2 and found[0] is Field.SENDER and Field.SUBJECT in found


def header_block_end(lines: list[Line], start: int, announced: bool = False) -> int:
    """The last line of the header block that begins at `start`, or -1; `announced` by a divider above it."""
    first = header_of(lines[start].text)
    if first is None or first.field not in _MAIN or first.field is Field.COPY:
        return -1
    if first.field is Field.SENDER and _in_one_line(lines[start].text):
        return start
    block = read_block(lines, start)
    if announced:
        return block.end if len(set(block.fields) & _MAIN) > 1 else -1
    if block.technical or not _is_proved(block) or _is_pasted(lines, start, block):
        return -1
    return block.end


def shaped_block_end(lines: list[Line], start: int) -> int:
    """The last line of a header block in an unknown language below a rule, or -1.

    It is known by names with colons, and by an address and a moment among the values.
    """
    count, end = 0, -1
    address = moment = False
    for index in range(start, min(start + 8, len(lines))):
        text = lines[index].text
        if not text or lines[index].depth or not _SHAPED.match(text):
            break
        count, end = count + 1, index
        address = address or "@" in text
        moment = moment or has_moment(text)
    return end if count > 2 and address and moment else -1

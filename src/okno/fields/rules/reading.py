"""Reading a value that somebody gave, from a form or a program, as the one form in which it is stored."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from okno.core.text import many_lines, one_line
from okno.fields.rules.definition import Definition, Kind, Problem, Value
from okno.fields.rules.limits import LARGEST_NUMBER, day_of, room_of
from okno.fields.rules.masks import fits_mask

LONGEST_NUMBER_TEXT = 40
LARGEST_ID = 2**63 - 1
TOKEN_LIMIT = 60
SPACES = str.maketrans("", "", " \u00a0\u202f")
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Read:
    """The value as it is stored, ``None`` for an empty one, or what is wrong with it."""

    value: Value = None
    problem: Problem | None = None


def is_empty(value: object) -> bool:
    """Whether nothing was said: a missing value, no text, no choice. "No" of a checkbox says nothing either."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value is False or value in ([], ())


def read(definition: Definition, given: object, kept: Collection[str] = ()) -> Read:
    """The value of what was given. ``kept``: options that are there already and may stay though switched off."""
    if is_empty(given):
        return Read()
    return READERS[definition.kind](definition, given, kept)


def _wrong(code: str, **facts: object) -> Read:
    return Read(problem=Problem(code, facts))


def _line(definition: Definition, given: object, _kept: Collection[str]) -> Read:
    if not isinstance(given, str):
        return _wrong("text")
    return _measured(definition, one_line(given))


def _text(definition: Definition, given: object, _kept: Collection[str]) -> Read:
    if not isinstance(given, str):
        return _wrong("text")
    return _measured(definition, many_lines(given))


def _measured(definition: Definition, text: str) -> Read:
    limits, room = definition.limits, room_of(definition.kind)
    if not text:
        return Read()
    longest = min(limits.longest or room, room)
    if len(text) > longest:
        return _wrong("too_long", limit=longest)
    if limits.shortest and len(text) < limits.shortest:
        return _wrong("too_short", limit=limits.shortest)
    if limits.mask and definition.kind is Kind.LINE and not fits_mask(limits.mask, text):
        return _wrong("mask", mask=limits.mask)
    return Read(text)


def _number(definition: Definition, given: object, _kept: Collection[str]) -> Read:
    number = decimal_of(given)
    if number is None:
        return _wrong("number")
    limits = definition.limits
    if number != round(number, limits.decimals):
        return _wrong("decimals", limit=limits.decimals) if limits.decimals else _wrong("whole")
    if limits.least is not None and number < Decimal(str(limits.least)):
        return _wrong("least", limit=limits.least)
    if limits.most is not None and number > Decimal(str(limits.most)):
        return _wrong("most", limit=limits.most)
    return Read(int(number) if number == int(number) else float(number))


def decimal_of(given: object) -> Decimal | None:
    """A number as people write it, "1 234,5" or 1234.5; nothing where it is none or is too large."""
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    if isinstance(given, int | float) and not abs(given) <= LARGEST_NUMBER:
        return None  # also what is no number at all, and what is too long to be written out
    text = str(given).translate(SPACES).replace(",", ".")
    if len(text) > LONGEST_NUMBER_TEXT or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.copy_abs() <= LARGEST_NUMBER else None


def _date(definition: Definition, given: object, _kept: Collection[str]) -> Read:
    text = given.strip() if isinstance(given, str) else ""
    if day_of(text) is None:
        return _wrong("date")
    limits = definition.limits
    if limits.earliest and text < limits.earliest:
        return _wrong("earliest", day=limits.earliest)
    if limits.latest and text > limits.latest:
        return _wrong("latest", day=limits.latest)
    return Read(text)


def _list(definition: Definition, given: object, kept: Collection[str]) -> Read:
    chosen = given.strip() if isinstance(given, str) else ""
    return Read(chosen) if chosen in _offered(definition, kept) else _wrong("choice")


def _multiple(definition: Definition, given: object, kept: Collection[str]) -> Read:
    chosen = [given] if isinstance(given, str) else given
    if not isinstance(chosen, list | tuple):
        return _wrong("choice")
    offered, wanted = _offered(definition, kept), [each for each in chosen if each != ""]
    if any(not isinstance(each, str) or each not in offered for each in wanted):
        return _wrong("choice")
    return Read([code for code in offered if code in wanted] or None)


def _offered(definition: Definition, kept: Collection[str]) -> list[str]:
    return [option.code for option in definition.options if option.is_active or option.code in kept]


def _checkbox(_definition: Definition, given: object, _kept: Collection[str]) -> Read:
    if given is True or (isinstance(given, str) and given.lower() in YES):
        return Read(True)
    return Read() if isinstance(given, str) and given.lower() in NO else _wrong("choice")


def _person(_definition: Definition, given: object, _kept: Collection[str]) -> Read:
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 20:
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given <= LARGEST_ID:
        return _wrong("choice")
    return Read(given)


def _file(_definition: Definition, given: object, _kept: Collection[str]) -> Read:
    if not isinstance(given, str) or len(given) > TOKEN_LIMIT or not given.isascii() or not given.isprintable():
        return _wrong("file")
    return Read(given)


READERS: dict[Kind, Callable[[Definition, object, Collection[str]], Read]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.LIST: _list,
    Kind.MULTIPLE: _multiple,
    Kind.CHECKBOX: _checkbox,
    Kind.PERSON: _person,
    Kind.FILE: _file,
}
"""Whether a person or a file is there is asked of the database by whoever reads the value."""

"""Attributes in files of clients: which a column can hold, what a cell says of one, and how a cell tells one.

Employees and files are no words of a table: nobody could say which of two of one name is meant, and a file is none.
Exports name them for people; imports do not offer them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from okno.core.actor import Actor
from okno.fields.access import may_change, seen_by
from okno.fields.catalogue import attributes_of
from okno.fields.models import Attribute
from okno.fields.models import Target as Holder
from okno.fields.rules import Kind
from okno.fields.showing import Shown, option_name, shown
from okno.fields.values import PREFIX
from okno.people.imports.columns import TARGETS, Target, heading_word
from okno.people.models import Company, Contact

HOLDERS: Mapping[str, str] = {"contacts": Holder.CONTACT, "companies": Holder.COMPANY}
NOT_IN_FILES = frozenset({Kind.PERSON, Kind.FILE})
YES = frozenset({"1", "true", "yes", "on", "x", "+", "да", "так", "tak"})
NO = frozenset({"0", "false", "no", "off", "-", "нет", "ні", "nie"})
DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
DAY_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(?::00)?")


def brought_in(actor: Actor, kind: str) -> list[Attribute]:
    """The attributes that the actor may fill in from a file."""
    known = seen_by(actor, attributes_of(HOLDERS[kind]))
    return [each for each in known if each.kind not in NOT_IN_FILES and may_change(actor, each, creating=True)]


def targets_for(actor: Actor, kind: str) -> tuple[Target, ...]:
    """All that a column can hold for this actor: the fields of the card, then its attributes."""
    return (*TARGETS[kind], *(_target(each) for each in brought_in(actor, kind)))


def _target(attribute: Attribute) -> Target:
    words = {heading_word(each) for each in (*attribute.names.values(), attribute.code)}
    return Target(PREFIX + attribute.code, attribute.name, tuple(sorted(words)))


def given_in(attributes: Iterable[Attribute], values: Mapping[str, Sequence[str]]) -> dict[str, object] | None:
    """What a row says of attributes by code; nothing where the file has no column of any.

    An empty cell says nothing: a file adds and takes nothing away.
    """
    known = {each.code: each for each in attributes}
    columns = {code.removeprefix(PREFIX): cells for code, cells in values.items() if code.startswith(PREFIX)}
    if not columns:
        return None
    return {code: _said(known.get(code), cells[0]) for code, cells in columns.items() if cells}


def _said(attribute: Attribute | None, cell: str) -> object:
    """A cell as the value would be given by a form; what is not understood stays, to be refused with its reason."""
    match attribute.kind if attribute else None:
        case Kind.LIST if attribute:
            return _option(attribute, cell)
        case Kind.MULTIPLE if attribute:
            return [_option(attribute, each.strip()) for each in cell.split(";") if each.strip()]
        case Kind.CHECKBOX:
            word = cell.strip().casefold()
            return True if word in YES else False if word in NO else cell
        case Kind.DATE:
            return _day(cell.strip())
    return cell


def _option(attribute: Attribute, written: str) -> str:
    """The code of the option of this name in any language; the text itself where there is none."""
    word = written.strip().casefold()
    for option in attribute.definition.options:
        if word in {option.code, *(name.casefold() for name in option.names.values())}:
            return option.code
    return written


def _day(cell: str) -> str:
    """A day by ISO 8601, or as it is written with points; with strokes nobody knows what comes first."""
    if found := DAY_FIRST.fullmatch(cell):
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    found = DAY_WITH_TIME.fullmatch(cell)
    return found[1] if found else cell


def taken_away(actor: Actor, kind: str) -> list[Attribute]:
    """The attributes that an export tells this reader."""
    return seen_by(actor, attributes_of(HOLDERS[kind]))


def cells_of(attributes: Sequence[Attribute], rows: Sequence[Company | Contact]) -> Iterator[list[object]]:
    """The cells of each row, as an import reads them; employees and files are looked up once for all rows."""
    told = iter(shown((each, row.attributes) for row in rows for each in attributes))
    for _row in rows:
        yield [_cell(next(told)) for _each in attributes]


def _cell(each: Shown) -> object:
    if not each.says_something:
        return ""
    if each.attribute.kind in {Kind.NUMBER, Kind.DATE}:
        return each.value
    if each.attribute.kind == Kind.MULTIPLE:
        return "; ".join(option_name(each.attribute, code) for code in each.value)
    return each.text

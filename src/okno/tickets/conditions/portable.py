"""Conditions outside of the installation: rows are named by addresses and names instead of ids, and found again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from okno.core.faults import Invalid
from okno.tickets.conditions.checking import BadCondition, load, parse
from okno.tickets.conditions.fields import FIELDS
from okno.tickets.conditions.rules.tree import Condition, Value
from okno.tickets.conditions.sources import References
from okno.tickets.conditions.wording import describe

ORDER = ("version", "mode", "field", "operator", "values", "zone", "parts")
Translate = Callable[[References[Any], Value], Value]


def to_portable(stored: Mapping[str, Any]) -> dict[str, Any]:
    """A stored condition without ids; a row that is gone stays the number that it was."""
    return _sorted(_translated(stored, lambda source, value: source.called(value)))


def from_portable(written: Mapping[str, Any], place: str = "condition") -> Condition:
    """The condition of a file, checked as one that somebody wrote; ``Invalid`` at the place says what is wrong."""
    try:
        return parse(_translated(written, _found))
    except BadCondition as bad:
        raise Invalid({place: list(dict.fromkeys(words for _place, words in bad.problems))}) from bad


def in_words(written: Mapping[str, Any]) -> str:
    """A condition of a file as a sentence, as far as what it names is here."""

    def found_or_kept(source: References[Any], value: Value) -> Value:
        try:
            return _found(source, value)
        except Invalid:
            return value

    try:
        return describe(load(_translated(written, found_or_kept)))
    except BadCondition as bad:
        return bad.message


def _found(source: References[Any], value: Value) -> Value:
    found = source.find(value) if isinstance(value, str) else None
    if found is None:
        raise Invalid({"condition": [_("“%(value)s” is not here, or not the only one.") % {"value": value}]})
    return found


def _sorted(part: Mapping[str, Any]) -> dict[str, Any]:
    """In the order in which people read it, whatever the order in the database."""
    known = {name: part[name] for name in ORDER if name in part}
    if isinstance(parts := known.get("parts"), list):
        known["parts"] = [_sorted(each) if isinstance(each, Mapping) else each for each in parts]
    return {**{name: value for name, value in part.items() if name not in known}, **known}


def _translated(part: Mapping[str, Any], translate: Translate) -> dict[str, Any]:
    """The same part, with the values that are ids translated; what has no such form is left for the check."""
    if isinstance(parts := part.get("parts"), list):
        return dict(part) | {
            "parts": [_translated(each, translate) if isinstance(each, Mapping) else each for each in parts]
        }
    field, values = FIELDS.get(str(part.get("field"))), part.get("values")
    if field is None or not isinstance(field.source, References) or not isinstance(values, list):
        return dict(part)
    source: References[Any] = field.source
    return dict(part) | {"values": [translate(source, value) for value in values]}

"""Request forms: which items are asked after what was answered, and what is wrong with the answers (F195).

A hidden item has no value: it is neither required nor kept, and what depends on it sees nothing. The same rule
stands in ``frontend/js/asked.js``; the browser hides by it, and the server decides by this one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from okno.fields.rules import Definition, Problem, Value, is_empty, read

BLANK = " \t\r\n\u00a0"
LONGEST_SECRET = 8_000
"""Characters of a password or a key."""


class ItemKind(StrEnum):
    """What an item of a form is."""

    QUESTION = "question"
    ATTRIBUTE = "attribute"
    HEADING = "heading"
    CREDENTIALS = "credentials"


class Check(StrEnum):
    """What is asked of an earlier item. ``IS`` of several values: one of them is this one."""

    IS = "is"
    ONE_OF = "one_of"
    FILLED = "filled"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True)
class When:
    """An item is shown when an earlier one passes the check, or with ``is_not`` when it does not."""

    item: str
    check: Check
    values: tuple[str, ...] = ()
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """An item as far as answers depend on it; ``definition`` is that of a question."""

    code: str
    kind: ItemKind
    definition: Definition | None = None
    is_required: bool = False
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answers in their stored form, what is wrong by item, and which items are not asked after all."""

    values: dict[str, Value] = field(default_factory=dict)
    problems: dict[str, Problem] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def texts_of(value: object) -> list[str]:
    """What was said, as texts to compare: without blanks around them, in small letters; a tick is ``yes``."""
    if isinstance(value, list | tuple):
        return [text for each in value for text in texts_of(each)]
    if isinstance(value, bool):
        return ["yes"] if value else []
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value).strip(BLANK).lower()
    return [text] if text else []


def holds(when: When, value: object) -> bool:
    """Whether the value of the earlier item lets the item be shown."""
    said = texts_of(value)
    if when.check in {Check.FILLED, Check.TICKED}:
        return bool(said) != when.is_not
    wanted = texts_of(list(when.values))
    return any(each in wanted for each in said) != when.is_not


def hidden_items(items: Iterable[Asked], given: Mapping[str, object]) -> frozenset[str]:
    """The items that are not asked. ``given`` is what was answered by the codes of items, as it was typed."""
    hidden: set[str] = set()
    seen: set[str] = set()
    for item in items:
        when = item.when
        if when is not None:
            is_known = when.item in seen and when.item not in hidden
            if not holds(when, given.get(when.item) if is_known else None):
                hidden.add(item.code)
        seen.add(item.code)
    return frozenset(hidden)


def verdict_of(
    items: Iterable[Asked], given: Mapping[str, object], not_known: Collection[str] = frozenset()
) -> Verdict:
    """What becomes of the answers. ``not_known``: required items that may stay empty, since nobody can say.

    Attributes are read by their own rules; here only one that the form requires is missed.
    """
    asked = list(items)
    hidden = hidden_items(asked, given)
    values: dict[str, Value] = {}
    problems: dict[str, Problem] = {}
    for item in asked:
        if item.code in hidden or item.kind is ItemKind.HEADING:
            continue
        raw = given.get(item.code)
        if is_empty(raw):
            if item.is_required and item.code not in not_known:
                problems[item.code] = Problem("missing")
        elif item.kind is ItemKind.CREDENTIALS:
            _take_secret(item.code, raw, values, problems)
        elif item.definition is not None and item.kind is ItemKind.QUESTION:
            found = read(item.definition, raw)
            if found.problem:
                problems[item.code] = found.problem
            elif found.value is not None:
                values[item.code] = found.value
    return Verdict(values, problems, hidden)


def _take_secret(code: str, raw: object, values: dict[str, Value], problems: dict[str, Problem]) -> None:
    if not isinstance(raw, str) or "\x00" in raw:
        problems[code] = Problem("text")
    elif len(raw) > LONGEST_SECRET:
        problems[code] = Problem("too_long", {"limit": LONGEST_SECRET})
    else:
        values[code] = raw

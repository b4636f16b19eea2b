"""Which columns an agent's list has, in which order (F77): those that Okno brings, and attributes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.fields.access import seen_by
from okno.fields.catalogue import attributes_of
from okno.fields.models import Attribute, Target, ValueFile
from okno.fields.persons import persons
from okno.fields.rules import Kind
from okno.fields.showing import text_of
from okno.tickets.filters import Line
from okno.workflow.catalogue import TYPES

BUILT_IN: dict[str, str | Promise] = {
    "status": _("Status"),
    "due": _("Deadline"),
    "channel": _("Channel"),
    "assignee": _("Assignee"),
    "news": _("News"),
    "type": _("Type"),
    "created": _("Registered"),
}
USUAL = ("status", "due", "channel", "assignee", "news")
"""The columns of whoever has chosen none; priority, number, subject and client always stand before them."""

PREFIX = "attribute."
LONGEST = 80
type Cells = tuple[tuple[str, str], ...]


def layout_of(actor: Actor, chosen: Sequence[str]) -> tuple[str, ...]:
    """The agent's columns, without those that he may not see any more."""
    if not chosen:
        return USUAL
    known = names_for(actor) if any(each.startswith(PREFIX) for each in chosen) else BUILT_IN
    return tuple(dict.fromkeys(each for each in chosen if each in known)) or USUAL


def names_for(actor: Actor) -> dict[str, str | Promise]:
    """Every column that the agent can choose."""
    return dict(BUILT_IN) | {PREFIX + each.code: each.name for each in _attributes(actor)}


def needs_more(layout: Sequence[str]) -> bool:
    """Whether the usual line of a ticket does not hold what these columns show."""
    return any(each == "type" or each.startswith(PREFIX) for each in layout)


def _attributes(actor: Actor) -> list[Attribute]:
    return seen_by(actor, attributes_of(Target.TICKET))


def cells_of(actor: Actor, lines: Sequence[Line], layout: Sequence[str]) -> list[Cells]:
    """What stands in the columns beyond the usual ones, line by line; employees and files are looked up once."""
    if not needs_more(layout):
        return [()] * len(lines)
    chosen = [each for each in _attributes(actor) if PREFIX + each.code in layout]
    values: list[dict[str, Any]] = [json.loads(line.attributes or "{}") for line in lines]
    names, files = _names(chosen, values), _files(chosen, values)
    made: list[Cells] = []
    for line, held in zip(lines, values, strict=True):
        kind = TYPES.of(line.type_id or 0)
        cells = [("type", kind.name)] if "type" in layout else []
        for each in chosen:
            value = held.get(each.code) if each.is_of_type(kind.code) else None
            text = "" if value is None else text_of(each, value, names, files)
            cells.append((PREFIX + each.code, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"))
        made.append(tuple(cells))
    return made


def _held(chosen: Sequence[Attribute], values: Sequence[Mapping[str, Any]], kind: Kind) -> set[Any]:
    codes = [each.code for each in chosen if each.kind == kind]
    return {held[code] for held in values for code in codes if held.get(code) is not None}


def _names(chosen: Sequence[Attribute], values: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    people = _held(chosen, values, Kind.PERSON)
    return persons().names(people) if people else {}


def _files(chosen: Sequence[Attribute], values: Sequence[Mapping[str, Any]]) -> dict[str, ValueFile]:
    tokens = _held(chosen, values, Kind.FILE)
    return {each.token: each for each in ValueFile.objects.filter(token__in=tokens)} if tokens else {}

"""Taking the values that somebody gives: checked against the definitions, the roles, and what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.fields import access
from okno.fields.catalogue import attributes_of
from okno.fields.models import Attribute
from okno.fields.operations.files import is_there
from okno.fields.persons import persons
from okno.fields.rules import Kind, read
from okno.fields.words import in_words

PREFIX = "attributes."
"""Before the code, where a mistake is told."""


@dataclass(frozen=True)
class Taken:
    """The values of a row after a change, and what changed: before and after by code."""

    values: dict[str, Any]
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changes)


def take(
    actor: Actor,
    target: str,
    present: Mapping[str, Any],
    given: Mapping[str, object],
    *,
    type_code: str | None = None,
    holder: int | None = None,
) -> Taken:
    """The values of a row with what is given; nothing or an empty text takes a value away.

    What the actor may not see does not exist for him; every mistake is told at ``attributes.CODE``.
    """
    offered = {each.code: each for each in access.seen_by(actor, attributes_of(target, type_code))}
    return _taken(actor, offered, present, given, holder, creating=False)


def take_new(
    actor: Actor,
    target: str,
    given: Mapping[str, object] | None,
    *,
    type_code: str | None = None,
    hidden: Collection[str] = frozenset(),
) -> Taken:
    """The values of a new row: what is given, and the defaults of what is not mentioned.

    ``None``: nobody was asked, as with a letter, so that nothing is missing either. Else what is required of a new
    row and not filled in is a mistake, where the actor could fill it in. ``hidden`` were not asked for after all:
    they are neither required nor kept.
    """
    known = [each for each in attributes_of(target, type_code) if each.code not in hidden]
    defaults = {each.code: each.default for each in known if each.default not in (None, [])}
    if given is None:
        return Taken(defaults, {code: {"before": None, "after": value} for code, value in defaults.items()})
    given = {code: value for code, value in given.items() if code not in hidden}
    offered = {each.code: each for each in access.seen_by(actor, known)}
    said = {**{code: value for code, value in defaults.items() if code not in given}, **given}
    unseen = {
        code: said.pop(code) for code in defaults if code not in given and not _may_fill(actor, offered, code)
    }
    taken = _taken(actor, offered, {}, said, None, creating=True)
    missing = [
        each
        for each in offered.values()
        if each.is_required and each.code not in taken.values and access.may_change(actor, each, creating=True)
    ]
    if missing:
        raise Invalid({PREFIX + each.code: [_("Fill this in.")] for each in missing})
    return Taken(taken.values | unseen, taken.changes, taken.tokens)


def _may_fill(actor: Actor, offered: Mapping[str, Attribute], code: str) -> bool:
    return code in offered and access.may_change(actor, offered[code], creating=True)


def _taken(
    actor: Actor,
    offered: Mapping[str, Attribute],
    present: Mapping[str, Any],
    given: Mapping[str, object],
    holder: int | None,
    *,
    creating: bool,
) -> Taken:
    problems: dict[str, list[str]] = {}
    values, changes, tokens = dict(present), {}, []
    for code, raw in given.items():
        attribute = offered.get(code)
        if attribute is None:
            problems[PREFIX + code] = [_("There is no such attribute.")]
            continue
        before = present.get(code)
        found = read(attribute.definition, raw, _codes(before))
        if found.problem:
            problems[PREFIX + code] = [in_words(found.problem)]
        elif found.value == before and type(found.value) is type(before):
            continue
        elif not access.may_change(actor, attribute, creating=creating):
            problems[PREFIX + code] = [_("Your role sees this and does not change it.")]
        elif refusal := _not_there(actor, attribute, found.value, holder):
            problems[PREFIX + code] = [refusal]
        else:
            changes[code] = {"before": before, "after": found.value}
            values.pop(code, None)
            if found.value is not None:
                values[code] = found.value
                tokens += [str(found.value)] if attribute.kind == Kind.FILE else []
    if problems:
        raise Invalid(problems)
    return Taken(values, changes, tokens)


def _codes(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _not_there(actor: Actor, attribute: Attribute, value: Any, holder: int | None) -> str:
    """Why a person or a file cannot be the value, or nothing."""
    if value is not None and attribute.kind == Kind.PERSON:
        return "" if value in dict(persons().offered()) else _("Choose one of the offered values.")
    if value is not None and attribute.kind == Kind.FILE and not is_there(actor, attribute, value, holder):
        return _("There is no such file. Send it again.")
    return ""

"""Attributes as a form asks for them: what is drawn, and what comes back. Every face that asks uses these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.fields.access import may_change
from okno.fields.models import Attribute, ValueFile
from okno.fields.persons import persons
from okno.fields.rules import Kind
from okno.fields.showing import name_of, text_of
from okno.fields.values import PREFIX

NAME = "attribute-"
ASKED = "attribute-asked"
"""Which attributes a form asked for: a box without a tick, or a list without a choice, sends nothing of its own."""


class Sent(Protocol):
    """What a browser sent, such as ``request.POST``."""

    def getlist(self, key: str) -> list[Any]: ...
    def __contains__(self, key: object) -> bool: ...
    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True)
class Input:
    """An attribute that is asked for: ``value`` as it was typed or stored, ``text`` for one that is only shown.

    ``must``: the form in which it stands requires it, whatever the attribute says itself.
    """

    attribute: Attribute
    value: Any
    text: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    file: ValueFile | None = None
    can_change: bool = True
    stem: str = NAME
    must: bool = False

    @property
    def name(self) -> str:
        """What it is called in the form."""
        return self.stem + self.attribute.code

    @property
    def is_required(self) -> bool:
        """Whether a new row cannot be registered without it."""
        return self.must or bool(self.attribute.is_required)


def inputs_of(
    actor: Actor,
    attributes: Iterable[Attribute],
    values: Mapping[str, Any],
    errors: Mapping[str, list[str]] | None = None,
    *,
    creating: bool = False,
    stem: str = NAME,
) -> list[Input]:
    """What a form asks, in order; those that the actor only sees are shown as they are.

    Another ``stem`` is for questions of a form that are no attributes: whoever is asked may answer them.
    """
    known = list(attributes)
    people = persons().offered() if any(each.kind == Kind.PERSON for each in known) else []
    tokens = [str(values.get(each.code)) for each in known if each.kind == Kind.FILE and values.get(each.code)]
    files = {each.token: each for each in ValueFile.objects.filter(token__in=tokens)} if tokens else {}
    made = []
    for each in known:
        value, can_change = values.get(each.code), stem != NAME or may_change(actor, each, creating=creating)
        made.append(
            Input(
                attribute=each,
                value=value,
                text="" if can_change else text_of(each, value, dict(people), files),
                choices=_choices(each, value, people),
                errors=(errors or {}).get(each.code, []),
                file=files.get(str(value)),
                can_change=can_change,
                stem=stem,
            )
        )
    return made


def _choices(attribute: Attribute, value: Any, people: list[tuple[int, str]]) -> list[tuple[str, str]]:
    if attribute.kind == Kind.PERSON:
        offered = [(str(pk), name) for pk, name in people]
        gone = value and str(value) not in dict(offered)
        return [*offered, (str(value), persons().names([int(value)]).get(int(value), ""))] if gone else offered
    kept = value if isinstance(value, list) else [value]
    options = attribute.definition.options
    return [(each.code, name_of(each)) for each in options if each.is_active or each.code in kept]


def given_of(sent: Sent, attributes: Iterable[Attribute]) -> dict[str, object]:
    """What a form sent for the attributes that it asked for."""
    asked = set(sent.getlist(ASKED))
    return typed_of(sent, [each for each in attributes if each.code in asked])


def last_of(sent: Sent, name: str) -> str:
    """What was sent under a name; an empty text where nothing was."""
    values = sent.getlist(name)
    return str(values[-1]) if values else ""


def typed_of(sent: Sent, attributes: Iterable[Attribute], stem: str = NAME) -> dict[str, object]:
    """What was typed for attributes, whether or not they were asked for at last."""
    found: dict[str, object] = {}
    for each in attributes:
        name = stem + each.code
        if each.kind == Kind.MULTIPLE:
            found[each.code] = sent.getlist(name)
        elif each.kind == Kind.CHECKBOX:
            found[each.code] = bool(last_of(sent, name))
        else:
            found[each.code] = last_of(sent, name)
    return found


def split_errors(invalid: Invalid) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The mistakes of attributes by their codes, and the others by their fields."""
    of_attributes = {
        name.removeprefix(PREFIX): messages for name, messages in invalid.fields.items() if name.startswith(PREFIX)
    }
    return of_attributes, {name: each for name, each in invalid.fields.items() if not name.startswith(PREFIX)}

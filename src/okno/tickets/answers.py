"""Answers to a request form: taken when a ticket is registered, and read by whoever shows them (F195).

A ticket keeps them as they were asked, so that another form tomorrow changes nothing of them: each with its labels
by language, what it holds, the value in its stored form, and the names of chosen options. Attributes go to the
attributes of the ticket, secrets where no reader of tickets comes by them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.core.named import said_in
from okno.fields.models import Attribute
from okno.fields.rules import Kind, Value
from okno.fields.showing import text_of
from okno.fields.values import PREFIX as OF_ATTRIBUTES
from okno.fields.words import in_words
from okno.tickets.models import Ticket
from okno.workflow.asking import items_for
from okno.workflow.items import Item
from okno.workflow.models import RequestForm
from okno.workflow.rules import ItemKind, verdict_of

PREFIX = "answers."
"""Before the code of an item, where a mistake is told."""
LONGEST_SEARCHED = 20_000
"""Characters of a ticket's answers by which search finds it: they leave the room to the conversation."""


@dataclass(frozen=True)
class Taken:
    """What is kept of the answers: ``stored`` with the ticket, ``secrets`` (label and value) apart from it.

    ``hidden`` are codes of attributes that the form did not ask for after all: neither required nor kept.
    """

    stored: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[tuple[str, str]] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()
    problems: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What somebody gave: answers by the codes of items, attributes by theirs, and what nobody could say."""

    answers: Mapping[str, object]
    attributes: Mapping[str, object] = field(default_factory=dict)
    not_known: Collection[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """An answer in the words of the reader. ``text`` is empty where nobody could say (``is_unknown``)."""

    label: str
    text: str
    is_unknown: bool = False


def take_answers(
    actor: Actor,
    form: RequestForm | None,
    type_code: str,
    given: Said,
) -> Taken:
    """The answers by the codes of items, checked by the form; mistakes are told at ``answers.CODE``.

    Only an employee may say of a required answer that it is not known: he asks it of somebody on the telephone.
    """
    items = items_for(actor, form.asked, type_code) if form else []
    known = {item.code for item in items if item.kind in {ItemKind.QUESTION, ItemKind.CREDENTIALS}}
    problems = {PREFIX + code: [_("The form has no such question.")] for code in given.answers if code not in known}
    said = values_for_conditions(items, given.answers, given.attributes)
    skipped = set(given.not_known) if actor.is_agent else set()
    verdict = verdict_of([item.as_asked() for item in items], said, skipped)
    problems |= {_place(items, code): [in_words(problem)] for code, problem in verdict.problems.items()}
    visible = [item for item in items if item.code not in verdict.hidden]
    values = verdict.values
    return Taken(
        stored=[
            _stored(item, values.get(item.code))
            for item in visible
            if item.kind is ItemKind.QUESTION and (item.code in values or item.code in skipped)
        ],
        secrets=[
            (item.label, str(values[item.code]))
            for item in visible
            if item.kind is ItemKind.CREDENTIALS and item.code in values
        ],
        hidden=frozenset(item.attribute for item in items if item.code in verdict.hidden and item.attribute),
        problems=problems,
    )


def values_for_conditions(
    items: Iterable[Item], given: Mapping[str, object], attributes: Mapping[str, object]
) -> dict[str, object]:
    """What was said by the codes of items; an attribute that is not mentioned has its default."""
    return {
        item.code: (
            attributes.get(item.attribute, item.field().default) if item.attribute else given.get(item.code)
        )
        for item in items
    }


def answers_of(ticket: Ticket) -> list[Answer]:
    """The answers of a ticket in the language of the reader, in the order in which they were asked."""
    return [
        Answer(said_in(each.get("labels", {})), _text(each), each.get("value") is None) for each in ticket.answers
    ]


def words_of(ticket: Ticket) -> list[str]:
    """The words by which search finds the ticket: what was written, and what was chosen by its names."""
    found: list[str] = []
    for each in ticket.answers:
        options = each.get("options", {})
        if options:
            found += [name for names in options.values() for name in names.values()]
        elif isinstance(each.get("value"), str):
            found.append(each["value"])
    left, kept = LONGEST_SEARCHED, []
    for words in dict.fromkeys(found):
        kept.append(words[:left])
        left -= len(kept[-1])
        if not left:
            break
    return kept


def merged(*faults: Mapping[str, list[str]]) -> None:
    """Refuses with every mistake of several checks at once, where there is any."""
    problems = {name: messages for fault in faults for name, messages in fault.items()}
    if problems:
        raise Invalid(problems)


def _place(items: Iterable[Item], code: str) -> str:
    """Where the mistake is told: at the attribute, where the item asks for one."""
    item = next(each for each in items if each.code == code)
    return OF_ATTRIBUTES + item.attribute if item.attribute else PREFIX + code


def _stored(item: Item, value: Value) -> dict[str, Any]:
    said: dict[str, Any] = {
        "code": item.code,
        "kind": item.holds.value,
        "labels": dict(item.labels),
        "value": value,
    }
    chosen = value if isinstance(value, list) else [value]
    options = {each.code: dict(each.names) for each in item.options if each.code in chosen}
    return said | ({"options": options} if options else {})


def _text(stored: Mapping[str, Any]) -> str:
    value, kind = stored.get("value"), stored.get("kind", Kind.LINE)
    if value is None:
        return ""
    options = [{"code": code, "names": names} for code, names in stored.get("options", {}).items()]
    return text_of(Attribute(code=stored["code"], kind=kind, options=options), value, {})

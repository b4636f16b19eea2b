"""What a face asks of whoever registers a ticket: the request form and the attributes that are not in it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.fields.inputs import NAME, Input, Sent, inputs_of, typed_of
from okno.fields.models import Attribute
from okno.fields.values import PREFIX as OF_ATTRIBUTES
from okno.tickets.answers import PREFIX as OF_ANSWERS
from okno.tickets.answers import values_for_conditions
from okno.tickets.attributes import asked_of_new
from okno.workflow.asking import Topic, form_for, items_for
from okno.workflow.items import Item
from okno.workflow.models import RequestForm
from okno.workflow.rules import ItemKind, When, hidden_items

STEM, SECRET, UNKNOWN = "answer-", "secret-", "unknown-"
"""Before the names of inputs; the number of the form follows, so that each form has answers of its own.

Passwords have a stem of their own: what is typed as one is never taken for an ordinary answer, nor drawn again.
"""


@dataclass(frozen=True)
class Part:
    """An item of the form as it is drawn; ``input`` is where it is answered. An attribute outside has no item."""

    item: Item | None
    input: Input | None
    is_hidden: bool = False
    is_unknown: bool = False

    @property
    def can_skip(self) -> bool:
        """Whether an employee may say that nobody knows it: what only the form requires."""
        if self.item is None or self.input is None or not self.item.is_required:
            return False
        return not (self.item.attribute and self.input.attribute.is_required)

    @property
    def when(self) -> str:
        """The condition for the browser, which hides by the same rule."""
        return told(self.item.when) if self.item and self.item.when else ""

    @property
    def errors(self) -> list[str]:
        """What is wrong with it."""
        return self.input.errors if self.input else []


def told(when: When) -> str:
    """A condition as the browser reads it."""
    return json.dumps(
        {"item": when.item, "check": when.check.value, "values": list(when.values), "is_not": when.is_not}
    )


def typed_again() -> str:
    """Why the field of a password is empty, though one was typed."""
    return _("Type it once more: a password is never sent back to the page.")


@dataclass
class Questions:
    """What is asked about a topic, and what of it came back.

    ``sent`` is what a browser sent, if anything; ``wrong`` are the mistakes of the operation by their places.
    """

    actor: Actor
    topic: Topic
    sent: Sent | None = None
    wrong: Mapping[str, list[str]] = field(default_factory=dict)

    @cached_property
    def form(self) -> RequestForm | None:
        """The form of the topic."""
        return form_for(self.topic)

    @cached_property
    def items(self) -> list[Item]:
        """What the actor is asked of it."""
        return items_for(self.actor, self.form.asked, self.topic.type) if self.form else []

    @cached_property
    def attributes(self) -> list[Attribute]:
        """Every attribute that the actor fills in, within the form or outside it."""
        return asked_of_new(self.actor, self.topic.type)

    @cached_property
    def stem(self) -> str:
        """Before the names of the inputs of the form's own items."""
        return f"{STEM}{self.form.pk}-" if self.form else STEM

    @cached_property
    def own(self) -> list[Attribute]:
        """The form's own questions, as inputs know them."""
        return [item.field() for item in self.items if item.kind is ItemKind.QUESTION]

    @cached_property
    def secret_stem(self) -> str:
        """The same for passwords and keys."""
        return f"{SECRET}{self.form.pk}-" if self.form else SECRET

    @cached_property
    def secrets(self) -> list[Attribute]:
        """The form's items that ask for a password or a key."""
        return [item.field() for item in self.items if item.kind is ItemKind.CREDENTIALS]

    @cached_property
    def answers(self) -> dict[str, object]:
        """What was answered by the codes of items, as the operation takes it."""
        return self._sent(self.own, self.stem) | self._sent(self.secrets, self.secret_stem)

    @cached_property
    def values(self) -> dict[str, object]:
        """What was given for attributes, by their codes."""
        return self._sent(self.attributes, NAME)

    @property
    def bind_to_one(self) -> bool:
        """Whether what is asked holds several requests together: a part is required, or asks for a password."""
        return any(item.is_required or item.kind is ItemKind.CREDENTIALS for item in self.items) or any(
            each.is_required for each in self.attributes
        )

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed for the form and the attributes, as another form carries it out of sight: no passwords."""
        if self.sent is None:
            return []
        names = [str(name) for name in self.sent if str(name).startswith((STEM, NAME))]
        return [(name, str(value)) for name in names for value in self.sent.getlist(name)]

    @property
    def skip(self) -> str:
        """Under which name an employee says that an item is not known; none where there is no form."""
        return f"{UNKNOWN}{self.form.pk}" if self.form and self.actor.is_agent else ""

    @cached_property
    def not_known(self) -> frozenset[str]:
        """The items of which an employee said that nobody can answer them."""
        if self.sent is None or not self.skip:
            return frozenset()
        return frozenset(str(code) for code in self.sent.getlist(self.skip))

    @property
    def given(self) -> dict[str, Any]:
        """The fields of ``NewTicket`` that all this fills."""
        return {"attributes": self.values, "answers": self.answers, "not_known": self.not_known}

    @cached_property
    def parts(self) -> list[Part]:
        """Everything in its order: the form, then attributes that are not in it."""
        asked = [item.as_asked() for item in self.items]
        hidden = hidden_items(asked, values_for_conditions(self.items, self.answers, self.values))
        mine = self._inputs(self.own, self.stem, self.answers, OF_ANSWERS)
        mine |= self._inputs(self.secrets, self.secret_stem, {}, OF_ANSWERS)
        defaults = {each.code: each.default for each in self.attributes}
        others = self._inputs(self.attributes, NAME, defaults | self.values, OF_ATTRIBUTES)
        found = []
        for item in self.items:
            drawn = others.pop(item.attribute, None) if item.attribute else mine.get(item.code)
            drawn = replace(drawn, must=True) if drawn and item.is_required else drawn
            if drawn and self._is_typed_again(item, hidden) and not drawn.errors:
                drawn = replace(drawn, errors=[typed_again()])
            found.append(Part(item, drawn, item.code in hidden, item.code in self.not_known))
        return found + [Part(None, each) for each in others.values()]

    @property
    def wrong_parts(self) -> list[Part]:
        """Those at which something is wrong."""
        return [part for part in self.parts if part.errors]

    @property
    def other_mistakes(self) -> dict[str, list[str]]:
        """The mistakes that belong to fields beside these, or to questions that are asked no more."""
        places = {OF_ANSWERS + each.code for each in (*self.own, *self.secrets)} | {
            OF_ATTRIBUTES + each.code for each in self.attributes
        }
        return {name: each for name, each in self.wrong.items() if name not in places}

    @property
    def typed_others(self) -> list[tuple[str, str]]:
        """What was typed for another type or service; it waits out of sight, in case one goes back."""
        if self.sent is None:
            return []
        shown = {self.stem + each.code for each in self.own} | {NAME + each.code for each in self.attributes}
        names = [str(name) for name in self.sent if str(name).startswith((STEM, NAME, UNKNOWN))]
        return [
            (name, str(value))
            for name in names
            if name not in shown and name != self.skip and not name.endswith("-asked")
            for value in self.sent.getlist(name)
            if value
        ]

    def _is_typed_again(self, item: Item, hidden: Container[str]) -> bool:
        """Whether a password came that the page, drawn anew, does not bring back."""
        is_secret = item.kind is ItemKind.CREDENTIALS and item.code not in hidden
        return is_secret and bool(self.answers.get(item.code))

    def _sent(self, fields: Iterable[Attribute], stem: str) -> dict[str, object]:
        if self.sent is None:
            return {}
        asked = {str(code) for code in self.sent.getlist(f"{stem}asked")}
        return typed_of(self.sent, [each for each in fields if each.code in asked], stem)

    def _inputs(
        self, fields: list[Attribute], stem: str, values: Mapping[str, Any], prefix: str
    ) -> dict[str, Input]:
        errors = {name.removeprefix(prefix): each for name, each in self.wrong.items() if name.startswith(prefix)}
        drawn = inputs_of(self.actor, fields, values, errors, creating=True, stem=stem)
        return {each.attribute.code: each for each in drawn}

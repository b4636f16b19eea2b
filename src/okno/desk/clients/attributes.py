"""Attributes of companies and contacts: asked for in their forms, shown on their cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from okno.core.actor import Actor
from okno.desk.tickets.values import told
from okno.fields.access import may_change, seen_by
from okno.fields.catalogue import attributes_of
from okno.fields.inputs import Input, Sent, given_of, inputs_of
from okno.people.attributes import TARGETS, Client, visible_values


class AskedAttributes:
    """What a form asks of a client's attributes, what was sent for them, and what is wrong with it."""

    def __init__(self, actor: Actor, model: type[Client], sent: Sent | None, row: Client | None) -> None:
        self._actor, self._sent, self._row = actor, sent, row
        known = seen_by(actor, attributes_of(TARGETS[model]))
        self._known = known if row else [each for each in known if may_change(actor, each, creating=True)]
        self.errors: dict[str, list[str]] = {}

    @property
    def given(self) -> dict[str, object]:
        """What was sent for those that were asked for."""
        return given_of(self._sent, self._known) if self._sent is not None else {}

    @property
    def inputs(self) -> list[Input]:
        """What is drawn: as it was typed, else as it is, else what a new client begins with."""
        present: Mapping[str, Any] = self._row.attributes if self._row else self._defaults()
        values = {**present, **self.given}
        return inputs_of(self._actor, self._known, values, self.errors, creating=self._row is None)

    def _defaults(self) -> dict[str, Any]:
        return {each.code: each.default for each in self._known}


def shown_of(actor: Actor, row: Client) -> dict[str, Any]:
    """What a card shows: the attributes that say something, and whether there are any at all."""
    return told(visible_values(actor, row))

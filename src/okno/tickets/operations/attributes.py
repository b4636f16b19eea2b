"""Changing the values of a ticket's attributes."""

from __future__ import annotations

from collections.abc import Mapping

from okno.core import events
from okno.core.actor import Actor
from okno.fields.models import Target
from okno.fields.operations.files import take_files
from okno.fields.values import take
from okno.tickets import events as kinds
from okno.tickets.models import Ticket
from okno.tickets.operations.change import changing


def set_attributes(
    actor: Actor, ticket: Ticket, given: Mapping[str, object], *, expected_version: int | None = None
) -> Ticket:
    """Sets the given attributes, all or none; an empty value takes one away, what is not mentioned stays.

    Each asks for a role that may change it, beside the right to edit the ticket. Mistakes stand at
    ``attributes.CODE``.
    """
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        taken = take(
            actor,
            Target.TICKET,
            locked.attributes,
            given,
            type_code=locked.type.code,
            holder=locked.pk,
        )
        if taken:
            locked.attributes = taken.values
            take_files(actor, taken.tokens, locked.pk)
            events.record(actor, kinds.ATTRIBUTES_CHANGED, locked, {"changes": taken.changes})
    return locked

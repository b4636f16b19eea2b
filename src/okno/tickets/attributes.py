"""Attributes of tickets: whose values a reader sees, in the ticket and in its history."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.models import Event
from okno.fields.access import is_for_everybody, may_change, may_see, seen_by
from okno.fields.catalogue import attribute_of, attributes_of
from okno.fields.models import Attribute, Target, ValueFile
from okno.fields.showing import Shown, shown
from okno.fields.targets import Table, register_table
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Ticket
from okno.workflow.catalogue import TYPES

SEARCHED = frozenset({Attribute.Kind.LINE, Attribute.Kind.TEXT})


def attributes_for(actor: Actor, type_code: str) -> list[Attribute]:
    """The attributes of tickets of this type that the actor may see, in their order."""
    return seen_by(actor, attributes_of(Target.TICKET, type_code))


def asked_of_new(actor: Actor, type_code: str) -> list[Attribute]:
    """The attributes that the actor fills in when a ticket of this type is registered."""
    known = attributes_of(Target.TICKET, type_code)
    return [each for each in known if may_see(actor, each) and may_change(actor, each, creating=True)]


def visible_values(actor: Actor, ticket: Ticket) -> list[Shown]:
    """The attributes of a ticket that the actor sees, with their values in words (T20).

    The actor sees the ticket: it was read through ``access``. Pages, letters, exports and files for clients read
    attributes from here and from nowhere else.
    """
    return shown((each, ticket.attributes) for each in attributes_for(actor, ticket.type.code))


def raw_values(actor: Actor, ticket: Ticket) -> dict[str, Any]:
    """The values in their stored form by code, without those that the actor may not see."""
    return {each.code: ticket.attributes.get(each.code) for each in attributes_for(actor, ticket.type.code)}


def history_for(actor: Actor, events: Iterable[Event]) -> list[Event]:
    """The events as the actor may read them: without values of attributes that he may not see."""
    found = []
    for event in events:
        if event.kind != kinds.ATTRIBUTES_CHANGED:
            found.append(event)
            continue
        changes = event.data.get("changes", {})
        seen = {code: change for code, change in changes.items() if _may_read(actor, code)}
        if seen:
            shown_event = copy(event)
            shown_event.data = {**event.data, "changes": seen}
            found.append(shown_event)
    return found


def _may_read(actor: Actor, code: str) -> bool:
    """Of a deleted attribute nobody knows any more who might see it, so nobody does."""
    attribute = attribute_of(Target.TICKET, code)
    return attribute is not None and may_see(actor, attribute)


def searched_values(ticket: Ticket) -> list[str]:
    """The texts by which search finds the ticket: of attributes that every employee sees, whatever the role.

    The words of a ticket are the same for all who search it, so what some may not see must not be among them.
    """
    known = attributes_of(Target.TICKET, TYPES.of(ticket.type_id).code)
    texts = [each.code for each in known if each.kind in SEARCHED and is_for_everybody(each)]
    return [str(ticket.attributes[code]) for code in texts if code in ticket.attributes]


def file_for(actor: Actor, token: str) -> ValueFile | None:
    """The file of this token where the actor sees the row and the attribute whose value it is."""
    found = ValueFile.objects.select_related("attribute", "file").filter(token=token, holder__isnull=False).first()
    if found is None or not may_see(actor, found.attribute):
        return None
    rows: dict[str, Any] = {
        Target.TICKET: access.visible_to,
        Target.COMPANY: companies_visible_to,
        Target.CONTACT: contacts_visible_to,
    }
    held = rows[found.attribute.target](actor).filter(pk=found.holder).first()
    return found if held is not None and held.attributes.get(found.attribute.code) == token else None


def _name_of(ticket: Ticket) -> str:
    return str(ticket)


register_table(Target.TICKET, Table(Ticket, _("Tickets"), _name_of))

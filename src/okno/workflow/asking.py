"""Which request form is asked, and which of its items somebody is asked (F6, F195)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from okno.core.actor import Actor
from okno.fields.access import may_change, may_see
from okno.workflow.catalogue import FORMS, MOST_LEVELS, SERVICES
from okno.workflow.items import Item
from okno.workflow.models import RequestForm, Service
from okno.workflow.rules import ItemKind


@dataclass(frozen=True)
class Topic:
    """What a new ticket is: its type by code, and the service that it is about with those above it, by codes."""

    type: str
    services: tuple[str, ...] = ()


def topic_of(type_code: str, service: Service | None) -> Topic:
    """The topic of a ticket of this type about this service."""
    codes: list[str] = []
    above = service
    while above is not None and len(codes) < MOST_LEVELS:
        codes.append(above.code)
        above = SERVICES.by_id(above.parent_id)
    return Topic(type_code, tuple(codes))


def is_for(form: RequestForm, topic: Topic) -> bool:
    """Whether the form is for such tickets, whether or not it is switched on."""
    fits_type = not form.types or topic.type in form.types
    return fits_type and (not form.services or any(code in form.services for code in topic.services))


def form_for(topic: Topic) -> RequestForm | None:
    """The form that is asked: the first that is switched on and fits."""
    return next((each for each in FORMS.active() if is_for(each, topic)), None)


def items_for(actor: Actor, items: Iterable[Item], type_code: str | None) -> list[Item]:
    """The items that the actor is asked, of any type without one: attributes only where he fills them in (T20)."""
    return [item for item in items if item.kind is not ItemKind.ATTRIBUTE or _may_fill(actor, item, type_code)]


def _may_fill(actor: Actor, item: Item, type_code: str | None) -> bool:
    found = item.of_installation
    if found is None or not found.is_of_type(type_code):
        return False
    return may_see(actor, found) and may_change(actor, found, creating=True)

"""Attributes that belong to a type of tickets: known before the type is deleted, and given its replacement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.uses import Holder, register_holder
from okno.fields.catalogue import ATTRIBUTES
from okno.fields.models import Attribute
from okno.workflow.models import TicketType


def _find(kind: TicketType) -> tuple[int, list[str]]:
    found = Attribute.objects.filter(types__contains=[kind.code])
    return len(found), [row.name for row in found]


def _replace(actor: Actor, kind: TicketType, other: TicketType) -> None:
    for row in Attribute.objects.select_for_update().filter(types__contains=[kind.code]).order_by("pk"):
        row.types = sorted({other.code, *row.types} - {kind.code})
        row.save(update_fields=["types"])
    ATTRIBUTES.forget()


register_holder(TicketType, Holder(_("Attributes"), _find, _replace))

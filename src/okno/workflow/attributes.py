"""Attributes and request forms that name types and services: known before these are deleted, and given others."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.named import Named
from okno.core.uses import Holder, register_holder
from okno.fields.catalogue import ATTRIBUTES
from okno.fields.models import Attribute
from okno.fields.targets import register_holder as register_attribute_holder
from okno.workflow.catalogue import FORMS
from okno.workflow.models import RequestForm, Service, TicketType
from okno.workflow.rules import ItemKind


def _find(kind: TicketType) -> tuple[int, list[str]]:
    found = Attribute.objects.filter(types__contains=[kind.code])
    return len(found), [row.name for row in found]


def _replace(actor: Actor, kind: TicketType, other: TicketType) -> None:
    for row in Attribute.objects.select_for_update().filter(types__contains=[kind.code]).order_by("pk"):
        row.types = sorted({other.code, *row.types} - {kind.code})
        row.save(update_fields=["types"])
    ATTRIBUTES.forget()


def _forms_for(column: str) -> Holder:
    """The forms that name a row in a column of codes."""

    def find(row: Named) -> tuple[int, list[str]]:
        found = RequestForm.objects.filter(**{f"{column}__contains": [row.code]})
        return len(found), [form.name for form in found]

    def replace(actor: Actor, row: Named, other: Named) -> None:
        named = RequestForm.objects.select_for_update().filter(**{f"{column}__contains": [row.code]})
        for form in named.order_by("pk"):
            setattr(form, column, sorted({other.code, *getattr(form, column)} - {row.code}))
            form.save(update_fields=[column])
        FORMS.forget()

    return Holder(_("Request forms"), find, replace)


def _forms_asking(attribute: Attribute, option: str) -> list[str]:
    """Forms that ask for the attribute, or that show something when it has this value."""
    found = []
    for form in RequestForm.objects.all():
        mine = {
            each.code for each in form.asked if each.kind is ItemKind.ATTRIBUTE and each.attribute == attribute.code
        }
        on_option = (each.when for each in form.asked if each.when and each.when.item in mine)
        if mine and (not option or any(option in when.values for when in on_option)):
            found.append(form.name)
    return found


register_holder(TicketType, Holder(_("Attributes"), _find, _replace))
register_holder(TicketType, _forms_for("types"))
register_holder(Service, _forms_for("services"))
register_attribute_holder(_("Request forms"), _forms_asking)

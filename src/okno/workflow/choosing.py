"""What a new ticket is about as choices of a form: services in their tree, levels of impact and the like."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named
from okno.workflow.catalogue import SERVICES, service_tree
from okno.workflow.models import Service

NO_SERVICE, NOT_SAID = _("No service"), _("Not said")
INDENT = "\u2003"


class ServiceField(forms.TypedChoiceField):
    """One of the services that are offered, or none; those under another stand below it, indented.

    ``present`` is the service that the ticket has: it stays among the choices although it is offered no longer.
    ``nothing`` is how no service at all is called.
    """

    def __init__(self, *, present: int | None = None, nothing: str | Promise = NO_SERVICE, **named: Any) -> None:
        named.setdefault("label", _("Service"))
        named.setdefault("required", False)
        super().__init__(coerce=_service, empty_value=None, choices=lambda: _choices(present, nothing), **named)


def _choices(present: int | None, nothing: str | Promise) -> list[tuple[str, str]]:
    found = [(str(row.pk), f"{INDENT * depth}{row.name}") for depth, row in service_tree()]
    if present is not None and str(present) not in dict(found):
        found.insert(0, (str(present), SERVICES.of(present).name))
    return [("", str(nothing)), *found]


def _service(value: str) -> Service:
    return SERVICES.of(int(value))


def services_offered() -> list[Service]:
    """The services that can be chosen, in the order of the tree."""
    return [row for _depth, row in service_tree()]


def level_field(model: type[Named], **named: Any) -> forms.ModelChoiceField[Any]:
    """A row of a small catalogue that is switched on, by its code; or none."""
    named.setdefault("empty_label", NOT_SAID)
    rows = model._default_manager.filter(is_active=True)
    return forms.ModelChoiceField(rows, to_field_name="code", required=False, **named)

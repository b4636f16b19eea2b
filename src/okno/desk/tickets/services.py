"""The tree of services as a choice of a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okno.workflow.catalogue import SERVICES, service_tree
from okno.workflow.models import Service

INDENT = "\u2003"


class ServiceField(forms.TypedChoiceField):
    """One of the services that are offered, or none; those under another stand below it, indented.

    ``present`` is the service that the ticket has: it stays among the choices although it is offered no longer.
    """

    def __init__(self, *, present: int | None = None, **named: Any) -> None:
        named.setdefault("label", _("Service"))
        named.setdefault("required", False)
        super().__init__(coerce=_service, empty_value=None, choices=lambda: _choices(present), **named)


def _choices(present: int | None) -> list[tuple[str, str]]:
    found = [(str(row.pk), f"{INDENT * depth}{row.name}") for depth, row in service_tree()]
    if present is not None and str(present) not in dict(found):
        found.insert(0, (str(present), SERVICES.of(present).name))
    return [("", str(_("No service"))), *found]


def _service(value: str) -> Service:
    return SERVICES.of(int(value))

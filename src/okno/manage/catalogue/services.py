"""The pages of the tree of services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.manage.rows.kind import Group, Kind, Words
from okno.manage.rows.names import NamesForm
from okno.manage.rows.pages import Pages
from okno.workflow.models import Service
from okno.workflow.operations.services import (
    ServiceFacts,
    change_service,
    create_service,
    delete_service,
    reorder_services,
    switch_service,
)


@dataclass
class Node:
    """A service with those under it."""

    row: Service
    below: list[Node] = field(default_factory=list)


def tree() -> list[Node]:
    """All services, those that are switched off as well, in their order."""
    nodes = {row.pk: Node(row) for row in Service.objects.order_by("position", "pk")}
    top: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.row.parent_id or 0)
        (parent.below if parent else top).append(node)
    return top


def flat(nodes: list[Node], without: int = 0, depth: int = 0) -> list[tuple[int, str]]:
    """Ids and indented names in the order of the tree; one service is left out with all that is under it."""
    found: list[tuple[int, str]] = []
    for node in nodes:
        if node.row.pk != without:
            found.append((node.row.pk, "\u2003" * depth + node.row.name))
            found += flat(node.below, without, depth + 1)
    return found


class ServiceForm(NamesForm):
    """What a service says."""

    parent = forms.ModelChoiceField(Service.objects.all(), label=_("Stands under"), required=False)

    def __init__(self, data: Any = None, *, row: Service | None = None) -> None:
        super().__init__(data, row=row, initial={"parent": row.parent_id} if row else None)
        parent: Any = self.fields["parent"]
        parent.widget.choices = [("", _("nothing: at the top")), *flat(tree(), row.pk if row else 0)]


def save(actor: Actor, form: ServiceForm, row: Service | None) -> Service:
    """What the form says, as the operation takes it."""
    facts = ServiceFacts(form.names(), form.cleaned_data["parent"])
    return change_service(actor, row, facts) if row else create_service(actor, facts)


def reorder(actor: Actor, key: str, wanted: list[int], seen: list[int]) -> None:
    """Services under one parent, whose id is the key, or at the top."""
    parent = (
        Service.objects.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 10 else None
    )
    reorder_services(actor, parent, wanted, seen)


def replacements(row: Service) -> Sequence[Service]:
    """The other services that are switched on."""
    return list(Service.objects.filter(is_active=True).exclude(pk=row.pk))


PAGES = Pages(
    Kind(
        name="service",
        plural="services",
        model=Service,
        words=Words(
            title=_("Services"),
            lead=_("What is done or kept running for clients: what tickets are about."),
            add=_("Add a service"),
            back=_("All services"),
            missing=_("There is no such service."),
            empty=_("No services yet"),
        ),
        form=ServiceForm,
        save=save,
        groups=lambda: [Group(tree())],
        reorder=reorder,
        switch=switch_service,
        delete=delete_service,
        replacements=replacements,
    ),
    "manage/catalogue/services",
)

"""The list of lifecycles as its pages need it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.uses import Use
from okno.manage.rows.kind import Group, Kind, Words
from okno.manage.rows.names import NamesForm
from okno.workflow.models import Lifecycle
from okno.workflow.operations.lifecycles import delete_lifecycle, reorder_lifecycles, switch_lifecycle


def groups() -> list[Group]:
    """Lifecycles with their statuses and the types that have them."""
    rows = Lifecycle.objects.prefetch_related("types", "places__status").annotate(ways=Count("transitions"))
    return [Group(list(rows.order_by("position", "pk")))]


def reorder(actor: Actor, key: str, wanted: list[int], seen: list[int]) -> None:
    """All of them have one order."""
    reorder_lifecycles(actor, wanted, seen)


def uses(lifecycle: Lifecycle) -> list[Use]:
    """The types that have it: they are given another one first."""
    names = [kind.name for kind in lifecycle.types.all()]
    return [Use(str(_("Types")), len(names), names, is_replaceable=False)] if names else []


def nothing(actor: Actor, form: Any, row: Any) -> Any:
    """Its form is no plain one: see ``editing``."""
    raise NotImplementedError


KIND = Kind(
    name="lifecycle",
    plural="lifecycles",
    model=Lifecycle,
    words=Words(
        title=_("Lifecycles"),
        lead=_("What a ticket of each type may become, who may take it there, and when it goes on by itself."),
        add=_("Add a lifecycle"),
        back=_("All lifecycles"),
        missing=_("There is no such lifecycle."),
    ),
    form=NamesForm,
    save=nothing,
    groups=groups,
    reorder=reorder,
    switch=switch_lifecycle,
    delete=delete_lifecycle,
    uses=uses,
)

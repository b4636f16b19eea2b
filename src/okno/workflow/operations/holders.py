"""What the configuration itself holds of its own rows."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.uses import Holder, register_holder
from okno.workflow.models import (
    Lifecycle,
    LifecycleStatus,
    MatrixCell,
    Priority,
    Service,
    Status,
)


def _lifecycles_of(status: Status) -> tuple[int, list[str]]:
    found = Lifecycle.objects.filter(Q(places__status=status) | Q(places__then=status)).distinct()
    return len(found), [row.name for row in found]


def _replace_in_lifecycles(actor: Actor, status: Status, other: Status) -> None:
    """The other status stands where this one stood; where it stands already, this one only leaves."""
    for lifecycle in Lifecycle.objects.filter(Q(places__status=status) | Q(places__then=status)).distinct():
        ways = lifecycle.transitions
        if lifecycle.places.filter(status=other).exists():
            was_initial = lifecycle.places.filter(status=status, is_initial=True).exists()
            lifecycle.places.filter(status=status).delete()
            ways.filter(Q(before=status) | Q(after=status)).delete()
            if was_initial:
                lifecycle.places.filter(status=other).update(is_initial=True)
        lifecycle.places.filter(status=status).update(status=other)
        LifecycleStatus.objects.filter(lifecycle=lifecycle, then=status).exclude(status=other).update(then=other)
        LifecycleStatus.objects.filter(lifecycle=lifecycle, then=status).update(then=None, hours=None)
        ways.filter(before=status).update(before=other)
        ways.filter(after=status).update(after=other)


def _cells_of(priority: Priority) -> tuple[int, list[str]]:
    found = MatrixCell.objects.filter(priority=priority).select_related("impact", "urgency")
    return len(found), [f"{cell.impact.name} × {cell.urgency.name}" for cell in found]


def _replace_in_matrix(actor: Actor, priority: Priority, other: Priority) -> None:
    MatrixCell.objects.filter(priority=priority).update(priority=other)


def _services_under(service: Service) -> tuple[int, list[str]]:
    found = service.children.all()
    return len(found), [row.name for row in found]


def _move_services(actor: Actor, service: Service, other: Service) -> None:
    """What stood under the service stands under the other; if the other is one of them, it takes its place."""
    above, seen = other, {other.pk}
    while above.parent is not None and above.parent.pk not in seen:
        if above.parent.pk == service.pk:
            Service.objects.filter(pk=above.pk).update(parent=service.parent)
            break
        above = above.parent
        seen.add(above.pk)
    service.children.exclude(pk=other.pk).update(parent=other)


register_holder(Status, Holder(_("Lifecycles"), _lifecycles_of, _replace_in_lifecycles))
register_holder(Priority, Holder(_("Matrix of priorities"), _cells_of, _replace_in_matrix))
register_holder(Service, Holder(_("Services"), _services_under, _move_services))

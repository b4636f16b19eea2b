"""Lifecycles bent for a test."""

from __future__ import annotations

from uuid import uuid4

from okno.workflow import catalogue
from okno.workflow.models import Lifecycle, LifecycleStatus, Status, Transition


def lifecycle(code: str = "request") -> Lifecycle:
    """A lifecycle of the product."""
    return Lifecycle.objects.get(code=code)


def changed(row: Lifecycle) -> None:
    """Has every process read the lifecycle anew, as the operations do."""
    row.version = uuid4()
    row.save()
    catalogue.forget()


def add_status(code: str, state: str, of: str = "request") -> Status:
    """Another status of a state, with ways to and from every other one."""
    row = lifecycle(of)
    status = Status.objects.create(code=code, state=state, names={"en": code.replace("-", " ").capitalize()})
    others = list(row.places.exclude(status__state="closed").select_related("status"))
    LifecycleStatus.objects.create(lifecycle=row, status=status, position=50)
    for place in others:
        Transition.objects.create(lifecycle=row, before=place.status, after=status, position=50)
        if place.status.state != "new":
            Transition.objects.create(lifecycle=row, before=status, after=place.status, position=51)
    changed(row)
    return status


def bend(before: str, after: str, of: str = "request", **facts: object) -> Transition:
    """Changes a transition."""
    row = lifecycle(of)
    way = row.transitions.get(before__code=before, after__code=after)
    for name, value in facts.items():
        setattr(way, name, value)
    way.save()
    changed(row)
    return way

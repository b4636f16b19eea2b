"""What follows a schedule. Packages above register how they find it, since only they know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from okno.calendars.models import WorkSchedule

Find = Callable[[WorkSchedule], Iterable[str]]
_finders: list[tuple[str | Promise, Find]] = []


@dataclass(frozen=True)
class Use:
    """Things of one kind that follow the schedule: the kind's name, and the names of the things."""

    label: str
    names: list[str]


def used_by(label: str | Promise) -> Callable[[Find], Find]:
    """Registers a finder of names of what follows a schedule; ``label`` is the kind in the plural: "SLA rules"."""

    def register(find: Find) -> Find:
        _finders.append((label, find))
        return find

    return register


def uses_of(schedule: WorkSchedule) -> list[Use]:
    """Everything that follows the schedule; empty when it may be deleted."""
    found = ((label, list(find(schedule))) for label, find in _finders)
    return [Use(str(label), names) for label, names in found if names]

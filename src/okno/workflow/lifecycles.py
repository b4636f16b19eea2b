"""The lifecycles as values, kept in the process for as long as they do not change."""

from __future__ import annotations

import time
from functools import lru_cache
from uuid import UUID

from okno.core.rehearsal import is_rehearsal
from okno.workflow.models import Lifecycle, LifecycleStatus, Transition
from okno.workflow.rules import Comment, Place, Rules, State, Way

MAX_AGE = 2.0
"""Seconds for which a process may still show a lifecycle that another has changed."""


class _Memory:
    """Which version of which lifecycle each type has, and when that was asked."""

    read_at = float("-inf")
    versions: dict[int, tuple[int, UUID]] = {}


def lifecycle_of(kind: int) -> Rules:
    """The lifecycle of the type of this id, as it is now: for operations that write."""
    pk, version = Lifecycle.objects.filter(types=kind).values_list("pk", "version").get()
    return _rules(pk, version)


def remembered_lifecycle_of(kind: int) -> Rules:
    """The same as this process has last seen it, without asking: for pages, and where a new ticket begins."""
    if is_rehearsal():
        return lifecycle_of(kind)
    if time.monotonic() - _Memory.read_at > MAX_AGE or kind not in _Memory.versions:
        rows = Lifecycle.objects.filter(types__isnull=False).values_list("types", "pk", "version")
        _Memory.versions = {each: (pk, version) for each, pk, version in rows}
        _Memory.read_at = time.monotonic()
    return _rules(*_Memory.versions[kind])


def forget() -> None:
    """The next reading is fresh."""
    _Memory.read_at = float("-inf")


@lru_cache(maxsize=256)
def _rules(pk: int, version: UUID) -> Rules:
    return read(Lifecycle.objects.get(pk=pk))


def read(lifecycle: Lifecycle) -> Rules:
    """The value of a stored lifecycle."""
    return Rules(
        code=lifecycle.code,
        places=tuple(_place(row) for row in lifecycle.places.select_related("status", "then")),
        ways=tuple(
            _way(row) for row in lifecycle.transitions.select_related("before", "after").prefetch_related("roles")
        ),
        reopen_days=lifecycle.reopen_days,
    )


def _place(row: LifecycleStatus) -> Place:
    return Place(
        code=row.status.code,
        state=State(row.status.state),
        is_initial=row.is_initial,
        is_held=row.is_held,
        hours=row.hours,
        then=row.then.code if row.then else "",
        warning=row.warning,
    )


def _way(row: Transition) -> Way:
    return Way(
        before=row.before.code,
        after=row.after.code,
        names=row.names,
        by_agents=row.by_agents,
        roles=frozenset(role.code for role in row.roles.all()),
        by_client=row.by_client,
        comment=Comment(row.comment),
        comment_is_public=row.comment_is_public,
        required=tuple(row.required),
    )

"""Events: the only way up. A package records what happened; those above it listen.

``record`` writes the row in the operation's transaction and calls the *immediate* handlers there and
then (they keep clocks and counters true). All other handlers run in the worker, at least once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db.models import Model

from okno.core import clock
from okno.core.actor import Actor
from okno.core.inserting import insert
from okno.core.models import Event
from okno.core.notify import wake

Handler = Callable[[Event], None]
BatchHandler = Callable[[Sequence[Event]], None]


@dataclass(frozen=True)
class EventKind:
    """A registered kind of event: its word, what it means, and the data it carries."""

    name: str
    meaning: str
    public: bool = False


KINDS: dict[str, EventKind] = {}
_immediate: dict[str, list[Handler]] = {}
_later: dict[str, list[Handler]] = {}
_batched: dict[str, list[BatchHandler]] = {}


def kind(name: str, meaning: str, *, public: bool = False) -> str:
    """Registers a kind of event; ``public`` ones may be shown to contacts. Returns its name."""
    KINDS[name] = EventKind(name, meaning, public)
    return name


def on(*names: str, immediate: bool = False) -> Callable[[Handler], Handler]:
    """Registers a handler of these kinds: in the same transaction, or later in the worker."""

    def register(handler: Handler) -> Handler:
        for name in names:
            (_immediate if immediate else _later).setdefault(name, []).append(handler)
        return handler

    return register


def on_batch(*names: str) -> Callable[[BatchHandler], BatchHandler]:
    """Registers a handler that the worker shows all waiting events of these kinds at once.

    Where it fails it is shown each of them by itself, so that one event does not hold up the others.
    """

    def register(handler: BatchHandler) -> BatchHandler:
        for name in names:
            _batched.setdefault(name, []).append(handler)
        return handler

    return register


def record(
    actor: Actor,
    name: str,
    subject: Model,
    data: Mapping[str, Any] | None = None,
    *,
    cause: Event | None = None,
) -> Event:
    """Writes the event of a change in the change's own transaction and wakes the worker at commit.

    A subject that has a name instead of a number (a setting) is told in ``data``.
    """
    event = _made(actor, name, subject, data, cause)
    _write(name, [event])
    return event


def record_all(actor: Actor, name: str, told: Iterable[tuple[Model, Mapping[str, Any]]]) -> None:
    """The same for many changes of one kind at once."""
    _write(name, [_made(actor, name, subject, data, None) for subject, data in told])


def _made(actor: Actor, name: str, subject: Model, data: Mapping[str, Any] | None, cause: Event | None) -> Event:
    if name not in KINDS:
        raise LookupError(f"event kind {name!r} is not registered")
    return Event(
        kind=name,
        object_kind=subject._meta.model_name or "",
        object_id=subject.pk if isinstance(subject.pk, int) else 0,
        data=dict(data or {}),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        at=clock.now(),
        cause=cause,
        depth=cause.depth + 1 if cause else 0,
        handled_at=None if name in _later or name in _batched else clock.now(),
    )


def _write(name: str, made: Sequence[Event]) -> None:
    insert(*made)
    for event in made:
        for handler in _immediate.get(name, []):
            handler(event)
    if made and (name in _later or name in _batched):
        wake("events")


def handlers_of(name: str) -> list[Handler]:
    """The handlers that the worker runs for this kind."""
    return _later.get(name, [])


def batch_handlers_of(name: str) -> list[BatchHandler]:
    """The handlers that the worker shows all waiting events of this kind at once."""
    return _batched.get(name, [])


def one_by_one(handler: BatchHandler) -> Handler:
    """The handler of many events as one of a single event, under the same name."""

    @wraps(handler)
    def handle(event: Event) -> None:
        handler([event])

    return handle


def handler_name(handler: Handler | BatchHandler) -> str:
    """How a handler is called in failures and logs."""
    return f"{handler.__module__}.{handler.__name__}"

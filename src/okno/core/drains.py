"""Drains: loops of the worker that take waiting rows in batches (``SKIP LOCKED``) until none is left.

A drain is woken by a notification sent in the transaction that made the work, and looks by itself
every few seconds, so that a lost notification costs seconds and never the work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from okno.core import clock, events, logs
from okno.core.models import Event, EventFailure

log = logs.get(__name__)
BATCH = 100
RETRY_PAUSES = [timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600, 43200)]


@dataclass(frozen=True)
class Drain:
    """``work`` handles one batch and returns how many rows it took; ``pause`` is in seconds, or says how many."""

    name: str
    work: Callable[[], int]
    pause: float | Callable[[], float]

    @property
    def seconds(self) -> float:
        """How long the drain now waits before it looks by itself."""
        return self.pause if isinstance(self.pause, int | float) else self.pause()


DRAINS: dict[str, Drain] = {}


def drain(
    name: str, *, pause: float | Callable[[], float] = 2.0
) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Registers the batch function of a drain."""

    def register(work: Callable[[], int]) -> Callable[[], int]:
        DRAINS[name] = Drain(name, work, pause)
        return work

    return register


def run_until_empty(*names: str, most: int = 10_000) -> int:
    """Runs the named drains (all by default) in turn until nothing waits; for tests and commands."""
    chosen = [DRAINS[name] for name in names] if names else list(DRAINS.values())
    total = 0
    for _round in range(most):
        taken = sum(each.work() for each in chosen)
        if not taken:
            break
        total += taken
    return total


@drain("events")
def handle_events() -> int:
    """Shows waiting events to their handlers; a handler that raises is tried again apart from the others."""
    with transaction.atomic():
        waiting = list(
            Event.objects.select_for_update(skip_locked=True).filter(handled_at__isnull=True).order_by("id")[:BATCH]
        )
        for event in waiting:
            for handler in events.handlers_of(event.kind):
                _run(handler, event)
        _run_batches(waiting)
        Event.objects.filter(pk__in=[event.pk for event in waiting]).update(handled_at=clock.now())
    return len(waiting) + retry_failures()


def retry_failures() -> int:
    """Tries handlers again whose pause is over."""
    with transaction.atomic():
        due = list(
            EventFailure.objects.select_for_update(skip_locked=True)
            .filter(next_attempt_at__lte=clock.now())
            .select_related("event")[:BATCH]
        )
        for failure in due:
            handler = _handlers_by_name(failure.event.kind).get(failure.handler)
            if handler is None:
                failure.delete()
                continue
            _run(handler, failure.event, failure)
    return len(due)


def _handlers_by_name(kind: str) -> dict[str, events.Handler]:
    batched = [events.one_by_one(handler) for handler in events.batch_handlers_of(kind)]
    return {events.handler_name(handler): handler for handler in [*events.handlers_of(kind), *batched]}


def _run_batches(waiting: list[Event]) -> None:
    """Shows each handler of many events all of its own; one that fails gets them one by one."""
    batches: dict[events.BatchHandler, list[Event]] = {}
    for event in waiting:
        for handler in events.batch_handlers_of(event.kind):
            batches.setdefault(handler, []).append(event)
    for handler, batch in batches.items():
        try:
            with transaction.atomic():
                handler(batch)
        except Exception as error:  # some event of the batch is at fault, and only that one may wait
            log.warning("batch of events failed", handler=events.handler_name(handler), error=str(error)[:500])
            for event in batch:
                _run(events.one_by_one(handler), event)


def _told(error: Exception) -> str:
    """What the error says, without the characters that the database cannot keep."""
    text = f"{type(error).__name__}: {error}"[:2000].replace("\x00", "\ufffd")
    return text.encode(errors="replace").decode()


def _run(handler: events.Handler, event: Event, failure: EventFailure | None = None) -> None:
    try:
        with transaction.atomic():
            handler(event)
    except Exception as error:  # a handler of one package must not stop the others
        log.exception("event handler failed", handler=events.handler_name(handler), event_id=event.pk)
        attempts = failure.attempts + 1 if failure else 1
        pause = RETRY_PAUSES[attempts - 1] if attempts <= len(RETRY_PAUSES) else None
        EventFailure.objects.update_or_create(
            event=event,
            handler=events.handler_name(handler),
            defaults={
                "attempts": attempts,
                "next_attempt_at": clock.now() + pause if pause else None,
                "last_error": _told(error),
            },
        )
    else:
        if failure:
            failure.delete()

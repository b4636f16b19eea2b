"""Laying changed rules over the tickets that are there: asked for in the change, done in batches by the worker.

A batch is read, reckoned and written by one statement that takes no row which somebody holds or has changed since:
these are left, and the job comes back to the first of them until none is left. Locks are held for one write of some
hundred rows, and nobody is waited for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from okno.core import clock
from okno.core.actor import Actor
from okno.core.notify import changed, wake
from okno.people.models import Company
from okno.sla.loading import Ruleset, age_limit, present_rules
from okno.sla.models import Recomputation
from okno.sla.reckoning import Course, promise_of, stay
from okno.tickets.models import PROMISE_COLUMNS, StatusInterval, Ticket
from okno.workflow import catalogue
from okno.workflow.catalogue import PRIORITIES, SERVICES, STATUSES, TYPES
from okno.workflow.rules import State

BATCH = 500
ORDER_LOCK = 706_001_052
KEPT = 20
"""How many finished ones are kept to look at."""

OPEN = ~Q(state=State.CLOSED)
ANSWERED = """
SELECT answer.ticket_id, min(answer.created_at) FROM tickets_message answer
WHERE answer.ticket_id = ANY(%s) AND answer.is_public AND answer.author_kind = 'agent' AND EXISTS (
    SELECT 1 FROM tickets_message earlier WHERE earlier.ticket_id = answer.ticket_id AND earlier.id < answer.id)
GROUP BY answer.ticket_id
"""


def recompute(
    actor: Actor, reason: str, name: str = "", *, company: int | None = None, quiet: bool = False
) -> Recomputation:
    """Asks for it in the transaction of the change; a waiting one of the same tickets is taken over by this.

    One transaction after the other, so that ids come to light in their order: they are the version of the rules.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER_LOCK])
    moment = clock.now()
    if company is None:
        Recomputation.objects.filter(finished_at=None, started_at=None).update(finished_at=moment, swept_at=moment)
    made = Recomputation.objects.create(
        reason=reason, name=name[:200], actor_name=actor.name[:200], company=company, is_quiet=quiet,
        requested_at=moment,
    )  # fmt: skip
    done = Recomputation.objects.exclude(swept_at=None).order_by("-id")
    Recomputation.objects.filter(pk__lt=made.pk, pk__in=list(done.values_list("pk", flat=True)[KEPT:])).delete()
    wake("promises")
    changed("sla")
    return made


def run_recomputation() -> int:
    """One batch of the first that waits; how far it came in tickets, or one for a step that looked at none.

    Nothing for a step that came nowhere, since somebody holds its tickets: another look follows soon.
    """
    with transaction.atomic():
        waiting = Recomputation.objects.select_for_update(skip_locked=True).filter(swept_at=None).order_by("id")
        job = next((each for each in waiting[:5] if _is_ready(each)), None)
        if job is None:
            return 0
        taken = _step(job)
        job.save()
        changed("sla")
    return taken


def _is_ready(job: Recomputation) -> bool:
    """What was registered while the rules changed is looked at when no process knows the old ones any more."""
    return job.finished_at is None or clock.now() >= age_limit(_known_at(job))


def _known_at(job: Recomputation) -> datetime:
    """When the change was certainly committed; it was asked for somewhere in a transaction that may have lasted."""
    return job.started_at or job.requested_at


def _step(job: Recomputation) -> int:
    if job.finished_at is not None:
        known_at = _known_at(job)
        end = age_limit(known_at)
        meanwhile = _open_of(job).filter(created_at__gte=known_at - (end - known_at))
        for batch in _batches(meanwhile.filter(created_at__lte=end)):
            if reckon_batch(batch, job.is_quiet).left:
                return 0
        job.swept_at = clock.now()
        return 1
    if job.started_at is None:
        catalogue.forget()  # statuses and types as they are after the change
        job.started_at, job.total = clock.now(), _open_of(job).count()
    batch = list(_open_of(job).filter(pk__gt=job.last_id).order_by("pk")[:BATCH])
    if not batch:
        job.finished_at = clock.now()
        return 1
    outcome = reckon_batch(batch, job.is_quiet)
    first_left = min(outcome.left, default=batch[-1].pk + 1)
    come = [ticket.pk for ticket in batch if ticket.pk < first_left]
    job.changed += outcome.changed
    job.done += len(come)
    job.last_id = come[-1] if come else job.last_id
    job.total = max(job.total, job.done)
    return len(come)


def _open_of(job: Recomputation) -> QuerySet[Ticket]:
    rows = Ticket.objects.filter(OPEN)
    return rows if job.company is None else rows.filter(company=job.company)


def _batches(rows: QuerySet[Ticket]) -> Iterable[list[Ticket]]:
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield batch


@dataclass(frozen=True)
class Outcome:
    """What came of a batch: how many promises changed, and the ids of the tickets that somebody was at."""

    changed: int
    left: frozenset[int]


def reckon_batch(tickets: list[Ticket], quiet: bool) -> Outcome:
    """Reckons these tickets and writes those whose promise is another."""
    rules, now = present_rules(), clock.now()
    _relate(tickets, rules)
    courses = _courses(tickets)
    before = [_columns(ticket) for ticket in tickets]
    for ticket in tickets:
        promise_of(ticket, rules, courses[ticket.pk], now, quiet=quiet)
    if any(ticket.tell_at is not None and ticket.tell_at <= now for ticket in tickets):
        wake("deadlines")
    return _write(tickets, before)


def _columns(ticket: Ticket) -> list[Any]:
    return [getattr(ticket, name) for name in PROMISE_COLUMNS]


def _relate(tickets: list[Ticket], rules: Ruleset) -> None:
    """What conditions look at beside the ticket itself, from memory or read for all at once."""
    wanted = {ticket.company_id for ticket in tickets} - {None}
    companies = Company.objects.select_related("category").in_bulk(list(wanted))
    for ticket in tickets:
        known = ticket._state.fields_cache
        known["type"] = TYPES.of(ticket.type_id)
        known["status"] = STATUSES.of(ticket.status_id)
        known["priority"] = PRIORITIES.of(ticket.priority_id)
        if ticket.service_id is not None:
            known["service"] = SERVICES.of(ticket.service_id)
        known["company"] = companies.get(ticket.company_id or 0)


def _courses(tickets: list[Ticket]) -> dict[int, Course]:
    ids = [ticket.pk for ticket in tickets]
    stays: dict[int, list[Any]] = {pk: [] for pk in ids}
    rows = StatusInterval.objects.filter(ticket__in=ids).order_by("entered_at", "id")
    for pk, status, entered_at, left_at in rows.values_list("ticket_id", "status_id", "entered_at", "left_at"):
        stays[pk].append(stay(status, entered_at, left_at))
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, [ids])
        answered: dict[int, datetime] = dict(cursor.fetchall())
    return {
        ticket.pk: Course(
            stays[ticket.pk] or [stay(ticket.status_id, ticket.created_at, None)], answered.get(ticket.pk)
        )
        for ticket in tickets
    }


GIVEN = ["id", "version", *PROMISE_COLUMNS, *(f"was_{name}" for name in PROMISE_COLUMNS)]


def _array(name: str) -> str:
    """How a parameter with values of a column is written."""
    name = name.removeprefix("was_")
    kind = Ticket._meta.get_field(name).db_type(connection) if name != "id" else "bigint"
    return f"%s::{(kind or '').split(' CHECK', maxsplit=1)[0]}[]"


def _written(text: str) -> str:
    text = text.replace("COLUMNS", ", ".join(GIVEN)).replace("ARRAYS", ", ".join(map(_array, GIVEN)))
    for word, prefix in {"STORED": "ticket.", "READ": "given.was_", "FOUND": "given."}.items():
        text = text.replace(word, ", ".join(prefix + name for name in PROMISE_COLUMNS))
    return text.replace("CHANGES", ", ".join(f"{name} = given.{name}" for name in PROMISE_COLUMNS))


WRITE = _written("""
WITH given (COLUMNS) AS (SELECT * FROM unnest(ARRAYS)),
free AS (
    SELECT ticket.id FROM tickets_ticket ticket JOIN given USING (id, version)
    WHERE (STORED) IS NOT DISTINCT FROM (READ)
    ORDER BY ticket.id FOR NO KEY UPDATE OF ticket SKIP LOCKED
),
changed AS (
    UPDATE tickets_ticket ticket SET CHANGES FROM given JOIN free USING (id)
    WHERE ticket.id = given.id AND (FOUND) IS DISTINCT FROM (READ)
    RETURNING ticket.id
)
SELECT id, id IN (SELECT id FROM changed) FROM free
""")


def _write(tickets: list[Ticket], before: list[list[Any]]) -> Outcome:
    """One statement for all; what is held, or has another version or promise by now than was read, is left.

    Those are asked for as well whose promise stays: who holds one may have reckoned by the rules of before.
    """
    rows = [
        [ticket.pk, ticket.version, *_columns(ticket), *read] for ticket, read in zip(tickets, before, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(column) for column in zip(*rows, strict=True)])
        free: dict[int, bool] = dict(cursor.fetchall())
    return Outcome(sum(free.values()), frozenset(ticket.pk for ticket in tickets) - free.keys())

"""Laying a changed SLA rule over all open tickets, while an agent goes on reading lists and tickets."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from bench.load import measure
from bench.pages import LISTS

if TYPE_CHECKING:
    from bench.ground import Ground

LIMIT = 600.0


def promises(ground: Ground, seconds: float) -> dict[str, Any]:
    """Opens every ticket, gives each a deadline, then changes the rules and waits for the worker.

    Two runs: quiet ones with nobody at the desk, and one with an agent at it. It leaves the tickets open.
    """
    from okno.core.actor import SYSTEM
    from okno.sla.models import SlaRule
    from okno.sla.operations.recomputing import recompute
    from okno.tickets.models import Ticket
    from okno.workflow.models import Status

    open_ = Status.objects.get(code="open")
    Ticket.objects.exclude(state="open").update(status=open_, state="open")
    recompute(SYSTEM, "bench", quiet=True)
    first = _finished()
    SlaRule.objects.filter(resolution_minutes__isnull=False).update(resolution_minutes=90 * 60)
    recompute(SYSTEM, "bench", quiet=True)
    alone = _finished()
    SlaRule.objects.filter(resolution_minutes__isnull=False).update(resolution_minutes=95 * 60)
    order: dict[str, Any] = {
        "port": ground.port,
        "headers": {"Cookie": ground.session(), "Accept": "text/html"},
        "requests": [("GET", path, "") for path in LISTS],
        "seconds": seconds,
        "clients": 1,
        "warm": 5,
    }
    recompute(SYSTEM, "bench", quiet=True)
    beside = measure(order)
    shared = _finished()
    return {
        "open_tickets": shared["total"],
        "first_s": first["seconds"],
        "all_changed_s": alone["seconds"],
        "changed": alone["changed"],
        "beside_an_agent_s": shared["seconds"],
        "list_p50_ms": beside["p50_ms"],
        "list_p95_ms": beside["p95_ms"],
    }


def _finished() -> dict[str, Any]:
    """What the last job did, when it has ended."""
    from okno.sla.models import Recomputation

    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        job = Recomputation.objects.latest("id")
        if job.started_at and job.finished_at:
            seconds = (job.finished_at - job.started_at).total_seconds()
            return {"total": job.total, "changed": job.changed, "seconds": round(seconds, 1)}
        time.sleep(0.2)
    raise TimeoutError("the job did not end")

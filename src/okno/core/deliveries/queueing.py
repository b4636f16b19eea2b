"""Putting something into the queue, and letting go what waited for a blocked way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from okno.core import clock, events
from okno.core.inserting import insert
from okno.core.models import Delivery
from okno.core.notify import changed, wake

GIVE_UP_AFTER = timedelta(days=3)

FAILED = events.kind("delivery.failed", "A delivery was given up. data: title, recipients, error, attempts")
RESENT = events.kind("delivery.resent", "Somebody had it sent again. data: before (state)")
CANCELLED = events.kind("delivery.cancelled", "Somebody stopped it before it left. data: title, recipients")


def queue(
    channel: str,
    recipients: Sequence[str],
    title: str,
    *,
    object_kind: str = "",
    object_id: int | None = None,
    route: str = "",
    not_before: datetime | None = None,
) -> Delivery:
    """Has something sent at once, or ``not_before`` a moment; call it in the transaction of the change."""
    moment = clock.now()
    due = max(not_before, moment) if not_before else moment
    delivery = Delivery(
        channel=channel,
        recipients=list(recipients),
        title=title[:300],
        object_kind=object_kind,
        object_id=object_id,
        route=route,
        next_attempt_at=due,
        give_up_at=due + GIVE_UP_AFTER,
        created_at=moment,
    )
    insert(delivery)
    wake("deliveries")
    tell(delivery)
    return delivery


def release(channel: str, route: str) -> int:
    """Has everything that waited for a blocked way sent now; call it when the way works or was mended."""
    waiting = Delivery.objects.filter(channel=channel, route=route, state=Delivery.State.QUEUED, is_blocked=True)
    count = waiting.update(next_attempt_at=clock.now(), is_blocked=False)
    if count:
        wake("deliveries")
    return count


def named(delivery: Delivery) -> dict[str, object]:
    """How events call a delivery."""
    return {"title": delivery.title, "recipients": delivery.recipients}


def save(delivery: Delivery) -> None:
    """Writes what became of a delivery, and tells it."""
    with transaction.atomic():
        delivery.save()
        tell(delivery)


def tell(delivery: Delivery) -> None:
    """Open pages of deliveries, and of the object that it is about, look again."""
    changed("deliveries")
    if delivery.object_kind and delivery.object_id:
        changed(f"{delivery.object_kind}:{delivery.object_id}")

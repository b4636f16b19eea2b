"""The worker's side: claims what is due, sends it, and writes what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from okno.core import clock, events, logs
from okno.core.actor import SYSTEM
from okno.core.deliveries.queueing import FAILED, named, release, save
from okno.core.deliveries.transports import TRANSPORTS, RouteFault, Send, TransportFault
from okno.core.drains import drain
from okno.core.models import Delivery

log = logs.get(__name__)
BATCH = 50
LOCK_TIMEOUT = timedelta(minutes=15)
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 120, 240, 480)]
"""How long after the first, second ... attempt the next one follows; the last pause repeats."""


@drain("deliveries")
def deliver_due() -> int:
    """Sends one batch of what is due; returns how many it took."""
    _take_back_interrupted()
    taken = _claim()
    for channel, group in groupby(sorted(taken, key=lambda each: (each.channel, each.pk)), _channel_of):
        blocked: dict[str, RouteFault] = {}
        open_routes: set[str] = set()
        with TRANSPORTS[channel]() as send:
            for delivery in group:
                _attempt(send, delivery, blocked, open_routes)
    return len(taken)


def _channel_of(delivery: Delivery) -> str:
    return delivery.channel


def _due(moment: datetime) -> QuerySet[Delivery]:
    earlier = Delivery.objects.filter(
        Q(state=Delivery.State.SENDING)
        | Q(state=Delivery.State.QUEUED)
        & (Q(next_attempt_at__lte=moment) | Q(attempts__gt=0) | Q(is_blocked=True)),
        object_kind=OuterRef("object_kind"),
        object_id=OuterRef("object_id"),
        recipients=OuterRef("recipients"),
        id__lt=OuterRef("id"),
    )
    return Delivery.objects.filter(
        ~Exists(earlier),
        state=Delivery.State.QUEUED,
        next_attempt_at__lte=moment,
        channel__in=list(TRANSPORTS),
    )


def _claim() -> list[Delivery]:
    moment = clock.now()
    with transaction.atomic():
        due = _due(moment).select_for_update(skip_locked=True, of=("self",)).order_by("id")
        ids = list(due.values_list("id", flat=True)[:BATCH])
        Delivery.objects.filter(pk__in=ids).update(state=Delivery.State.SENDING, locked_at=moment)
    return list(Delivery.objects.filter(pk__in=ids).order_by("id"))


def _take_back_interrupted() -> None:
    limit = clock.now() - LOCK_TIMEOUT
    with transaction.atomic():
        stale = Delivery.objects.select_for_update(skip_locked=True).filter(
            state=Delivery.State.SENDING, locked_at__lt=limit
        )
        for delivery in stale.order_by("id")[:BATCH]:
            since = delivery.locked_at or limit
            fault = TransportFault(_("The worker was interrupted while it was sending."), permanent=False)
            _postpone(delivery, fault, since + _pause(max(delivery.attempts, 1)))


def _attempt(send: Send, delivery: Delivery, blocked: dict[str, RouteFault], open_routes: set[str]) -> None:
    """One attempt. The lease is renewed first, so that a slow batch is not sent twice by two workers."""
    if delivery.route in blocked:
        _block(delivery, blocked[delivery.route])
        return
    if not _renew(delivery):
        return
    try:
        send(delivery)
    except RouteFault as fault:
        _block(delivery, fault, tried=True)
        if delivery.route:
            blocked[delivery.route] = fault
            _block_waiting(delivery, fault)
    except TransportFault as fault:
        _refused(delivery, fault)
    except Exception as error:  # whatever breaks, the row must say so and the batch go on
        log.exception("sending failed", delivery_id=delivery.pk, channel=delivery.channel)
        _refused(delivery, TransportFault(f"{type(error).__name__}: {error}", permanent=False))
    else:
        _mark_sent(delivery)
        if delivery.route and delivery.route not in open_routes:
            open_routes.add(delivery.route)
            release(delivery.channel, delivery.route)


def _renew(delivery: Delivery) -> bool:
    held = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, locked_at=delivery.locked_at)
    delivery.locked_at = clock.now()
    delivery.attempts += 1
    return bool(held.update(locked_at=delivery.locked_at, attempts=F("attempts") + 1))


def _mark_sent(delivery: Delivery) -> None:
    delivery.state, delivery.sent_at, delivery.locked_at = Delivery.State.SENT, clock.now(), None
    delivery.last_error, delivery.is_blocked = "", False
    save(delivery)


def _refused(delivery: Delivery, fault: TransportFault) -> None:
    if fault.permanent:
        _give_up(delivery, fault)
    else:
        _postpone(delivery, fault, clock.now() + _pause(delivery.attempts))


def _postpone(delivery: Delivery, fault: TransportFault, until: datetime) -> None:
    """Waits for the next attempt, or gives up when that would come too late."""
    if delivery.give_up_at is not None and until > delivery.give_up_at:
        _give_up(delivery, fault)
        return
    delivery.state, delivery.next_attempt_at, delivery.locked_at = Delivery.State.QUEUED, until, None
    delivery.last_error, delivery.is_blocked = fault.message, False
    save(delivery)


def _give_up(delivery: Delivery, fault: TransportFault) -> None:
    delivery.state, delivery.locked_at = Delivery.State.FAILED, None
    delivery.last_error, delivery.is_blocked = fault.message, False
    with transaction.atomic():
        save(delivery)
        data = {"error": fault.message, "attempts": delivery.attempts}
        events.record(SYSTEM, FAILED, delivery, data | named(delivery))


def _block(delivery: Delivery, fault: RouteFault, *, tried: bool = False) -> None:
    moment = clock.now()
    delivery.attempts -= tried
    if fault.gives_up and delivery.give_up_at is not None and moment >= delivery.give_up_at:
        _give_up(delivery, fault)
        return
    delivery.state, delivery.locked_at, delivery.is_blocked = Delivery.State.QUEUED, None, True
    delivery.next_attempt_at, delivery.last_error = moment + fault.pause, fault.message
    save(delivery)


def _block_waiting(delivery: Delivery, fault: RouteFault) -> None:
    """All that is due by the same way waits for the same moment, so that one attempt probes it for all."""
    until = clock.now() + fault.pause
    Delivery.objects.filter(
        Q(give_up_at__gt=until) | Q(give_up_at=None),
        channel=delivery.channel,
        route=delivery.route,
        state=Delivery.State.QUEUED,
        next_attempt_at__lt=until,
    ).update(next_attempt_at=until, is_blocked=True, last_error=fault.message)


def _pause(attempts: int) -> timedelta:
    return PAUSES[min(attempts, len(PAUSES)) - 1]

"""What a person may do to a delivery: have it sent again, or stop it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.deliveries.queueing import CANCELLED, GIVE_UP_AFTER, RESENT, named, save
from okno.core.faults import Conflict, Forbidden
from okno.core.models import Delivery
from okno.core.notify import wake

RIGHT = "mail.manage"


def resend(actor: Actor, delivery: Delivery) -> Delivery:
    """Sends it (again) now, whatever became of it: the same content under the same identity (T8)."""
    with _held(actor, delivery) as locked:
        if locked.state == Delivery.State.SENDING:
            raise Conflict(_("It is being sent at this moment."), code="being_sent")
        moment = clock.now()
        before, locked.state = locked.state, Delivery.State.QUEUED
        locked.attempts, locked.is_blocked = 0, False
        locked.next_attempt_at, locked.give_up_at = moment, moment + GIVE_UP_AFTER
        save(locked)
        events.record(actor, RESENT, locked, {"before": before})
        wake("deliveries")
    return locked


def cancel(actor: Actor, delivery: Delivery) -> Delivery:
    """Stops what has not left yet; what was sent cannot be called back."""
    with _held(actor, delivery) as locked:
        if locked.state not in {Delivery.State.QUEUED, Delivery.State.FAILED}:
            raise Conflict(_("It has left already, or is leaving at this moment."), code="not_waiting")
        locked.state = Delivery.State.CANCELLED
        save(locked)
        events.record(actor, CANCELLED, locked, named(locked))
    return locked


@contextmanager
def _held(actor: Actor, delivery: Delivery) -> Iterator[Delivery]:
    if not actor.has(RIGHT):
        raise Forbidden(_("Your role does not manage deliveries."))
    with transaction.atomic():
        yield Delivery.objects.select_for_update().get(pk=delivery.pk)

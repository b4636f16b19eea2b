"""The life of a delivery: claimed, sent, tried again, given up, sent again, stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from okno.core import clock, deliveries
from okno.core.actor import SYSTEM
from okno.core.deliveries import RouteFault, TransportFault, transports
from okno.core.deliveries.draining import LOCK_TIMEOUT, PAUSES
from okno.core.drains import run_until_empty
from okno.core.faults import Conflict, Forbidden
from okno.core.models import Delivery, Event
from okno.testing.cast import Cast

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Fate = Callable[[Delivery], None]
pytestmark = pytest.mark.django_db


class Wire:
    """Where the deliveries of the channel ``test`` arrive; ``fate`` may raise what a transport raises."""

    def __init__(self) -> None:
        self.sent: list[int] = []
        self.tried: list[int] = []
        self.batches = 0
        self.fate: Fate = lambda delivery: None

    @contextmanager
    def open(self) -> Iterator[Fate]:
        self.batches += 1
        yield self.send

    def send(self, delivery: Delivery) -> None:
        self.tried.append(delivery.pk)
        self.fate(delivery)
        self.sent.append(delivery.pk)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setitem(transports.TRANSPORTS, "test", made.open)
    return made


def put(address: str = "marta@kawa.example", *, route: str = "", number: int | None = None) -> Delivery:
    return deliveries.queue("test", [address], "A letter", route=route, object_kind="ticket", object_id=number)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def drain_at(minutes: float) -> int:
    with clock.frozen_at(at(minutes)):
        return run_until_empty("deliveries")


def refuse(*, permanent: bool) -> Fate:
    def fate(delivery: Delivery) -> None:
        raise TransportFault("550 no such user" if permanent else "451 later", permanent=permanent)

    return fate


def test_what_is_queued_is_sent_once(wire: Wire) -> None:
    delivery = put()
    assert run_until_empty("deliveries") == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("sent", 1, "")
    assert delivery.sent_at is not None
    assert delivery.locked_at is None
    run_until_empty("deliveries")
    assert wire.sent == [delivery.pk]


def test_not_before_waits(wire: Wire) -> None:
    with clock.frozen_at(START):
        deliveries.queue("test", ["a@b.example"], "Later", not_before=at(30))
    drain_at(29)
    assert wire.sent == []
    drain_at(30)
    assert len(wire.sent) == 1


def test_temporary_refusals_are_tried_again_with_growing_pauses_then_given_up(wire: Wire) -> None:
    wire.fate = refuse(permanent=False)
    with clock.frozen_at(START):
        delivery = put()
    minute, pauses = 0.0, []
    for _attempt in range(30):
        drain_at(minute)
        delivery.refresh_from_db()
        if delivery.state == "failed":
            break
        assert delivery.last_error == "451 later"
        pauses.append(delivery.next_attempt_at - at(minute))
        minute += pauses[-1].total_seconds() / 60
    assert pauses[: len(PAUSES)] == PAUSES
    assert set(pauses[len(PAUSES) :]) == {PAUSES[-1]}
    assert timedelta(days=2, hours=12) < timedelta(minutes=minute) <= timedelta(days=3)
    assert delivery.attempts == len(pauses) + 1
    event = Event.objects.get(kind=deliveries.FAILED)
    assert (event.object_kind, event.object_id) == ("delivery", delivery.pk)
    assert event.data["error"] == "451 later"
    drain_at(minute + 100_000)
    assert len(wire.tried) == delivery.attempts


def test_a_permanent_refusal_fails_at_once(wire: Wire) -> None:
    wire.fate = refuse(permanent=True)
    delivery = put()
    run_until_empty("deliveries")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("failed", 1, "550 no such user")


def test_an_unforeseen_error_is_kept_in_the_row_and_the_batch_goes_on(wire: Wire) -> None:
    bad, good = put(), put("jan@nordwind.example")

    def fate(delivery: Delivery) -> None:
        if delivery.pk == bad.pk:
            raise ZeroDivisionError("odd")

    wire.fate = fate
    run_until_empty("deliveries")
    bad.refresh_from_db()
    assert (bad.state, bad.last_error) == ("queued", "ZeroDivisionError: odd")
    assert wire.sent == [good.pk]


def test_a_blocked_way_loses_nothing_and_leaves_in_order(wire: Wire) -> None:
    """The server is down for an hour; letters come all the time."""

    def down(delivery: Delivery) -> None:
        raise RouteFault("connection refused")

    wire.fate = down
    queued = []
    for minute in range(60):
        with clock.frozen_at(at(minute)):
            queued.append(put(f"client{minute % 7}@kawa.example", route="mailbox:1", number=minute % 5).pk)
        drain_at(minute)
    assert wire.sent == []
    assert len(wire.tried) <= 61
    states = Delivery.objects.values_list("state", "is_blocked", "attempts", "last_error").distinct()
    assert list(states) == [("queued", True, 0, "connection refused")]
    wire.fate = lambda delivery: None
    drain_at(60)
    drain_at(61)
    assert wire.sent == queued
    assert not Delivery.objects.exclude(state="sent").exists()


def test_one_probe_speaks_for_the_whole_way(wire: Wire) -> None:
    def down(delivery: Delivery) -> None:
        if delivery.route == "mailbox:1":
            raise RouteFault("down")

    wire.fate = down
    for number in range(120):
        put(f"c{number}@kawa.example", route="mailbox:1")
    other = put("jan@nordwind.example", route="mailbox:2")
    run_until_empty("deliveries")
    assert len(wire.tried) == 2
    assert wire.sent == [other.pk]


def test_a_blocked_way_is_given_up_after_three_days_unless_it_must_not(wire: Wire) -> None:
    for gives_up, state in ((True, "failed"), (False, "queued")):

        def down(delivery: Delivery, gives_up: bool = gives_up) -> None:
            raise RouteFault("down", gives_up=gives_up)

        wire.fate = down
        with clock.frozen_at(START):
            delivery = put(route=f"mailbox:{gives_up}")
        drain_at(0)
        drain_at(60 * 24 * 3 + 1)
        delivery.refresh_from_db()
        assert delivery.state == state
        assert delivery.last_error == "down"


def test_release_sends_what_waited_for_the_way(wire: Wire) -> None:
    def down(delivery: Delivery) -> None:
        raise RouteFault("wrong password", pause=timedelta(hours=5))

    wire.fate = down
    with clock.frozen_at(START):
        delivery = put(route="mailbox:1")
    drain_at(0)
    wire.fate = lambda delivery: None
    drain_at(1)
    assert wire.sent == []
    with clock.frozen_at(at(2)):
        assert deliveries.release("test", "mailbox:1") == 1
    drain_at(2)
    assert wire.sent == [delivery.pk]


def test_the_first_success_lets_go_all_that_waited_for_the_way(wire: Wire) -> None:
    def down(delivery: Delivery) -> None:
        raise RouteFault("wrong password", pause=timedelta(hours=5))

    wire.fate = down
    with clock.frozen_at(START):
        waiting = [put(route="mailbox:1").pk, put("piotr@kawa.example", route="mailbox:1").pk]
    drain_at(0)
    wire.fate = lambda delivery: None
    with clock.frozen_at(at(1)):
        fresh = put("jan@nordwind.example", route="mailbox:1").pk
    drain_at(1)
    assert wire.sent == [fresh, *waiting]


def test_a_later_letter_never_overtakes_an_earlier_one_to_the_same_person(wire: Wire) -> None:
    with clock.frozen_at(START):
        first, second, other = put(number=7), put(number=7), put("jan@nordwind.example", number=7)
    refused: list[int] = []

    def once(delivery: Delivery) -> None:
        if delivery.pk == first.pk and not refused:
            refused.append(delivery.pk)
            raise TransportFault("451 greylisted", permanent=False)

    wire.fate = once
    drain_at(0)
    assert wire.sent == [other.pk]
    drain_at(1)
    assert wire.sent == [other.pk, first.pk, second.pk]


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("sent", "failed"),
        ("sending", "failed"),
        ("queued", "queued"),
        ("cancelled", "cancelled"),
        ("failed", "failed"),
    ],
)
def test_what_comes_back_has_failed_and_is_told(state: str, after: str) -> None:
    delivery = put()
    Delivery.objects.update(state=state, last_error="before")
    deliveries.came_back(delivery, "Came back: 5.1.1")
    delivery.refresh_from_db()
    assert delivery.state == after
    is_news = state in {"sent", "sending"}
    assert delivery.last_error == ("Came back: 5.1.1" if is_news else "before")
    assert Event.objects.filter(kind=deliveries.FAILED, object_id=delivery.pk).exists() == is_news


def test_a_scheduled_letter_does_not_hold_up_a_later_one(wire: Wire) -> None:
    with clock.frozen_at(START):
        deliveries.queue("test", ["m@k.example"], "x", object_kind="ticket", object_id=7, not_before=at(9000))
        now = deliveries.queue("test", ["m@k.example"], "y", object_kind="ticket", object_id=7)
    drain_at(0)
    assert wire.sent == [now.pk]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_crash_between_claim_and_mark_leaves_a_visible_row_that_is_taken_again_t8(wire: Wire) -> None:
    seen: list[str] = []

    class Killed(BaseException):
        """As if the process had died."""

    def die(delivery: Delivery) -> None:
        connection.close()  # whatever was not committed is gone
        seen.append(Delivery.objects.get(pk=delivery.pk).state)
        raise Killed

    wire.fate = die
    with clock.frozen_at(START):
        delivery = put()
        with pytest.raises(Killed):
            run_until_empty("deliveries")
    delivery.refresh_from_db()
    assert seen == ["sending"]
    assert (delivery.state, delivery.attempts) == ("sending", 1)
    wire.fate = lambda delivery: None
    drain_at(LOCK_TIMEOUT.total_seconds() / 60 - 1)
    assert wire.sent == []
    drain_at(LOCK_TIMEOUT.total_seconds() / 60 + 1)
    delivery.refresh_from_db()
    assert wire.sent == [delivery.pk]
    assert (delivery.state, delivery.attempts) == ("sent", 2)


def test_a_worker_that_lost_its_lease_does_not_send(wire: Wire) -> None:
    """Two are claimed; sending the first takes so long that another worker has taken the second over."""
    first, second = put("a@b.example"), put("b@b.example")

    def slow(delivery: Delivery) -> None:
        if delivery.pk == first.pk:
            Delivery.objects.filter(pk=second.pk).update(locked_at=clock.now() + timedelta(seconds=5))

    wire.fate = slow
    run_until_empty("deliveries")
    assert wire.tried == [first.pk]
    second.refresh_from_db()
    assert second.state == "sending"


def test_resend_and_cancel_need_the_right(cast: Cast, wire: Wire) -> None:
    delivery = put()
    for name in ("taras", "marek", "marta"):
        for act in (deliveries.resend, deliveries.cancel):
            with pytest.raises(Forbidden):
                act(cast.actor(name), delivery)
    delivery.refresh_from_db()
    assert delivery.state == "queued"


def test_resend_begins_anew_whatever_became_of_it(cast: Cast, wire: Wire) -> None:
    wire.fate = refuse(permanent=True)
    delivery = put()
    run_until_empty("deliveries")
    wire.fate = lambda delivery: None
    deliveries.resend(cast.actor("olena"), delivery)
    run_until_empty("deliveries")
    deliveries.resend(cast.actor("olena"), delivery)
    run_until_empty("deliveries")
    assert wire.sent == [delivery.pk, delivery.pk]
    events = Event.objects.filter(kind=deliveries.RESENT).order_by("id")
    assert [event.data["before"] for event in events] == ["failed", "sent"]
    Delivery.objects.update(state="sending")
    with pytest.raises(Conflict):
        deliveries.resend(SYSTEM, delivery)


def test_cancel_stops_only_what_has_not_left(cast: Cast, wire: Wire) -> None:
    delivery = put()
    deliveries.cancel(cast.actor("olena"), delivery)
    run_until_empty("deliveries")
    assert wire.tried == []
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    sent = put()
    run_until_empty("deliveries")
    with pytest.raises(Conflict):
        deliveries.cancel(cast.actor("olena"), sent)


def test_changes_are_told_to_open_pages(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("okno.core.deliveries.queueing.changed", lambda topic, **_: told.append(topic))
    put(number=42)
    assert set(told) == {"deliveries", "ticket:42"}
    told.clear()
    run_until_empty("deliveries")
    assert set(told) == {"deliveries", "ticket:42"}

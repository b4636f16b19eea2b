"""Drains: each event reaches each handler at least once, whatever other handlers do."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from okno.core import clock, drains, events
from okno.core.actor import SYSTEM
from okno.core.models import Event, EventFailure
from okno.people.models import Company
from okno.testing.cast import Cast

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the handlers of the test are there."""
    for name in ("_immediate", "_later", "_batched"):
        monkeypatch.setattr(events, name, {})
    monkeypatch.setattr(events, "KINDS", dict(events.KINDS))
    events.kind("test.one", "for a test")
    events.kind("test.two", "for a test")


class Heard:
    """A handler that remembers what it was shown; ``fate`` may raise."""

    def __init__(self, name: str, *kinds: str) -> None:
        self.seen: list[int] = []
        self.fate: Callable[[Event], None] = lambda event: None
        self.__name__ = name
        self.__module__ = __name__
        events.on(*(kinds or ("test.one",)))(self)

    def __call__(self, event: Event) -> None:
        self.seen.append(event.pk)
        self.fate(event)


def fail(error: Exception) -> Callable[[Event], None]:
    def fate(event: Event) -> None:
        raise error

    return fate


def put(cast: Cast, count: int = 1, kind: str = "test.one") -> list[int]:
    return [events.record(SYSTEM, kind, cast.kawa).pk for _number in range(count)]


def drain_at(seconds: float) -> int:
    with clock.frozen_at(START + timedelta(seconds=seconds)):
        return drains.run_until_empty("events")


def test_each_waiting_event_is_shown_in_order_and_once(cast: Cast) -> None:
    one, both = Heard("one"), Heard("both", "test.one", "test.two")
    first, other = put(cast, drains.BATCH + 7), put(cast, 2, "test.two")
    assert drain_at(0) == len(first) + len(other)
    assert (one.seen, both.seen) == (first, first + other)
    assert not Event.objects.filter(handled_at=None).exists()
    drain_at(1_000_000)
    assert len(one.seen) == len(first)


def test_one_that_fails_stops_no_other_and_leaves_nothing_half_done(cast: Cast) -> None:
    bad, good = Heard("bad"), Heard("good")

    def half(event: Event) -> None:
        Company.objects.create(name="Half")
        raise ValueError("half way")

    bad.fate = half
    ids = put(cast, 3)
    drain_at(0)
    assert good.seen == ids
    assert not Company.objects.filter(name="Half").exists()
    failures = EventFailure.objects.order_by("event_id")
    assert [(each.event_id, each.handler, each.attempts) for each in failures] == [
        (pk, f"{__name__}.bad", 1) for pk in ids
    ]
    assert {each.last_error for each in failures} == {"ValueError: half way"}


def test_it_is_tried_again_with_growing_pauses_then_given_up_in_sight(cast: Cast) -> None:
    bad = Heard("bad")
    bad.fate = fail(ValueError("never"))
    put(cast)
    moment, pauses = 0.0, []
    drain_at(moment)
    while (failure := EventFailure.objects.get()).next_attempt_at is not None:
        pause = failure.next_attempt_at - (START + timedelta(seconds=moment))
        pauses.append(pause)
        tried = len(bad.seen)
        drain_at(moment + pause.total_seconds() - 1)
        assert len(bad.seen) == tried
        moment += pause.total_seconds()
        drain_at(moment)
    assert pauses == drains.RETRY_PAUSES
    assert pauses == sorted(pauses)
    assert len(bad.seen) == failure.attempts == len(pauses) + 1
    drain_at(moment * 100)
    assert len(bad.seen) == failure.attempts
    assert EventFailure.objects.get().last_error == "ValueError: never"


def test_what_succeeds_at_last_leaves_no_failure_and_disturbs_no_other(cast: Cast) -> None:
    bad, good = Heard("bad"), Heard("good")
    bad.fate = fail(IntegrityError("locked"))
    ids = put(cast)
    drain_at(0)
    bad.fate = lambda event: None
    drain_at(11)
    assert (bad.seen, good.seen) == (ids * 2, ids)
    assert not EventFailure.objects.exists()


def test_a_failure_of_a_handler_that_is_no_more_is_dropped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Heard("bad").fate = fail(ValueError("x"))
    put(cast)
    drain_at(0)
    monkeypatch.setattr(events, "_later", {})
    drain_at(11)
    assert not EventFailure.objects.exists()


@pytest.mark.parametrize("text", ["with \x00 within", "with \ud800 within", "x" * 5000, "я" * 5000])
def test_an_error_that_cannot_be_stored_as_it_is_blocks_nobody(cast: Cast, text: str) -> None:
    """A hostile letter shapes the words of the error; the drain goes on all the same."""
    bad, good = Heard("bad"), Heard("good")
    bad.fate = fail(ValueError(text))
    ids = put(cast)
    drain_at(0)
    assert good.seen == ids
    assert 0 < len(EventFailure.objects.get().last_error) <= 2000
    assert not Event.objects.filter(handled_at=None).exists()


def test_a_batch_that_fails_is_shown_one_by_one(cast: Cast) -> None:
    shown: list[list[int]] = []

    @events.on_batch("test.one")
    def many(together: Sequence[Event]) -> None:
        shown.append([event.pk for event in together])
        if ids[1] in shown[-1]:
            raise ValueError("that one")

    ids = put(cast, 3)
    drain_at(0)
    assert shown == [ids, [ids[0]], [ids[1]], [ids[2]]]
    assert EventFailure.objects.get().event_id == ids[1]
    drain_at(11)
    assert shown[-1] == [ids[1]]
    assert EventFailure.objects.get().attempts == 2


def test_what_dies_before_its_commit_is_shown_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """At least once: the mark of what is done is written last, in the same transaction."""
    heard = Heard("one")
    ids = put(cast)
    with monkeypatch.context() as broken:
        broken.setattr(drains, "_run_batches", fail(SystemError("killed")))
        with pytest.raises(SystemError):
            drain_at(0)
    assert Event.objects.filter(handled_at=None).count() == 1
    drain_at(1)
    assert heard.seen == ids * 2


def test_a_drain_that_is_not_there_is_refused() -> None:
    assert set(drains.DRAINS) >= {"events"}
    with pytest.raises(KeyError):
        drains.run_until_empty("misspelt")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("retries", [False, True])
def test_drains_at_once_show_each_event_once(cast: Cast, retries: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """SKIP LOCKED: two drains share the work and neither waits for the other."""
    monkeypatch.setattr(drains, "BATCH", 20)
    heard: Counter[int] = Counter()
    by_thread: Counter[int] = Counter()
    guard = threading.Lock()
    slow = Heard("slow")
    if retries:
        slow.fate = fail(ValueError("first time"))
    count = 2 * drains.BATCH
    ids = put(cast, count)
    if retries:
        drain_at(0)
        assert EventFailure.objects.count() == count

    def note(event: Event) -> None:
        with guard:
            heard[event.pk] += 1
            by_thread[threading.get_ident()] += 1
        time.sleep(0.001)

    slow.fate = note
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait(10)
            drain_at(11)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, daemon=True) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert heard == dict.fromkeys(ids, 1)
    assert len(by_thread) == 2
    assert not EventFailure.objects.exists()
    assert not Event.objects.filter(handled_at=None).exists()

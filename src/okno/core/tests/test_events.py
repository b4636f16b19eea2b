"""Events: registered words, handlers of the same transaction and of the worker, and what is rolled back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from okno.core import clock, events
from okno.core.actor import SYSTEM, Actor
from okno.core.models import Event, SettingValue
from okno.testing.cast import Cast

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words and handlers that exist for the length of a test."""
    for name in ("KINDS", "_immediate", "_later", "_batched"):
        before = getattr(events, name)
        copied = {key: list(value) if isinstance(value, list) else value for key, value in before.items()}
        monkeypatch.setattr(events, name, copied)
    for name in ("test.at_once", "test.later", "test.many", "test.nobody"):
        events.kind(name, "for a test")


def test_an_unknown_word_is_refused(cast: Cast) -> None:
    with pytest.raises(LookupError, match=r"test\.misspelt"):
        events.record(SYSTEM, "test.misspelt", cast.kawa)
    assert not Event.objects.exists()


def test_the_row_says_who_what_to_what_and_when(cast: Cast) -> None:
    with clock.frozen_at(MOMENT):
        event = events.record(cast.actor("olena"), "test.nobody", cast.kawa, {"a": [1]})
    event.refresh_from_db()
    assert (event.kind, event.object_kind, event.object_id) == ("test.nobody", "company", cast.kawa.pk)
    assert (event.actor_kind, event.actor_id, event.actor_name) == ("agent", cast.olena.pk, cast.olena.name)
    assert (event.at, event.data, event.depth, event.cause) == (MOMENT, {"a": [1]}, 0, None)


def test_the_data_are_those_of_the_moment(cast: Cast) -> None:
    data = {"name": "before"}
    event = events.record(SYSTEM, "test.nobody", cast.kawa, data)
    data["name"] = "after"
    event.refresh_from_db()
    assert event.data == {"name": "before"}


def test_a_chain_of_causes_counts_its_depth(cast: Cast) -> None:
    event = None
    for depth in range(4):
        event = events.record(Actor("rule", 1, "Rule"), "test.nobody", cast.kawa, cause=event)
        assert event.depth == depth
    assert event is not None
    assert event.cause is not None


def test_a_subject_with_a_name_instead_of_a_number(cast: Cast) -> None:
    row = SettingValue.objects.create(key="a.b", value=1)
    event = events.record(SYSTEM, "test.nobody", row, {"key": "a.b"})
    assert (event.object_kind, event.object_id) == ("settingvalue", 0)


def test_immediate_handlers_run_within_and_others_only_later(cast: Cast) -> None:
    ran: list[str] = []

    @events.on("test.at_once", "test.later", immediate=True)
    def at_once(event: Event) -> None:
        assert connection.in_atomic_block
        ran.append(f"at once {event.kind}")

    @events.on("test.later")
    def later(event: Event) -> None:
        ran.append("later")

    @events.on_batch("test.many")
    def many(together: list[Event]) -> None:
        ran.append("many")

    handled = {name: events.record(SYSTEM, name, cast.kawa).handled_at for name in ("test.at_once", "test.later", "test.many", "test.nobody")}  # fmt: skip
    assert ran == ["at once test.at_once", "at once test.later"]
    assert {name for name, moment in handled.items() if moment is None} == {"test.later", "test.many"}
    assert events.handlers_of("test.later") == [later]
    assert events.batch_handlers_of("test.many") == [many]
    assert events.handlers_of("test.nobody") == []


def test_an_immediate_handler_that_fails_undoes_the_whole_change(cast: Cast) -> None:
    @events.on("test.at_once", immediate=True)
    def fails(event: Event) -> None:
        raise ValueError("no")

    def change() -> None:
        with transaction.atomic():
            type(cast.kawa).objects.filter(pk=cast.kawa.pk).update(name="Half")
            events.record(SYSTEM, "test.at_once", cast.kawa)

    with pytest.raises(ValueError, match="no"):
        change()
    cast.kawa.refresh_from_db()
    assert cast.kawa.name == "Kawa i Ciasto"
    assert not Event.objects.exists()


def test_events_are_rolled_back_with_their_transaction(cast: Cast) -> None:
    def change() -> None:
        with transaction.atomic():
            events.record(SYSTEM, "test.nobody", cast.kawa)
            assert Event.objects.count() == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert not Event.objects.exists()


def test_every_word_of_the_product_says_what_it_means() -> None:
    for name, kind in events.KINDS.items():
        assert name == kind.name
        assert "." in name
        assert kind.meaning, name
        assert len(name) <= 60

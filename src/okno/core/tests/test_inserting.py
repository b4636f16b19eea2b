"""Rows of several tables in one exchange: the same rows that the ORM would have written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from okno.core.inserting import insert
from okno.core.models import Delivery, Event, SettingValue, StoredFile

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def event(**facts: Any) -> Event:
    return Event(kind="x", object_kind="y", object_id=1, actor_kind="system", actor_name="Okno", **facts)


def test_a_row_is_the_same_as_one_that_the_orm_writes() -> None:
    data = {"words": ["Zażółć", "it's %s", None], "number": 1.5}
    ours, theirs = event(data=data, at=MOMENT), event(data=data, at=MOMENT)
    insert(ours)
    theirs.save()
    assert ours.pk != theirs.pk
    ours.refresh_from_db()
    assert model_to_dict(ours, exclude=["id"]) == model_to_dict(theirs, exclude=["id"])


def test_what_the_database_fills_in_is_known_afterwards() -> None:
    rows = [event(), event(at=MOMENT), StoredFile(sha256="a", size=1, key="b")]
    insert(*rows)
    kept = [type(row)._default_manager.get(pk=row.pk) for row in rows]
    assert [row.at for row in kept[:2]] == [row.at for row in rows[:2]]
    assert kept[1].at == MOMENT
    assert kept[2].created_at == rows[2].created_at is not None


def test_rows_of_several_tables_go_in_one_exchange_and_in_their_order(django_assert_num_queries: Any) -> None:
    rows = [event(), Delivery(channel="x", recipients=["a@b.example", "c,d"], title="%"), event(), event()]
    with django_assert_num_queries(1):
        insert(*rows)
    assert [row.pk for row in Event.objects.order_by("pk")][-3:] == [rows[0].pk, rows[2].pk, rows[3].pk]
    assert Delivery.objects.get(pk=rows[1].pk).recipients == ["a@b.example", "c,d"]


def test_a_written_row_is_changed_by_a_later_save_and_not_written_again() -> None:
    row = event()
    insert(row)
    row.actor_name = "Olena"
    row.save()
    assert Event.objects.get(pk=row.pk).actor_name == "Olena"


def test_a_key_of_its_own_and_a_moment_of_the_last_change() -> None:
    row = SettingValue(key="x", value=[1])
    insert(row)
    assert SettingValue.objects.get(pk="x").changed_at == row.changed_at


def test_of_rows_that_the_database_refuses_none_is_there() -> None:
    insert(StoredFile(sha256="a", size=1, key="b"))
    before = Event.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(event(), StoredFile(sha256="a", size=1, key="c"))
    assert Event.objects.count() == before


def test_nothing_is_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert()

"""Deadlines in the API: read, set by hand, given back to the rules (F51)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from okno.api.tests.conftest import Caller
from okno.core import clock
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_deadlines_are_read_set_and_given_back(caller: Callable[..., Caller]) -> None:
    program = caller("taras")
    made = program.post("tickets", {"subject": "Printer", "priority": "critical"}).json()
    by_rule = datetime.fromisoformat(made["resolve_by"])
    assert by_rule - datetime.fromisoformat(made["created_at"]) == timedelta(hours=4)
    assert (made["reacted_at"], made["resolve_by_is_manual"]) == (None, False)
    path, wanted = f"tickets/{made['number']}", clock.now().replace(microsecond=0) + timedelta(hours=2)
    changed = program.patch(path, {"resolve_by": wanted.isoformat()}).json()
    assert datetime.fromisoformat(changed["resolve_by"]) == wanted
    assert changed["resolve_by_is_manual"] is True
    back = program.patch(path, {"resolve_by": None}).json()
    assert datetime.fromisoformat(back["resolve_by"]) == by_rule
    assert program.patch(path, {"resolve_by": "2020-01-01T00:00:00Z"}).status_code == 422
    assert program.patch(path, {"resolve_by": "soon"}).status_code == 422


def test_a_ticket_is_registered_with_a_deadline(caller: Callable[..., Caller]) -> None:
    program, wanted = caller("taras"), clock.now().replace(microsecond=0) + timedelta(days=2)
    made = program.post("tickets", {"subject": "Printer", "resolve_by": wanted.isoformat()}).json()
    assert Ticket.objects.get(number=made["number"]).resolve_by == wanted
    assert program.post("tickets", {"subject": "Printer", "resolve_by": "2020-01-01T00:00:00Z"}).status_code == 422
    listed = program.get("tickets?sort=due").json()["items"]
    assert made["number"] in [each["number"] for each in listed]

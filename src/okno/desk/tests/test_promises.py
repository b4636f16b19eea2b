"""Deadlines on the desk: chips of the list, the side panel, why, by hand, on the form of a new ticket."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okno.core import clock
from okno.core.drains import run_until_empty
from okno.core.models import Event
from okno.sla.models import SlaRule
from okno.sla.tests.test_following import HOUR, a_ticket, at, stored
from okno.testing.cast import Cast
from okno.tickets.filters import TicketFilter, page
from okno.tickets.models import Ticket
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.workflow.models import Priority

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clocks_of_utc(settings: Any) -> None:
    settings.DISPLAY_TIME_ZONE = settings.TIME_ZONE = "UTC"


@pytest.fixture
def taras(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.taras.user)
    return browser


def text(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def look(browser: Client, path: str, moment: Any) -> str:
    with clock.frozen_at(moment):
        return text(browser.get(path))


def test_the_list_says_how_much_working_time_is_left(cast: Cast, taras: Client) -> None:
    a_ticket(cast, at(1, 16))
    assert "4 h left" in look(taras, "/tickets/?section=active", at(1, 16))
    assert "2 h left" in look(taras, "/tickets/?section=active", at(1, 23))
    near = look(taras, "/tickets/?section=active", at(2, 10, 30))
    assert "promise-soon" in near
    assert "30 min left" in near
    late = look(taras, "/tickets/?section=active", at(2, 11, 45))
    assert "promise-late" in late
    assert "late by 45 min" in late


def test_a_paused_ticket_says_so_and_a_solved_one_nothing(cast: Cast, taras: Client) -> None:
    ticket = a_ticket(cast, at(1, 10), "high")
    with clock.frozen_at(at(1, 11)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="?"), then_status="waiting")
    paused = look(taras, "/tickets/?section=active", at(5, 11))
    assert "8 h left" in paused
    assert "promise-paused" in paused
    with clock.frozen_at(at(5, 12)):
        add_answer(cast.actor("taras"), stored(ticket), NewMessage(text="Done"), then_status="resolved")
    assert "promise-" not in look(taras, "/tickets/?section=active", at(5, 13))


def test_the_list_is_sorted_by_deadline_and_paged(cast: Cast, taras: Client) -> None:
    order = [a_ticket(cast, at(1, 10), code).number for code in ("low", "normal", "high", "critical")][::-1]
    a_ticket(cast, at(1, 10), "critical")
    Ticket.objects.filter(number__gt=max(order)).update(due_at=None)
    shown = text(taras.get("/tickets/?section=active&sort=due"))
    assert [int(number) for number in re.findall(r'id="row-([0-9]+)"', shown)] == order
    assert "Tickets: 4," in shown
    actor, chosen = cast.actor("taras"), TicketFilter(section="active", sort="due")
    first = page(actor, chosen, limit=3)
    second = page(actor, chosen, after=first.next_cursor, limit=3)
    assert [row.number for row in (*first.rows, *second.rows)] == order
    assert second.next_cursor is None
    assert [row.number for row in page(actor, replace(chosen, sort="-due")).rows] == order[::-1]


def test_the_list_asks_no_more_for_more_rows(cast: Cast, taras: Client) -> None:
    a_ticket(cast, at(1, 10))
    taras.get("/tickets/?section=active")
    with CaptureQueriesContext(connection) as few:
        taras.get("/tickets/?section=active")
    for minute in range(6):
        a_ticket(cast, at(1, 10, minute), "high")
    with CaptureQueriesContext(connection) as many:
        taras.get("/tickets/?section=active")
    assert len(many) <= len(few) + 1


def test_the_panel_shows_both_promises(cast: Cast, taras: Client) -> None:
    ticket = a_ticket(cast, at(1, 10), "critical")
    with clock.frozen_at(at(1, 10, 30)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="Looking"))
    panel = look(taras, f"/tickets/{ticket.number}/facts/", at(1, 15))
    assert "React by" in panel
    assert "kept" in panel
    assert "late by 1 h" in panel


def test_why_names_the_rule_the_days_and_the_pause(cast: Cast, taras: Client) -> None:
    ticket = a_ticket(cast, at(5, 16), "high")
    with clock.frozen_at(at(5, 17)):
        add_answer(cast.actor("taras"), ticket, NewMessage(text="?"), then_status="waiting")
        add_answer(cast.actor("taras"), stored(ticket), NewMessage(text="!"), then_status="open")
    why = look(taras, f"/tickets/{ticket.number}/deadline/", at(8, 10))
    assert "Rule: High." in why
    assert "Promised: 9 h" in why
    assert "Used: 3 h, left: 6 h." in why
    assert "the clock stands" in why
    assert "Waiting for client" in why
    assert why.count("closed") >= 2  # Saturday and Sunday
    SlaRule.objects.all().delete()


def test_a_deadline_by_hand_is_set_told_and_given_back(cast: Cast, taras: Client) -> None:
    ticket = a_ticket(cast, at(1, 10))
    path = f"/tickets/{ticket.number}/deadline/set/"
    with clock.frozen_at(at(1, 11)):
        assert taras.post(path, {"resolve_by": "2026-06-01T15:00"}).status_code == 200
        assert stored(ticket).resolve_by == at(1, 15)
        assert "(by hand)" in text(taras.get(f"/tickets/{ticket.number}/facts/"))
        assert "set this deadline by hand" in text(taras.get(f"/tickets/{ticket.number}/deadline/"))
        for wrong in ("", "soon", "2026-06-01T09:00", "2099-01-01T00:00"):
            assert taras.post(path, {"resolve_by": wrong}).status_code == 422
        assert taras.post(path, {"resolve_by": "2026-06-01T16:00", "version": "1"}).status_code == 409
        assert taras.post(path, {"clear": "1", "resolve_by": ""}).status_code == 200
    assert not stored(ticket).resolve_by_is_manual
    talk = text(taras.get(f"/tickets/{ticket.number}/talk/"))
    assert "Taras Vovk set the deadline of the solution" in talk
    assert "left the deadline to the rules again" in talk


def test_breaches_stand_in_the_conversation(cast: Cast, taras: Client) -> None:
    ticket = a_ticket(cast, at(1, 10), "critical")
    with clock.frozen_at(at(1, 15)):
        run_until_empty("deadlines")
    talk = text(taras.get(f"/tickets/{ticket.number}/talk/"))
    assert "The deadline of the solution has passed" in talk
    assert "The deadline of the reaction has passed" in talk


def test_the_form_of_a_new_ticket_computes_and_takes_a_deadline(cast: Cast, taras: Client) -> None:
    with clock.frozen_at(at(1, 10)):
        live = text(taras.get("/tickets/new/deadline/?type=incident&priority=critical"))
        assert "By the rules:" in live
        assert "promise nothing" in text(taras.get("/tickets/new/deadline/?type=task&priority=critical"))
        assert (
            taras.get("/tickets/new/deadline/?type=x&priority=y&company=z&contact=999&subject=%00").status_code
            == 200
        )
    soon = timezone.localtime(clock.now() + 5 * HOUR).replace(second=0, microsecond=0)
    facts = {
        "subject": "By hand", "type": "incident", "priority": Priority.objects.get(code="low").code,
        "html": "<p>x</p>", "written_by": "client", "resolve_by": soon.strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    assert taras.post("/tickets/new/", facts).status_code == 303
    made = Ticket.objects.get(subject="By hand")
    assert (made.resolve_by, made.resolve_by_is_manual) == (soon, True)
    refused = taras.post("/tickets/new/", facts | {"resolve_by": "2020-01-01T00:00"})
    assert refused.status_code == 422
    assert "still to come" in text(refused)
    assert Event.objects.filter(kind="ticket.created").count() == 1

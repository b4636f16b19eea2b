"""Time in statuses: of one ticket in its history, and over many on a page for leads (F3, F4)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from okno.core import clock
from okno.testing.cast import Cast
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db
HOURS = re.compile(r"2\s*hrs? 30\s*mins?")


def test_the_history_and_the_page_say_how_long(cast: Cast) -> None:
    start = clock.now() - timedelta(hours=5)
    with clock.frozen_at(start):
        ticket = create_ticket(cast.actor("olena"), NewTicket("Lamp", NewMessage(text="x"), "desk"))
    with clock.frozen_at(start + timedelta(hours=2, minutes=30)):
        change_status(cast.actor("olena"), ticket, "open")
    browser = Client()
    browser.force_login(cast.olena.user)
    assert HOURS.search(browser.get(f"/tickets/{ticket.number}/history/").content.decode())
    page = browser.get("/times/?clock=wall&days=7").content.decode()
    assert len(HOURS.findall(page)) >= 5
    assert "Nothing to measure" in browser.get("/times/?type=question").content.decode()
    assert browser.get("/times/?days=never&team=nobody").status_code == 200

"""How many queries the portal's pages ask, so that they stay few however many rows there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okno.core import remembered, settings_store
from okno.people.models import Contact
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow import lifecycles

pytestmark = pytest.mark.django_db
SESSION_AND_PERSON = 4
FRAME = 2
"""The count of news and the last event."""


@pytest.fixture(autouse=True)
def _nothing_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (remembered, settings_store, lifecycles):
        monkeypatch.setattr(module, "MAX_AGE", 3600.0)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/portal/requests/", FRAME + 4),  # rows, their news, companies, whether colleagues' are seen
        ("/portal/requests/?q=printer&state=open", FRAME + 4),
        ("/portal/journal/", FRAME + 4),
        ("/portal/requests/{number}/", FRAME + 6),  # ticket, messages, files, changes, mark, participants
        ("/portal/requests/{number}/talk/", 6),
        ("/portal/requests/new/", FRAME + 1),
        ("/portal/news/?after=1", FRAME + 3),
    ],
)
def test_pages_ask_few_queries(
    ticket: Ticket,
    browser: Callable[[str], Client],
    django_assert_max_num_queries: Any,
    path: str,
    most: int,
) -> None:
    jan = browser("jan")
    address = path.format(number=ticket.number)
    assert jan.get(address).status_code == 200
    with django_assert_max_num_queries(SESSION_AND_PERSON + most):
        assert jan.get(address).status_code == 200
    contact = Contact.objects.get(name="Jan Kowal")
    for number in range(30):
        message = NewMessage(text="x", channel="portal")
        create_ticket(contact.as_actor(), NewTicket(f"More {number}", message, "portal", contact=contact))
    with django_assert_max_num_queries(SESSION_AND_PERSON + most):
        assert jan.get(address).status_code == 200

"""The window in which a message becomes a ticket of its own (F192)."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, register_ticket
from okno.tickets.operations.messages import NewMessage

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_the_window_proposes_keeps_what_was_typed_and_splits_once(cast: Cast) -> None:
    words = NewMessage(text="Hello.\n\nCould Anna get a mailbox?", channel="portal")
    ticket, message = register_ticket(cast.actor("jan"), NewTicket("Printer", words, "portal", contact=cast.jan))
    olena, url = Client(), f"/messages/{message.pk}/split/"
    olena.force_login(cast.olena.user)
    assert url in olena.get(f"/tickets/{ticket.number}/").content.decode()
    assert 'value="Could Anna get a mailbox?"' in olena.get(url).content.decode()
    refused = olena.post(url, {"subject": "", "type": "question", "part": "not there", "once": "k"}, headers=HTMX)
    assert refused.status_code == 422
    assert "id_subject_error" in refused.content.decode()
    assert "not there" in refused.content.decode()
    form = {"subject": "Mailbox", "type": "question", "once": "k2"}
    done = olena.post(url, form, headers=HTMX)
    olena.post(url, form, headers=HTMX)
    made = Ticket.objects.exclude(pk=ticket.pk).get()
    assert done.status_code == 200
    told = json.loads(done["HX-Trigger"])["toast"]
    assert told["link"]["url"] == f"/tickets/{made.number}/"
    for each in (ticket, made):
        page = olena.get(f"/tickets/{each.number}/").content.decode()
        assert "split ticket" in page or "Split off from ticket" in page


def test_of_others_there_is_no_message_t14(cast: Cast) -> None:
    words = NewMessage(text="x", channel="portal")
    ticket, message = register_ticket(cast.actor("jan"), NewTicket("Printer", words, "portal", contact=cast.jan))
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.olena, team=cast.first_line)
    marek = Client()
    marek.force_login(cast.marek.user)
    assert marek.get(f"/messages/{message.pk}/split/").status_code == 404
    assert marek.post(f"/messages/{message.pk}/split/", {"subject": "x"}).status_code == 404

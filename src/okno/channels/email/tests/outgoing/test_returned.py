"""A letter of ours that does not arrive, from the answer that was written to the words that the agent reads."""

from __future__ import annotations

import smtplib
from email import message_from_bytes

import pytest
from django.test import Client

from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.receiving.smtp import Listeners
from okno.channels.email.tests.outgoing.acting import answer, ask
from okno.channels.email.tests.outgoing.conftest import Server
from okno.channels.email.tests.writing import SUPPORT, bounce, drain
from okno.core.drains import run_until_empty
from okno.core.models import Delivery
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.people import add_participant

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def by_recipient() -> dict[str, str]:
    return {each.recipients[0]: each.state for each in Delivery.objects.all()}


def page_of(cast: Cast, ticket: Ticket) -> str:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser.get(f"/tickets/{ticket.number}/").content.decode()


def arrives(raw: bytes) -> Letter:
    """A report comes to our port from outside, under the empty address of all reports."""
    listeners = Listeners(smtp="127.0.0.1:0")
    listeners.start()
    try:
        with smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
            client.sendmail("", [SUPPORT], raw)
    finally:
        listeners.stop()
    drain()
    return Letter.objects.latest("id")


def test_a_recipient_whom_the_server_refuses_at_once(cast: Cast, posting: Mailbox, server: Server) -> None:
    ticket = ask(cast)
    add_participant(cast.actor("olena"), ticket, "piotr@kawa.example")
    server.post.on_recipient["piotr@kawa.example"] = "550 5.1.1 no such user here"
    answer(cast, ticket)
    run_until_empty("events", "deliveries")
    assert by_recipient() == {"marta@kawa.example": "sent", "piotr@kawa.example": "failed"}
    page = page_of(cast, ticket)
    assert "not delivered to piotr@kawa.example" in page
    assert "no such user here" in page


def test_a_report_that_comes_later(cast: Cast, posting: Mailbox, server: Server) -> None:
    ticket = ask(cast)
    add_participant(cast.actor("olena"), ticket, "piotr@kawa.example")
    answer(cast, ticket)
    run_until_empty("events", "deliveries")
    assert by_recipient() == {"marta@kawa.example": "sent", "piotr@kawa.example": "sent"}
    ids = {to[0]: str(message_from_bytes(raw)["Message-ID"]) for _sender, to, raw in server.post.taken}
    forged = arrives(bounce(ids["marta@kawa.example"], recipient="piotr@kawa.example"))
    assert (forged.state, forged.ticket) == ("done", ticket)
    assert by_recipient() == {"marta@kawa.example": "sent", "piotr@kawa.example": "sent"}
    report = arrives(bounce(ids["piotr@kawa.example"], status="5.1.10", recipient="Piotr@Kawa.example"))
    assert (report.state, report.kind, report.ticket) == ("done", "bounce", ticket)
    assert by_recipient() == {"marta@kawa.example": "sent", "piotr@kawa.example": "failed"}
    page = page_of(cast, ticket)
    assert "not delivered to piotr@kawa.example" in page
    assert "5.1.10" in page
    ticket.refresh_from_db()
    assert ticket.message_count == 4
    run_until_empty("events", "deliveries")
    assert len(server.post.taken) == 2

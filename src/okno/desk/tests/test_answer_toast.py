"""What is said after an answer is true: sent, or only kept here."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from okno.channels.email.models import Mailbox
from okno.testing.cast import Cast
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage


@pytest.mark.django_db
@pytest.mark.parametrize(("mailbox", "tone"), [(True, "success"), (False, "warning")])
def test_an_answer_that_nobody_gets_is_not_called_sent(mailbox: bool, tone: str, cast: Cast) -> None:
    if mailbox:
        Mailbox.objects.create(name="Support", address="support@vikno.example", is_default=True)
    ticket = create_ticket(
        cast.actor("olena"), NewTicket(subject="x", message=NewMessage(text="x"), channel="desk", contact=cast.jan)
    )
    browser = Client(headers={"HX-Request": "true"})
    browser.force_login(cast.olena.user)
    answer = browser.post(reverse("desk:ticket-answer", args=[ticket.number]), {"html": "<p>Yes</p>"})
    assert json.loads(answer["HX-Trigger"])["toast"]["tone"] == tone

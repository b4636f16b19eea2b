"""Which composer is open at first is a setting (F90); a draft that waits is always shown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from okno.core import settings_store
from okno.testing.cast import Cast
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.drafts import save_draft
from okno.tickets.operations.messages import NewMessage


@pytest.mark.django_db
def test_the_default_of_a_message_is_a_setting(cast: Cast) -> None:
    olena = cast.actor("olena")
    ticket = create_ticket(
        olena, NewTicket(subject="x", message=NewMessage(text="x"), channel="desk", contact=cast.jan)
    )
    browser = Client()
    browser.force_login(cast.olena.user)

    def chosen() -> str:
        page = browser.get(reverse("desk:ticket", args=[ticket.number])).content.decode()
        return (
            "note"
            if 'id="answer-panel" role="tabpanel" aria-labelledby="answer-panel-tab" hidden' in page
            else "answer"
        )

    assert chosen() == "answer"
    settings_store.change(olena, {"tickets.default_message": "note"})
    assert chosen() == "note"
    save_draft(olena, ticket, "answer", body="<p>begun</p>")
    assert chosen() == "answer"

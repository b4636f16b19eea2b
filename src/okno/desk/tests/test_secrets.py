"""Access details in the desk: the panel, the look that is written down, the window, erasing (F198)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, override_settings

from okno.core.models import Event
from okno.people.models import Role
from okno.testing.cast import Cast
from okno.tickets.models import Ticket, TicketSecret
from okno.tickets.operations import secrets
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db
VALUE = "Kanarien<b>vogel"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def secret(cast: Cast) -> TicketSecret:
    message = NewMessage(text="The shop is down", channel="portal")
    made = create_ticket(cast.actor("jan"), NewTicket("Shop", message, "portal", contact=cast.jan))
    assign(cast.actor("olena"), made, agent=cast.olena, team=cast.first_line)
    return secrets.keep(cast.actor("jan"), made, "Shop, admin", VALUE)


@pytest.fixture
def browser(cast: Cast) -> Callable[[str], Client]:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name).user)
        return client

    return signed_in


def url(secret: TicketSecret, more: str = "") -> str:
    return f"/tickets/{secret.ticket.number}/secrets/{secret.pk}/{more}"


def test_the_page_says_that_there_is_one_and_a_click_shows_it(
    secret: TicketSecret, browser: Callable[[str], Client]
) -> None:
    olena = browser("olena")
    page = olena.get(f"/tickets/{secret.ticket.number}/").content.decode()
    assert "Shop, admin" in page
    assert url(secret) in page
    assert VALUE not in page
    assert secret.ciphertext not in page
    shown = olena.post(url(secret), headers=HTMX)
    assert "Kanarien&lt;b&gt;vogel" in shown.content.decode()
    assert 'data-vanish="30"' in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert olena.get(url(secret)).status_code == 405
    history = olena.get(f"/tickets/{secret.ticket.number}/history/").content.decode()
    assert "Olena Kravets looked at the access details: Shop, admin" in history
    audit = olena.get("/manage/audit/").content.decode()
    assert "looked at" in audit


def test_who_lacks_the_right_or_the_ticket_is_refused_t14(
    cast: Cast, secret: TicketSecret, browser: Callable[[str], Client]
) -> None:
    lead = Role.objects.get(code="lead")
    lead.rights = [right for right in lead.rights if right != "tickets.secrets"]
    lead.save()
    taras = browser("taras")
    page = taras.get(f"/tickets/{secret.ticket.number}/").content.decode()
    assert "Shop, admin" in page
    assert f'hx-post="{url(secret)}"' not in page
    assert taras.post(url(secret), headers=HTMX).status_code == 403
    assert browser("marek").post(url(secret), headers=HTMX).status_code == 404
    other = create_ticket(cast.actor("jan"), NewTicket("x", NewMessage(text="x"), "portal", contact=cast.jan))
    foreign = f"/tickets/{other.number}/secrets/{secret.pk}/"
    assert browser("olena").post(foreign, headers=HTMX).status_code == 404
    assert not Event.objects.filter(kind="ticket.secret_revealed").exists()


def test_another_key_is_said_in_the_panel(secret: TicketSecret, browser: Callable[[str], Client]) -> None:
    with override_settings(SECRET_KEY="another key " * 5):
        olena = browser("olena")
        answer = olena.post(url(secret), headers=HTMX)
    assert answer.status_code == 409
    assert "another secret key" in answer.content.decode()


def test_the_window_keeps_what_was_said_on_the_telephone(
    cast: Cast, secret: TicketSecret, browser: Callable[[str], Client]
) -> None:
    olena, window = browser("olena"), f"/tickets/{secret.ticket.number}/secrets/"
    assert 'name="secret_value"' in olena.get(window).content.decode()
    refused = olena.post(window, {"secret_label": "VPN"}, headers=HTMX)
    assert refused.status_code == 422
    assert "id_secret_value_error" in refused.content.decode()
    assert olena.post(window, {"secret_label": "VPN", "secret_value": "tajne"}, headers=HTMX).status_code == 200
    made = TicketSecret.objects.get(label="VPN")
    assert made.agent == cast.olena
    assert secrets.reveal(cast.actor("olena"), made.pk) == "tajne"
    assert browser("marek").get(window).status_code == 404


def test_it_is_erased_by_hand_and_the_row_says_so(
    secret: TicketSecret, cast: Cast, browser: Callable[[str], Client]
) -> None:
    olena = browser("olena")
    assert olena.post(url(secret, "erase/"), headers=HTMX).status_code == 200
    page = olena.get(f"/tickets/{secret.ticket.number}/").content.decode()
    assert "somebody erased it" in page
    assert url(secret) not in page
    assert olena.post(url(secret), headers=HTMX).status_code == 409


def test_a_closed_ticket_takes_none_and_says_why(
    secret: TicketSecret, cast: Cast, browser: Callable[[str], Client]
) -> None:
    ticket = Ticket.objects.get(pk=secret.ticket_id)
    for status in ("resolved", "closed"):
        change_status(cast.actor("olena"), ticket, status)
    olena = browser("olena")
    answer = olena.post(
        f"/tickets/{ticket.number}/secrets/", {"secret_label": "V", "secret_value": "x"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "closed" in answer.content.decode()
    assert "the ticket was closed" in olena.get(f"/tickets/{ticket.number}/").content.decode()

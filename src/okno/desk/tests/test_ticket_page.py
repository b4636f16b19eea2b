"""What the page of a ticket hands to the browser, and what its history tells."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.editing import change_subject
from okno.tickets.operations.messages import NewMessage, add_answer

VALUES = re.compile(r"""hx-vals=(?:"([^"]*)"|'([^']*)')""")


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    message = NewMessage(text="Since noon", channel="email", contact=cast.jan)
    new = NewTicket(subject='It\'s the "lamp"', message=message, channel="email", contact=cast.jan)
    return create_ticket(cast.actor("olena"), new)


def page_of(cast: Cast, name: str, ticket: Ticket) -> str:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser.get(reverse(f"desk:{name}", args=[ticket.number])).content.decode()


@pytest.mark.django_db
def test_what_every_choice_posts_can_be_read_by_the_browser(cast: Cast, ticket: Ticket) -> None:
    page = page_of(cast, "ticket", ticket)
    posted = [json.loads(html.unescape(double or single)) for double, single in VALUES.findall(page)]
    assert {"status": "resolved", "version": ticket.version} in posted
    assert {"agent": cast.marek.pk, "version": ticket.version} in posted
    assert page.count("hx-vals=") == len(posted)


@pytest.mark.django_db
def test_the_keys_of_menus_are_named_by_the_fact_and_not_by_its_value(cast: Cast, ticket: Ticket) -> None:
    page = page_of(cast, "ticket", ticket)
    for key, name in (("s", "Status"), ("a", "Assignee"), ("p", "Priority"), ("y", "Type")):
        assert f'data-key="{key}" data-key-label="{name}"' in page


@pytest.mark.django_db
def test_the_history_names_authors_and_shows_no_internal_names(cast: Cast, ticket: Ticket) -> None:
    add_answer(cast.actor("olena"), ticket, NewMessage(text="Try the switch"))
    page = page_of(cast, "ticket-history", ticket)
    assert f"{cast.olena.name} added a message" in page
    assert not re.search(r">\s*(?:ticket|mail)\.[a-z_]+\s*<", page)


@pytest.mark.django_db
def test_a_letter_without_words_and_files_says_so(cast: Cast) -> None:
    message = NewMessage(text="", channel="email", contact=cast.jan)
    ticket = create_ticket(
        cast.actor("olena"), NewTicket(subject="x", message=message, channel="email", contact=cast.jan)
    )
    assert "(empty letter)" in page_of(cast, "ticket", ticket)


def post(cast: Cast, name: str, ticket: Ticket, **values: str) -> HttpResponse:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser.post(reverse(f"desk:{name}", args=[ticket.number]), values)


@pytest.mark.django_db
def test_a_client_typed_and_not_chosen_never_takes_the_client_away(cast: Cast, ticket: Ticket) -> None:
    refused = post(cast, "ticket-client", ticket, client="Somebody Unknown", contact="", company="")
    assert refused.status_code == 422
    assert "#client-trouble" in refused.content.decode()
    ticket.refresh_from_db()
    assert ticket.contact == cast.jan


@pytest.mark.django_db
def test_a_client_typed_with_an_address_is_registered(cast: Cast, ticket: Ticket) -> None:
    taken = post(cast, "ticket-client", ticket, client="Nina New <nina@new.example>", version=str(ticket.version))
    assert "dialog:close" in taken["HX-Trigger"]
    ticket.refresh_from_db()
    assert ticket.contact is not None
    assert ticket.contact.name == "Nina New"
    assert [each.address for each in ticket.contact.addresses.all()] == ["nina@new.example"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "field", "value"), [("subject", "subject", "  "), ("participants", "address", "no address")]
)
def test_what_cannot_be_taken_is_answered_beside_its_field(
    cast: Cast, ticket: Ticket, name: str, field: str, value: str
) -> None:
    refused = post(cast, f"ticket-{name}", ticket, **{field: value})
    assert refused.status_code == 422
    assert f'hx-target="#{field}-trouble"' in refused.content.decode()
    assert f'id="{field}-trouble"' in page_of(cast, "ticket", ticket)


@pytest.mark.django_db
def test_a_window_open_for_too_long_says_so_and_can_be_sent_again(cast: Cast, ticket: Ticket) -> None:
    seen = ticket.version
    change_subject(cast.actor("taras"), ticket, "Changed by Taras")
    refused = post(cast, "ticket-subject", ticket, subject="Changed by Olena", version=str(seen))
    assert refused.status_code == 409
    fresh = re.search(r'id="subject-version" value="(\d+)"', refused.content.decode())
    assert fresh is not None
    assert post(cast, "ticket-subject", ticket, subject="Changed by Olena", version=fresh[1]).status_code == 200

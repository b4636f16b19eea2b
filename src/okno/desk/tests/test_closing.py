"""A request of which nothing can be made is closed with a prepared reason (F220)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from okno.core.faults import Conflict, Invalid
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets.models import CannedReply, Ticket
from okno.tickets.operations.closing import close_with_reason, closing_reasons
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_client_message

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return create_ticket(
        cast.actor("jan"),
        NewTicket("Help", NewMessage(text="urgent!", channel="portal"), "portal", contact=cast.jan),
    )


@pytest.fixture
def reason(db: None) -> CannedReply:
    CannedReply.objects.create(title="Brak informacji", html="<p>Brak.</p>", language="pl", is_closing=True)
    CannedReply.objects.create(title="Solved", html="<p>Solved.</p>", language="en")
    return CannedReply.objects.create(
        title="Not enough information",
        html="<p>$first_name, say what happened.</p>",
        language="en",
        is_closing=True,
    )


def test_the_client_is_told_and_the_history_keeps_why(cast: Cast, ticket: Ticket, reason: CannedReply) -> None:
    close_with_reason(cast.actor("olena"), ticket, reason, "<p>Say what happened.</p>", "resolved")
    ticket.refresh_from_db()
    assert ticket.state == "resolved"
    last = ticket.messages.latest("id")
    assert (last.text.strip(), last.is_public, last.agent) == ("Say what happened.", True, cast.olena)
    event = Event.objects.filter(kind="ticket.status_changed", object_id=ticket.pk).latest("id")
    assert event.data["reason"] == {
        "because": "closing reason",
        "title": "Not enough information",
        "reply": reason.pk,
    }


def test_reasons_are_those_in_the_clients_language(reason: CannedReply) -> None:
    assert [each.title for each in closing_reasons("en")] == ["Not enough information"]
    assert [each.title for each in closing_reasons("pl")] == ["Brak informacji"]
    assert len(closing_reasons("uk")) == 2  # none in it: those that there are


def test_what_does_not_end_the_work_is_refused_and_nothing_is_sent(
    cast: Cast, ticket: Ticket, reason: CannedReply
) -> None:
    olena, count = cast.actor("olena"), ticket.messages.count()
    for code in ("open", "waiting", "no-such"):
        with pytest.raises(Invalid):
            close_with_reason(olena, ticket, reason, "<p>x</p>", code)
    other = CannedReply.objects.get(title="Solved")
    with pytest.raises(Invalid):
        close_with_reason(olena, ticket, other, "<p>x</p>", "resolved")
    seen = ticket.messages.latest("id").pk
    add_client_message(cast.actor("jan"), ticket, NewMessage(text="The till is frozen", channel="portal"))
    with pytest.raises(Conflict):
        close_with_reason(olena, ticket, reason, "<p>x</p>", "resolved", last_seen=seen)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.messages.count()) == ("new", count + 1)


def test_the_window_fills_in_keeps_what_was_typed_and_sends_once(
    cast: Cast, ticket: Ticket, reason: CannedReply
) -> None:
    olena, url = Client(), f"/tickets/{ticket.number}/close/"
    olena.force_login(cast.olena.user)
    assert url in olena.get(f"/tickets/{ticket.number}/").content.decode()
    page = olena.get(url).content.decode()
    assert "Jan, say what happened." in page
    assert "Brak informacji" not in page
    assert "Jan, say what happened." in olena.post(f"{url}{reason.pk}/").content.decode()
    other = CannedReply.objects.get(title="Solved")
    assert olena.post(f"{url}{other.pk}/").status_code == 404
    refused = olena.post(url, {"reason": reason.pk, "text": "", "status": "resolved", "once": "a"}, headers=HTMX)
    assert refused.status_code == 422
    assert "id_text_error" in refused.content.decode()
    form = {"reason": reason.pk, "text": "My own words", "status": "resolved", "once": "b"}
    for _again in range(2):
        assert olena.post(url, form, headers=HTMX).status_code == 200
    assert ticket.messages.filter(text__contains="My own words").count() == 1
    assert "Not enough information" in olena.get(f"/tickets/{ticket.number}/history/").content.decode()
    stranger = Client()
    stranger.force_login(cast.marek.user)
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.olena, team=cast.first_line)
    assert stranger.get(url).status_code == 404


@pytest.fixture
def olena(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


def seen_in(page: str) -> str:
    found = re.search(r'name="last_seen" value="([0-9]*)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("way", ["read", "anyway"])
def test_what_the_client_wrote_meanwhile_is_shown_before_it_is_closed_t30(
    cast: Cast, ticket: Ticket, reason: CannedReply, olena: Client, way: str
) -> None:
    url, jan = f"/tickets/{ticket.number}/close/", cast.actor("jan")
    drawn = seen_in(olena.get(url).content.decode())
    assert drawn == str(ticket.messages.get().pk)
    add_client_message(jan, ticket, NewMessage(text="The till is frozen", channel="portal"))
    form = {"reason": reason.pk, "text": "Say more", "status": "resolved", "once": "a", "last_seen": drawn}
    refused = olena.post(url, form, headers=HTMX)
    page = refused.content.decode()
    assert refused.status_code == 422
    for shown in ("New messages arrived while you were writing.", "The till is frozen", "Send anyway", "Say more"):
        assert shown in page, shown
    ticket.refresh_from_db()
    assert (ticket.state, ticket.messages.count()) == ("new", 2)
    if way == "anyway":
        add_client_message(jan, ticket, NewMessage(text="And the other one", channel="portal"))
    again = {"last_seen": seen_in(page)} | ({"anyway": "1"} if way == "anyway" else {})
    assert olena.post(url, form | again, headers=HTMX).status_code == 200
    ticket.refresh_from_db()
    assert ticket.state == "resolved"


def test_a_mistake_elsewhere_does_not_make_new_messages_seen_t30(
    cast: Cast, ticket: Ticket, reason: CannedReply, olena: Client
) -> None:
    url = f"/tickets/{ticket.number}/close/"
    drawn = seen_in(olena.get(url).content.decode())
    add_client_message(cast.actor("jan"), ticket, NewMessage(text="The till is frozen", channel="portal"))
    form = {"reason": reason.pk, "text": "", "status": "resolved", "once": "a", "last_seen": drawn}
    assert seen_in(olena.post(url, form, headers=HTMX).content.decode()) == drawn
    unread = olena.post(url, form | {"text": "x", "last_seen": "much"}, headers=HTMX)
    assert (unread.status_code, ticket.messages.count()) == (422, 2)


def test_another_reason_leaves_own_words_and_ties_the_mistake_to_the_field(
    ticket: Ticket, reason: CannedReply, olena: Client
) -> None:
    url = f"/tickets/{ticket.number}/close/{reason.pk}/"
    for text in ("Old words,\r\nprepared", "", " "):
        page = olena.post(url, {"text": text, "proposed": "Old words,\nprepared"}).content.decode()
        assert "Jan, say what happened.</textarea>" in page
        assert "Your own words are kept" not in page
    kept = olena.post(url, {"text": "My own words", "proposed": "Old words"}).content.decode()
    assert "My own words</textarea>" in kept
    assert 'value="Jan, say what happened."' in kept  # from now on these are the proposed ones
    assert 'aria-describedby="id_text_help"' in kept
    wrong = olena.post(url, {"text": "x" * 20_001, "proposed": "Old words"}).content.decode()
    assert re.search(r'aria-describedby="[^"]*id_text_error"', wrong)
    assert 'aria-invalid="true"' in wrong

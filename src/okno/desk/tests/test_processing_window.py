"""Call-backs are processed in a window: by one employee, only while it is open (F166-F173)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from okno.core import clock
from okno.testing.cast import Cast
from okno.tickets.models import Processing, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.timers import run_timers
from okno.tickets.tests.lifecycles import bend
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast: Cast) -> Ticket:
    kind = TicketType.objects.get(code="call-back")
    new = NewTicket("Call me back", NewMessage(text="About the invoice", contact=cast.jan), "desk", type=kind)
    return create_ticket(cast.actor("olena"), new)


@pytest.fixture
def at(cast: Cast, call: Ticket) -> Callable[..., HttpResponse]:
    def ask(path: str, by: str = "olena", **values: str) -> HttpResponse:
        browser = Client(headers={"HX-Request": "true"})
        browser.force_login(getattr(cast, by).user)
        if path.startswith("/"):
            return browser.get(path)
        return browser.post(f"/tickets/{call.number}/{path}", values)

    return ask


def code(call: Ticket) -> str:
    call.refresh_from_db()
    return call.status.code


def test_opening_begins_and_leaving_gives_back(call: Ticket, at: Callable[..., HttpResponse]) -> None:
    window = at("process/").content.decode()
    assert "About the invoice" in window
    assert window.index("Request processed") < window.index("Postpone")
    assert code(call) == "processing"
    assert "You are processing" in at(f"/tickets/{call.number}/head/").content.decode()
    assert at("process/alive/").status_code == 204
    assert at("process/leave/").status_code == 204
    assert code(call) == "new"
    assert at("process/alive/").status_code == 409
    lost = at("process/finish/", result="processed")
    assert (lost.status_code, "no longer yours" in lost.content.decode()) == (409, True)


def test_a_second_employee_hears_who_is_at_it(cast: Cast, call: Ticket, at: Callable[..., HttpResponse]) -> None:
    at("process/")
    taken = at("process/", by="marek")
    assert taken.status_code == 409
    assert f"{cast.olena.name} is processing this request" in taken.content.decode()
    assert f"{cast.olena.name} since" in at("/tickets/?section=active", by="marek").content.decode()
    head = at(f"/tickets/{call.number}/head/", by="marek").content.decode()
    assert f"{cast.olena.name} is processing" in head
    with clock.frozen_at(clock.now() + timedelta(minutes=2)):
        run_timers()
        assert code(call) == "new"
        assert at("process/", by="marek").status_code == 200


def test_a_result_ends_it_and_the_list_says_who_when_and_how_long(
    cast: Cast, call: Ticket, at: Callable[..., HttpResponse]
) -> None:
    at("process/")
    refused = at("process/finish/", result="")
    assert refused.status_code == 422
    saved = at("process/finish/", result="processed", when="hour", comment="He will pay")
    assert "dialog:close" in saved["HX-Trigger"]
    assert code(call) == "processed"
    assert [each.text for each in call.messages.order_by("id")][-1] == "He will pay"
    page = at("/tickets/?section=closed").content.decode()
    assert f"{cast.olena.name}, " in page
    assert "took" in page


def test_a_request_is_postponed_from_its_window(call: Ticket, at: Callable[..., HttpResponse]) -> None:
    at("process/")
    empty = at("process/finish/", result="postponed", when="own", until="", comment="Line busy")
    assert empty.status_code == 422
    assert 'id="id_until_error"' in empty.content.decode()
    assert "Line busy" in empty.content.decode()
    assert at("process/finish/", result="postponed", when="hour").status_code == 200
    assert code(call) == "postponed"
    assert call.until_at is not None
    assert Processing.objects.get(ticket=call).result == call.status


def test_the_comment_of_another_result_is_not_sent_where_it_is_public_t20(
    call: Ticket, at: Callable[..., HttpResponse]
) -> None:
    bend("processing", "postponed", of="call-back", comment_is_public=True)
    window = at("process/").content.decode()
    assert "Only colleagues see it." in window
    assert 'name="comment_is_public" value="0"' in window
    words = {"result": "postponed", "when": "hour", "comment": "He never pays"}
    refused = at("process/finish/", **words, comment_is_public="0")
    again = refused.content.decode()
    assert (refused.status_code, "Who sees the comment was changed" in again) == (422, True)
    assert 'name="comment_is_public" value="1"' in again
    assert (code(call), call.messages.filter(text="He never pays").exists()) == ("processing", False)
    assert at("process/finish/", **words, comment_is_public="1").status_code == 200
    assert call.messages.get(text="He never pays").is_public

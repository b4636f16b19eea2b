"""The strip that says who waits to be called back: in every header, for whoever may see it (F170)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from okno.config.hearing import Hearing
from okno.core import remembered, settings_store
from okno.core.live import Change
from okno.core.live.changes import read
from okno.testing.cast import Cast
from okno.tickets.calls import waiting_calls
from okno.tickets.models import Ticket
from okno.tickets.operations import change, creating
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow import lifecycles
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db


def call_of(cast: Cast, subject: str = "Call me back") -> Ticket:
    kind = TicketType.objects.get(code="call-back")
    new = NewTicket(
        subject, NewMessage(text="About the till", contact=cast.jan), "desk", contact=cast.jan, type=kind
    )
    return create_ticket(cast.actor("olena"), new)


@pytest.fixture
def at(cast: Cast) -> Callable[..., HttpResponse]:
    browsers: dict[str, Client] = {}

    def ask(path: str, by: str = "olena", **posted: str) -> HttpResponse:
        if by not in browsers:
            browsers[by] = Client()
            browsers[by].force_login(getattr(cast, by).user)
        if posted:
            return browsers[by].post(path, posted, headers={"HX-Request": "true"})
        return browsers[by].get(path)

    return ask


def test_every_page_asks_for_the_strip_which_is_empty_without_requests(
    cast: Cast, at: Callable[..., HttpResponse]
) -> None:
    create_ticket(cast.actor("olena"), NewTicket("An incident", NewMessage(text="x"), "desk"))
    for path in ("/tickets/", "/account/profile/", "/manage/"):
        page = at(path).content.decode()
        assert 'hx-get="/calls/" hx-trigger="load, refresh"' in page
        assert 'data-live="calls"' in page
    strip = at("/calls/")
    assert 'class="call"' not in strip.content.decode()
    assert strip.cookies == {}


def test_a_new_request_stands_there_until_somebody_takes_it(cast: Cast, at: Callable[..., HttpResponse]) -> None:
    call = call_of(cast)
    for who in ("olena", "taras", "marek"):
        strip = at("/calls/", by=who).content.decode()
        assert "Call me back" in strip
        assert f'hx-post="/tickets/{call.number}/process/"' in strip
    assert "is-expected" in at("/tickets/").content.decode()  # the next page keeps its room
    window = at(f"/tickets/{call.number}/process/", by="marek", **{"from": "header"}).content.decode()
    assert 'name="from" value="header"' in window
    gone = at("/calls/")
    assert "Call me back" not in gone.content.decode()
    assert gone.cookies["okno_calls"].value == ""
    at(f"/tickets/{call.number}/process/leave/", by="marek", left="1")
    assert "Call me back" in at("/calls/").content.decode()


def test_a_result_in_the_header_leaves_the_page_beneath_alone(cast: Cast, at: Callable[..., HttpResponse]) -> None:
    call = call_of(cast)
    at(f"/tickets/{call.number}/process/", **{"from": "header"})
    refused = at(f"/tickets/{call.number}/process/finish/", result="", **{"from": "header"})
    assert (refused.status_code, 'value="header"' in refused.content.decode()) == (422, True)
    done = at(f"/tickets/{call.number}/process/finish/", result="processed", **{"from": "header"})
    assert (done.status_code, done.content) == (204, b"")
    assert "dialog:close" in done.headers["HX-Trigger"]
    call.refresh_from_db()
    assert call.status.code == "processed"


def test_several_wait_in_the_order_in_which_they_came(cast: Cast, at: Callable[..., HttpResponse]) -> None:
    for number in range(12):
        call_of(cast, f"Call {number}")
    strip = at("/calls/").content.decode()
    assert strip.index("Call 0") < strip.index("Call 1<") < strip.index("Call 9")
    assert "Call 10" not in strip
    assert "9+ more" in strip


def test_nobody_learns_of_requests_that_he_does_not_see_t21(cast: Cast, at: Callable[..., HttpResponse]) -> None:
    call = call_of(cast)
    assign(cast.actor("olena"), call, agent=cast.taras, team=None)
    assert "Call me back" in at("/calls/", by="taras").content.decode()
    assert "Call me back" not in at("/calls/", by="marek").content.decode()
    assert call not in waiting_calls(cast.actor("marek"))


def test_who_sees_it_and_may_not_process_it_gets_to_the_ticket(cast: Cast, at: Callable[..., HttpResponse]) -> None:
    call = call_of(cast)
    role = cast.marek.role
    role.rights = [right for right in role.rights if not right.startswith("tickets.status")]
    role.save()
    strip = at("/calls/", by="marek").content.decode()
    assert f'<a class="call" href="/tickets/{call.number}/">' in strip
    assert "hx-post" not in strip


def test_the_strip_asks_few_queries(
    cast: Cast,
    at: Callable[..., HttpResponse],
    django_assert_max_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (remembered, lifecycles, settings_store):
        monkeypatch.setattr(module, "MAX_AGE", 3600.0)
    for number in range(8):
        call_of(cast, f"Call {number}")
    at("/calls/")
    with django_assert_max_num_queries(4):  # session, person, the requests, and which of them may be processed
        at("/calls/")


def test_headers_hear_of_requests_with_a_window_only_and_only_those_who_see_them_t21(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Change] = []

    def note(topic: str, **facts: Any) -> None:
        told.append(Change(topic, facts))

    monkeypatch.setattr(creating, "changed", note)
    monkeypatch.setattr(change, "changed", note)
    hearing = Hearing()
    create_ticket(cast.actor("olena"), NewTicket("An incident", NewMessage(text="x"), "desk"))
    assert "calls" not in hearing.topics(cast.actor("olena"), told)
    told.clear()
    call = call_of(cast)
    assert "calls" in hearing.topics(cast.actor("marek"), told)
    told.clear()
    assign(cast.actor("olena"), call, agent=cast.taras, team=None)
    assert "calls" in hearing.topics(cast.actor("marek"), told)  # it leaves his header
    told.clear()
    assign(cast.actor("olena"), call, agent=cast.olena, team=None)
    assert "calls" in hearing.topics(cast.actor("olena"), told)
    assert hearing.topics(cast.actor("marek"), told) == []
    assert read('{"topic":"ticket:7","calls":true}') == Change("ticket:7", {"calls": True})

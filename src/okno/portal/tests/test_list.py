"""The list of requests: open ones and the journal, words, filters, search, pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from okno.core import clock
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.status import change_status
from okno.tickets.search import remember

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


def page(client: Client, path: str, **query: Any) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def subjects(text: str) -> list[str]:
    return re.findall(r"data-row-link[^>]*>([^<]*)<", text)


def beside(text: str, where: str) -> str:
    """The address of the next or the previous page."""
    found = re.search(rf'rel="{where}" href="([^"]+)"', text)
    assert found
    return found[1].replace("&amp;", "&")


def make(cast: Cast, who: str, subject: str, text: str = "It is so", **facts: Any) -> Ticket:
    facts = {"contact": getattr(cast, who), "channel": "portal"} | facts
    return create_ticket(cast.actor(who), NewTicket(subject, NewMessage(text=text, channel="portal"), **facts))


def test_the_portal_begins_with_the_open_requests(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    assert jan.get("/portal/").headers["Location"] == "/portal/requests/"
    assert "Printer" in page(jan, "/portal/requests/")
    assert "Printer" not in page(jan, "/portal/journal/")


def test_closed_requests_stand_in_the_journal_f17_f25(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    change_status(cast.actor("olena"), ticket, "closed")
    jan = browser("jan")
    assert "Printer" not in page(jan, "/portal/requests/")
    assert "Printer" in page(jan, "/portal/journal/")


def test_nobody_sees_requests_of_another_company_t14(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    for who in ("marta", "anna"):
        client = browser(who)
        for path in ("/portal/requests/", "/portal/journal/", "/portal/requests/?q=printer"):
            assert "Printer" not in page(client, path)
        assert client.get(f"/portal/requests/{ticket.number}/").status_code == 404
    assert browser("olena").get("/portal/requests/").status_code == 404
    assert Client().get("/portal/requests/").status_code == 302


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("open", "We are working on it"),
        ("waiting", "We are waiting for your answer"),
        ("resolved", "A solution is proposed"),
    ],
)
def test_a_row_says_where_the_request_stands_f15(
    cast: Cast, ticket: Ticket, browser: Browser, status: str, words: str
) -> None:
    if ticket.status.code != status:
        change_status(cast.actor("olena"), ticket, status)
    text = page(browser("jan"), "/portal/requests/")
    assert words in text
    assert ("Closes in" in text) == (status != "open")


def test_a_row_counts_the_days_until_it_closes_f26_f27(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    change_status(cast.actor("olena"), ticket, "waiting")
    jan = browser("jan")
    for after, words in ((timedelta(days=1), "Closes in 5 days"), (timedelta(days=6), "Closes in 23 hours")):
        with clock.frozen_at(clock.now() + after):
            assert words in page(jan, "/portal/requests/")


def test_news_is_bold_until_it_was_read_f21(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan, olena = browser("jan"), cast.actor("olena")
    assert 'class="request-row is-unread"' in page(jan, "/portal/requests/")
    shown = ticket.messages.latest("id").pk
    page(jan, f"/portal/requests/{ticket.number}/")
    assert "is-unread" in page(jan, "/portal/requests/"), "the fetching of a page alone is no reading"
    read = f"/portal/requests/{ticket.number}/read/"
    assert jan.post(read, {"message": shown, "event": 10**15}).status_code == 204
    assert "is-unread" not in page(jan, "/portal/requests/")
    add_note(olena, ticket, NewMessage(text="between us"))
    assert "is-unread" not in page(jan, "/portal/requests/"), "a private note is no news"
    add_answer(olena, ticket, NewMessage(text="And now?"))
    add_answer(olena, ticket, NewMessage(text="Still there?"))
    text = page(jan, "/portal/requests/")
    assert "new: 2" in text
    assert "2 new messages" in text
    add_client_message(cast.actor("jan"), ticket, NewMessage(text="Mine", channel="portal"))
    assert "new: 2" in page(jan, "/portal/requests/"), "one's own words are no news"
    assert jan.post("/portal/news/read/").status_code == 303
    assert "is-unread" not in page(jan, "/portal/requests/")


def test_a_change_of_status_is_news_too_f21(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    jan.post("/portal/news/read/")
    assert "new: " not in page(jan, "/portal/requests/")
    change_status(cast.actor("olena"), ticket, "resolved")
    assert "new: 1" in page(jan, "/portal/requests/")
    jan.post(f"/portal/requests/{ticket.number}/accept/", {"once": "a-key-of-this-form"})
    assert "new: 1" in page(jan, "/portal/requests/"), "what one did oneself adds nothing"


def test_marks_of_reading_never_go_back(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    url, last = f"/portal/requests/{ticket.number}/read/", ticket.messages.latest("id").pk
    jan.post(url, {"message": last, "event": 10**15})
    for odd in ({"message": "1", "event": "1"}, {"message": "x"}, {}, {"message": "9" * 40, "event": "-1"}):
        assert jan.post(url, odd).status_code == 204
    assert "is-unread" not in page(jan, "/portal/requests/")
    assert browser("marta").post(url, {"message": last}).status_code == 404


def test_search_knows_public_words_only_t20_t21(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    add_note(cast.actor("olena"), ticket, NewMessage(text="the kanarienvogel sings"))
    remember([ticket.pk])
    jan = browser("jan")
    found = ["printers", "switch", "silent", str(ticket.number), "print"]
    assert all(f'id="row-{ticket.number}"' in page(jan, "/portal/requests/", q=words) for words in found)
    assert all(
        "Nothing found" in page(jan, "/portal/requests/", q=words) for words in ("kanarienvogel", "?", "zzz")
    )
    assert f'id="row-{ticket.number}"' not in page(browser("marta"), "/portal/requests/", q="printers")


def test_filters_narrow_and_odd_values_are_passed_over(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    other = make(cast, "jan", "Wish for a scanner", type=None)
    change_status(cast.actor("olena"), other, "waiting")
    jan = browser("jan")
    text = page(jan, "/portal/requests/", state="waiting")
    assert "scanner" in text
    assert "Printer" not in text
    today = clock.now().date()
    assert "Printer" in page(
        jan, "/portal/requests/", since=today - timedelta(days=1), until=today + timedelta(days=1)
    )
    assert "Printer" not in page(jan, "/portal/requests/", since=today + timedelta(days=2))
    assert "Printer" not in page(jan, "/portal/requests/", kind="no-such-type")
    assert "Printer" not in page(jan, "/portal/requests/", whose="others")
    assert "Printer" in page(jan, "/portal/requests/", whose="mine")
    assert "Printer" not in page(jan, "/portal/requests/", company=cast.kawa.pk)
    odd = {"state": "x", "company": "²", "whose": "?", "since": "yesterday", "sort": "due", "after": "!!"}
    assert "Printer" in page(jan, "/portal/requests/", **odd)


def test_pages_go_on_where_the_last_one_ended(cast: Cast, browser: Browser) -> None:
    for number in range(27):
        make(cast, "jan", f"Request {number:02}")
    jan = browser("jan")
    first = page(jan, "/portal/requests/")
    assert len(subjects(first)) == 25
    second = page(jan, beside(first, "next"))
    assert subjects(second) == ["Request 01", "Request 00"]
    assert subjects(page(jan, beside(second, "prev"))) == subjects(first)


def test_an_empty_list_says_what_to_do(cast: Cast, browser: Browser) -> None:
    text = page(browser("anna"), "/portal/requests/")
    assert "No open requests" in text
    assert 'href="/portal/requests/new/"' in text
    assert "The journal is empty" in page(browser("anna"), "/portal/journal/")


def test_news_are_told_while_the_portal_is_open_f22(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan, olena = browser("jan"), cast.actor("olena")
    found = re.search(r"/portal/news/\?after=(\d+)", page(jan, "/portal/requests/"))
    assert found
    after = found[1]
    add_note(olena, ticket, NewMessage(text="between us"))
    assert "HX-Trigger" not in jan.get("/portal/news/", {"after": after}).headers
    add_answer(olena, ticket, NewMessage(text="Look now"))
    told = jan.get("/portal/news/", {"after": after, "at": "/portal/journal/"}).headers["HX-Trigger"]
    assert "Olena Kravets wrote: Printer" in told
    assert f"/portal/requests/{ticket.number}/" in told
    here = {"after": after, "at": f"/portal/requests/{ticket.number}/"}
    assert "HX-Trigger" not in jan.get("/portal/news/", here).headers, "whoever looks at it need not be told"
    assert "HX-Trigger" not in browser("marta").get("/portal/news/", {"after": after}).headers
    assert jan.get("/portal/news/", {"after": "x" * 30}).status_code == 200

"""A very long plain text does not stand whole in the page: its beginning does, and all of it a page at a time."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from okno.core import long_text
from okno.core.actor import SYSTEM
from okno.core.long_text import first_page, pages_of
from okno.testing.cast import Cast
from okno.tickets.models import Message
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_client_message

LONG = "".join(f"line {number} of many words\n" for number in range(40_000))


@given(st.text(alphabet="ab \n", max_size=400), st.integers(1, 60), st.integers(0, 20))
def test_pages_are_the_text_and_none_is_too_long(text: str, page: int, near: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(long_text, "PAGE", page)
        patched.setattr(long_text, "NEAR", min(near, page))
        pages = pages_of(text)
        assert "".join(pages) == text
        assert all(0 < len(each) <= page for each in pages[:-1])
        assert len(pages[-1]) <= page
        assert first_page(text) == pages[0]


def test_pages_end_with_a_line_or_a_word_where_there_is_one() -> None:
    assert [each[-1] for each in pages_of(LONG)[:-1]] == ["\n"] * (len(pages_of(LONG)) - 1)
    words = "word " * 10_000
    assert all(each.endswith("word ") for each in pages_of(words))
    assert [len(each) for each in pages_of("x" * 50_000)] == [20_000, 20_000, 10_000]


@pytest.fixture
def message(cast: Cast) -> Message:
    first = NewMessage(text="y", contact=cast.marta)
    ticket = create_ticket(cast.actor("olena"), NewTicket("x", first, "desk", contact=cast.marta))
    new = NewMessage(text=LONG, quoted_text=LONG, contact=cast.marta, channel="email")
    return add_client_message(SYSTEM, ticket, new)


@pytest.fixture
def olena(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


@pytest.mark.django_db
def test_the_page_of_the_ticket_holds_the_beginning_t15(olena: Client, message: Message) -> None:
    address = reverse("desk:message-text", args=[message.pk])
    page = olena.get(reverse("desk:ticket", args=[message.ticket.number])).content.decode()
    quoted = olena.get(reverse("desk:message-quoted", args=[message.pk])).content.decode()
    text = olena.get(reverse("desk:message-body", args=[message.pk]), {"view": "text"}).content.decode()
    assert len(page) < 150_000
    assert len(quoted) < 50_000
    assert len(text) < 50_000
    assert f'data-dialog-load="{address}?part=own"' in page
    assert f'data-dialog-load="{address}?part=own"' in text
    assert f'data-dialog-load="{address}?part=quoted"' in quoted
    for shown in (page, quoted, text):
        assert "line 0 of" in shown
        assert "line 39999 of" not in shown


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["own", "quoted"])
def test_all_of_it_is_read_page_by_page_t15(olena: Client, message: Message, part: str) -> None:
    address, found = f"{reverse('desk:message-text', args=[message.pk])}?part={part}", []
    count = len(pages_of(LONG))
    for number in range(1, count + 1):
        page = olena.get(f"{address}&page={number}").content.decode()
        assert len(page) < 60_000
        assert (f"&amp;page={number + 1}" in page) is (number < count)
        assert (f'&amp;page={number - 1}"' in page) is (number > 1)
        found += re.findall(r"line (\d+) of", page)
    assert found == [str(number) for number in range(40_000)]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 30, "999999", ""])
def test_pages_that_are_none_lead_to_one_there_is(olena: Client, message: Message, page: str) -> None:
    answer = olena.get(reverse("desk:message-text", args=[message.pk]), {"page": page})
    assert answer.status_code == 200
    assert "line " in answer.content.decode()


@pytest.mark.django_db
def test_the_text_of_others_is_not_read_t21(cast: Cast, message: Message) -> None:
    message.ticket.team = cast.first_line
    message.ticket.save()
    browser = Client()
    browser.force_login(cast.marek.user)
    assert browser.get(reverse("desk:message-text", args=[message.pk])).status_code == 404

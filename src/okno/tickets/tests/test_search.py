"""Searching tickets: what is found, in which order, page by page, and what a misspelt word finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from okno.core import clock, drains
from okno.core.files import store
from okno.testing.cast import Cast
from okno.tickets import search
from okno.tickets.filters import TicketFilter, matching_tickets, page, search_count
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage, add_note
from okno.tickets.search import windows

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
Make = Callable[..., Ticket]


@pytest.fixture
def make(cast: Cast) -> Make:
    """Registers a ticket a minute after the one before, and lets the worker read it."""
    made: list[Ticket] = []

    def one(subject: str, text: str = "It does not work", **facts: Any) -> Ticket:
        with clock.frozen_at(START + timedelta(minutes=len(made))):
            new = NewTicket(subject, NewMessage(text=text), "desk", **facts)
            made.append(create_ticket(cast.actor("olena"), new))
            drains.run_until_empty("events")
        return made[-1]

    return one


def found(cast: Cast, typed: str, who: str = "olena", **facts: Any) -> list[int]:
    chosen = TicketFilter(q=typed, **facts)
    return [ticket.pk for ticket in page(cast.actor(who), chosen).rows]


def test_every_fact_of_a_ticket_is_found(cast: Cast, make: Make) -> None:
    ticket = make("Зламалась друкарка", "Серійний номер AB-1204", contact=cast.marta, company=cast.kawa)
    other = make("Nothing of that", "Really nothing", contact=cast.jan, company=cast.nordwind)
    file = store(b"%PDF-1.7 x")
    new = NewMessage(text="Запчастина замовлена", files=[NewFile(file, "kosztorys_2026.pdf", "application/pdf")])
    add_note(cast.actor("olena"), ticket, new)
    drains.run_until_empty("events")
    asked = [
        str(ticket.number), f"#{ticket.number}", "друкарки", "серійного номера", "ab-1204", "AB1204", "1204", "Marta",
        "nowak", "marta@kawa.example", "kawa.example", "Kawa i Ciasto", "запчастини", "kosztorys", "kosztorys_2026.pdf",
        "client:marta", "client:kawa друкарка", "клієнт:nowak", 'company:"kawa i ciasto"',
    ]  # fmt: skip
    for typed in asked:
        assert found(cast, typed) == [ticket.pk], typed
    for typed in ["client:друкарка", "друкарка jan", "nordwind друкарка", "друкарка -kawa", "-друкарка marta"]:
        assert found(cast, typed) == [], typed
    assert found(cast, "nordwind -друкарка") == [other.pk]


def test_what_was_quoted_is_not_searched(cast: Cast, make: Make) -> None:
    ticket = make("Quoted")
    new = NewMessage(text="Thanks", quoted_text="the walrus said")
    add_note(cast.actor("olena"), ticket, new)
    drains.run_until_empty("events")
    assert found(cast, "walrus") == []


def test_the_newest_activity_comes_first_and_the_named_ticket_before_all(cast: Cast, make: Make) -> None:
    first = make("Toner low")
    second = make("Toner empty")
    third = make(f"Toner as in {first.number}")
    assert found(cast, "toner") == [third.pk, second.pk, first.pk]
    assert found(cast, "toner", sort="number") == [first.pk, second.pk, third.pk]
    assert found(cast, "toner", sort="activity") == [first.pk, second.pk, third.pk]
    assert found(cast, str(first.number)) == [first.pk, third.pk]
    assert found(cast, f"#{first.number}") == [first.pk, third.pk]
    assert found(cast, "99999999999999") == []


def test_pages_of_a_search_show_every_ticket_once(cast: Cast, make: Make) -> None:
    made = [make(f"Toner {index}") for index in range(7)]
    named = make("Not a cartridge")
    chosen = TicketFilter(q="toner")
    pages, cursor = [], None
    while True:
        pages.append(page(cast.actor("olena"), chosen, cursor, limit=3))
        cursor = pages[-1].next_cursor
        if cursor is None:
            break
    assert [ticket.pk for each in pages for ticket in each.rows] == [ticket.pk for ticket in reversed(made)]
    back = page(cast.actor("olena"), chosen, pages[2].previous_cursor, limit=3)
    assert back.rows == pages[1].rows
    start = page(cast.actor("olena"), chosen, back.previous_cursor, limit=3)
    assert (start.rows, start.previous_cursor) == (pages[0].rows, None)
    for index in range(3):
        make(f"Mentions {named.number} {index}")
    chosen = TicketFilter(q=str(named.number))
    top = page(cast.actor("olena"), chosen, limit=2)
    assert top.rows[0] == named
    rest = page(cast.actor("olena"), chosen, top.next_cursor, limit=5)
    assert named not in rest.rows
    assert len(top.rows) + len(rest.rows) == 4
    again = page(cast.actor("olena"), chosen, rest.previous_cursor, limit=5)
    assert again.rows == top.rows


def test_a_search_keeps_to_its_list(cast: Cast, make: Make) -> None:
    mine = make("Toner one", assignee=cast.olena)
    make("Toner two")
    assert found(cast, "toner", section="mine") == [mine.pk]
    assert found(cast, str(mine.number), section="mine") == [mine.pk]
    assert found(cast, str(mine.number), section="unassigned") == []


def test_counts_of_a_search_stop_at_the_cap(cast: Cast, make: Make) -> None:
    for index in range(4):
        make(f"Toner {index}")
    actor = cast.actor("olena")
    assert search_count(actor, TicketFilter(q="toner")) == 4
    assert search_count(actor, TicketFilter(q="toner"), 3) == 3
    assert search_count(actor, TicketFilter(q="!!")) == 0
    assert matching_tickets(actor, TicketFilter(q="toner")).count() == 4


@pytest.mark.parametrize("typed", ["pritner", "prnter", "printerr", "принетр", "злмаалась"])
def test_a_misspelt_word_finds_similar_ones_and_says_so(cast: Cast, make: Make, typed: str) -> None:
    ticket = make("Printer and принтер", "зламалась")
    result = page(cast.actor("olena"), TicketFilter(q=typed))
    assert (result.rows, result.is_similar) == ([ticket], True)
    exact = page(cast.actor("olena"), TicketFilter(q="printer"))
    assert (exact.rows, exact.is_similar) == ([ticket], False)
    nothing = page(cast.actor("olena"), TicketFilter(q="elephant"))
    assert (nothing.rows, nothing.is_similar) == ([], False)


def test_later_pages_of_similar_tickets(cast: Cast, make: Make) -> None:
    made = [make(f"Printer {index}") for index in range(5)]
    chosen = TicketFilter(q="pritner")
    first = page(cast.actor("olena"), chosen, limit=3)
    second = page(cast.actor("olena"), chosen, first.next_cursor, limit=3)
    assert [*first.rows, *second.rows] == made[::-1]
    assert second.is_similar


@pytest.mark.parametrize("first_look", [0.01, 0.1, 1, 7, 100])
def test_old_tickets_are_found_behind_newer_ones(
    cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch, first_look: float
) -> None:
    """However long ago it was, and however many stand before it (the windows of days widen)."""
    made = [make(f"Toner {index}") for index in range(12)]
    for age, ticket in enumerate(made):
        Ticket.objects.filter(pk=ticket.pk).update(activity_at=START - timedelta(days=age * age * 7))
    search.keep_active([ticket.pk for ticket in made])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket")
    monkeypatch.setattr(windows, "FIRST_LOOK", first_look)
    for limit in (1, 3, 12, 50):
        rows = page(cast.actor("olena"), TicketFilter(q="toner"), limit=limit).rows
        assert rows == made[:limit]
        oldest = page(cast.actor("olena"), TicketFilter(q="toner", sort="activity"), limit=limit).rows
        assert oldest == made[::-1][:limit]
    cursor_text = page(cast.actor("olena"), TicketFilter(q="toner"), limit=5).next_cursor
    assert page(cast.actor("olena"), TicketFilter(q="toner"), cursor_text, limit=50).rows == made[5:]


def test_nobody_can_break_it(cast: Cast, make: Make) -> None:
    make("Toner")
    for typed in [
        "& | ! : * ( ) \\ '",
        "a\0b",
        "x" * 10_000,
        "🙂",
        "'; DROP",
        '"',
        "-",
        "#",
        "client:",
        "\ud800",
        "%",
    ]:
        for sort in ("-activity", "number"):
            assert found(cast, typed, sort=sort) == [], typed

"""The list of tickets: what is in it, in which order, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.core import clock, drains
from okno.core.faults import Invalid
from okno.people.models import TeamMember
from okno.testing.cast import Cast
from okno.tickets.filters import (
    SECTIONS,
    SORTS,
    TicketFilter,
    capped_count,
    matching_tickets,
    page,
    parse,
    section_counts,
)
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_note
from okno.tickets.operations.status import change_status
from okno.tickets.tests.lifecycles import add_status

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def make(cast: Cast) -> Callable[..., Ticket]:
    """Registers a ticket a minute after the one before."""
    made: list[Ticket] = []

    def one(subject: str = "Printer", **facts: Any) -> Ticket:
        with clock.frozen_at(START + timedelta(minutes=len(made))):
            new = NewTicket(subject, NewMessage(text="It does not work"), "desk", **facts)
            made.append(create_ticket(cast.actor("olena"), new))
        return made[-1]

    return one


def numbers(cast: Cast, who: str, chosen: TicketFilter) -> list[int]:
    return [ticket.number for ticket in page(cast.actor(who), chosen).rows]


def test_sections(cast: Cast, make: Callable[..., Ticket]) -> None:
    mine, of_team, loose, waiting, closed = (make(str(index)) for index in range(5))
    actor = cast.actor("olena")
    assign(actor, mine, agent=cast.taras, team=None)
    assign(actor, of_team, agent=None, team=cast.second_line)
    change_status(actor, waiting, "waiting")
    change_status(actor, closed, "closed")

    def of(section: str) -> set[int]:
        return set(numbers(cast, "taras", TicketFilter(section=section)))

    assert of("mine") == {mine.number}
    assert of("my_teams") == {of_team.number}
    assert of("unassigned") == {loose.number, waiting.number}
    assert of("waiting") == {waiting.number}
    assert of("closed") == {closed.number}
    assert of("active") == {mine.number, of_team.number, loose.number, waiting.number}
    assert of("resolved") == set()
    assert set(numbers(cast, "marek", TicketFilter())) == {
        of_team.number,
        loose.number,
        waiting.number,
        closed.number,
    }


def test_section_counts_agree_with_the_lists(cast: Cast, make: Callable[..., Ticket]) -> None:
    for index in range(4):
        make(str(index))
    add_answer(cast.actor("olena"), Ticket.objects.all()[0], NewMessage(text="Done"))
    counts = section_counts(cast.actor("taras"))
    assert list(counts) == list(SECTIONS)
    for section, count in counts.items():
        assert count.total == len(page(cast.actor("taras"), TicketFilter(section=section)).rows)
    assert (counts["active"].total, counts["active"].unread) == (4, 3)
    TeamMember.objects.all().delete()
    assert section_counts(cast.actor("marek"))["my_teams"].total == 0


def test_counts_stop_at_the_cap(cast: Cast, make: Callable[..., Ticket]) -> None:
    for _index in range(5):
        make()
    tickets = matching_tickets(cast.actor("olena"), TicketFilter())
    assert (capped_count(tickets, 3), capped_count(tickets, 9)) == (3, 5)


def test_filters_narrow(cast: Cast, make: Callable[..., Ticket]) -> None:
    first = make("One", contact=cast.marta)
    second = make("Two", contact=cast.jan, assignee=cast.taras, team=cast.first_line)
    cases = {
        first.number: [
            TicketFilter(contact=cast.marta.pk),
            TicketFilter(company=cast.kawa.pk),
            TicketFilter(assignee="none"),
            TicketFilter(team="none"),
            TicketFilter(contact=cast.marta.pk, states=("new", "open")),
        ],
        second.number: [
            TicketFilter(assignee="me"),
            TicketFilter(assignee=cast.taras.pk),
            TicketFilter(team=cast.first_line.pk),
            TicketFilter(section="my_teams", team=cast.first_line.pk),
            TicketFilter(updated_since=START + timedelta(seconds=30)),
        ],
    }
    for number, filters in cases.items():
        for chosen in filters:
            assert numbers(cast, "taras", chosen) == [number], chosen
    assert numbers(cast, "taras", TicketFilter(section="my_teams", team=cast.second_line.pk)) == []
    assert numbers(cast, "taras", TicketFilter(statuses=("closed",))) == []
    assert numbers(cast, "taras", TicketFilter(statuses=("new",), types=("request",), priorities=("high",))) == []
    assert page(cast.marta.as_actor(), TicketFilter(assignee="me")).rows == []


@pytest.mark.parametrize("section", ["", "my_teams"])
@pytest.mark.parametrize("sort", [sign + name for name in SORTS for sign in ("-", "")])
def test_walking_there_and_back_shows_every_ticket_once(
    cast: Cast, make: Callable[..., Ticket], sort: str, section: str
) -> None:
    made = [make(str(i), team=(cast.first_line, cast.second_line)[i % 2]) for i in range(7)]
    Ticket.objects.filter(pk__in=[each.pk for each in made[2:5]]).update(activity_at=START, created_at=START)
    actor, chosen = cast.actor("taras"), TicketFilter(section=section, sort=sort)
    names = [name if sort[0] != "-" else f"-{name}" for name in chosen.sort_columns]
    expected = list(Ticket.objects.order_by(*names))
    there, cursor, pages = [], None, []
    while True:
        found = page(actor, chosen, cursor, limit=3)
        there += found.rows
        pages.append(found)
        cursor = found.next_cursor
        if cursor is None:
            break
    assert there == expected
    assert [len(each.rows) for each in pages] == [3, 3, 1]
    assert pages[0].previous_cursor is None
    back = page(actor, chosen, pages[2].previous_cursor, limit=3)
    assert back.rows == pages[1].rows
    start = page(actor, chosen, back.previous_cursor, limit=3)
    assert (start.rows, start.previous_cursor) == (pages[0].rows, None)
    assert page(actor, chosen, start.next_cursor, limit=3).rows == pages[1].rows


@given(st.text(max_size=60))
def test_a_foreign_cursor_is_refused_at_its_field(text: str) -> None:
    from okno.tickets.filters.paging import read_cursor

    with pytest.raises(Invalid) as caught:
        read_cursor(text, "-activity")
    assert list(caught.value.fields) == ["cursor"]


def test_a_cursor_of_another_order_is_refused(cast: Cast, make: Callable[..., Ticket]) -> None:
    make(), make()
    cursor = page(cast.actor("olena"), TicketFilter(), limit=1).next_cursor
    with pytest.raises(Invalid):
        page(cast.actor("olena"), TicketFilter(sort="-number"), cursor)


@pytest.mark.django_db
def test_an_address_becomes_a_filter_and_the_filter_the_address_again() -> None:
    query = {
        "section": "active",
        "state": "new,open",
        "status": "open",
        "type": "incident",
        "priority": "high,low",
        "assignee": "me",
        "team": "none",
        "contact": "4",
        "company": "5",
        "unread": "1",
        "updated_since": "2026-03-01T09:00:00+00:00",
        "q": "printer burns",
        "sort": "number",
    }
    chosen = parse(query)
    assert chosen.states == ("new", "open")
    assert chosen.as_query() == query
    assert parse({}) == TicketFilter()
    assert TicketFilter().as_query() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("section", "ours"),
        ("state", "new,old"),
        ("status", "nonsense"),
        ("type", "nonsense"),
        ("priority", "nonsense"),
        ("assignee", "you"),
        ("assignee", "-1"),
        ("assignee", "9" * 30),
        ("team", "me"),
        ("contact", "²"),
        ("unread", "perhaps"),
        ("updated_since", "yesterday"),
        ("updated_since", "2026-13-01T00:00:00Z"),
        ("sort", "subject"),
    ],
)
def test_a_wrong_parameter_is_named(name: str, value: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse({name: value})
    assert list(caught.value.fields) == [name]


def test_search_finds_by_number_subject_client_and_conversation(cast: Cast, make: Callable[..., Ticket]) -> None:
    ticket = make("Не печатает ёлочный принтер", contact=cast.piotr)
    make("Something else", contact=cast.jan)
    add_note(cast.actor("olena"), ticket, NewMessage(text="toner cartridge C-1207"))
    drains.run_until_empty("events")
    for text in (f"#{ticket.number}", "елоч принт", "zajac", "PIOTR kawa", "cartridge 1207", "piotr@kawa.example"):
        assert numbers(cast, "olena", TicketFilter(q=text)) == [ticket.number], text
    for text in ("nothing", "принтер jan", "!!", "'; --", "& | :*"):
        assert numbers(cast, "olena", TicketFilter(q=text)) == [], text


def test_a_status_is_told_from_others_of_its_state(cast: Cast, make: Callable[..., Ticket]) -> None:
    add_status("parts", "open")
    opened, ordered, _fresh = make("1"), make("2"), make("3")
    change_status(cast.actor("olena"), opened, "open")
    change_status(cast.actor("olena"), ordered, "parts")
    assert numbers(cast, "olena", TicketFilter(statuses=("open",))) == [opened.number]
    assert numbers(cast, "olena", TicketFilter(statuses=("parts",))) == [ordered.number]
    assert set(numbers(cast, "olena", TicketFilter(statuses=("parts", "open")))) == {opened.number, ordered.number}

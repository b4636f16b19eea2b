"""Statuses: which may follow which, how long each lasted, how often a solution was taken back."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from okno.core import clock
from okno.core.faults import Conflict, Invalid
from okno.testing.cast import Cast
from okno.tickets.models import StatusInterval, Ticket
from okno.tickets.operations.status import change_status
from okno.tickets.tests.lifecycles import add_status
from okno.tickets.tests.standing import at, everything, new_ticket, told
from okno.workflow.models import Status

LIFE = [
    (5, "open"),
    (12, "waiting"),
    (30, "open"),
    (31, "resolved"),
    (90, "open"),
    (95, "resolved"),
    (120, "closed"),
]


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    with clock.frozen_at(at(0)):
        return new_ticket(cast)


def live(cast: Cast, ticket: Ticket, steps: list[tuple[int, str]]) -> Ticket:
    for minute, code in steps:
        with clock.frozen_at(at(minute)):
            change_status(cast.actor("olena"), ticket, code)
    ticket.refresh_from_db()
    return ticket


def test_intervals_add_up_to_the_whole_life(cast: Cast, ticket: Ticket) -> None:
    live(cast, ticket, LIFE)
    rows = list(StatusInterval.objects.filter(ticket=ticket).select_related("status").order_by("id"))
    codes = ["new", *(code for _minute, code in LIFE)]
    moments = [at(0), *(at(minute) for minute, _code in LIFE)]
    assert [(row.status.code, row.entered_at, row.left_at) for row in rows] == list(
        zip(codes, moments, [*moments[1:], None], strict=True)
    )
    spent: dict[str, timedelta] = {}
    for row in rows[:-1]:
        assert row.left_at is not None
        spent[row.status.code] = spent.get(row.status.code, timedelta()) + row.left_at - row.entered_at
    assert sum(spent.values(), timedelta()) == timedelta(minutes=120)
    assert spent["open"] == timedelta(minutes=7 + 1 + 5)


def test_each_change_is_told_with_what_was_before(cast: Cast, ticket: Ticket) -> None:
    live(cast, ticket, LIFE)
    codes = ["new", *(code for _minute, code in LIFE)]
    assert [(data["before"], data["after"]) for data in told(ticket, "ticket.status_changed")] == list(
        pairwise(codes)
    )


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ([(1, "open")], (0, None, None)),
        ([(1, "resolved")], (0, 1, None)),
        ([(1, "resolved"), (2, "closed")], (0, 1, 2)),
        ([(1, "closed")], (0, None, 1)),
        ([(1, "resolved"), (2, "open")], (1, None, None)),
        ([(1, "resolved"), (2, "waiting")], (1, None, None)),
        ([(1, "resolved"), (2, "closed"), (3, "open")], (1, None, None)),
        ([(1, "resolved"), (2, "open"), (3, "resolved"), (4, "open"), (5, "resolved")], (2, 5, None)),
        ([(1, "resolved"), (2, "open"), (3, "closed")], (1, None, 3)),
    ],
)
def test_reopenings_and_moments(
    cast: Cast, ticket: Ticket, steps: list[tuple[int, str]], outcome: tuple[int, int | None, int | None]
) -> None:
    """F213: each taking back counts once; what is open again is neither resolved nor closed."""
    reopenings, resolved, closed = outcome
    live(cast, ticket, steps)
    assert ticket.reopenings == reopenings
    assert ticket.resolved_at == (None if resolved is None else at(resolved))
    assert ticket.closed_at == (None if closed is None else at(closed))
    assert ticket.state == ticket.status.state


@pytest.mark.parametrize(
    ("first", "then"), [("closed", "resolved"), ("closed", "waiting"), ("open", "new"), ("resolved", "new")]
)
def test_where_the_lifecycle_does_not_lead(cast: Cast, ticket: Ticket, first: str, then: str) -> None:
    live(cast, ticket, [(1, first)])
    before = everything(ticket)
    with pytest.raises(Conflict) as caught:
        change_status(cast.actor("olena"), ticket, then)
    assert caught.value.code == "no_transition"
    assert everything(ticket) == before


@pytest.mark.parametrize("code", ["", "nonsense", "OPEN", "hidden"])
def test_a_wrong_status_is_named_at_its_field(cast: Cast, ticket: Ticket, code: str) -> None:
    Status.objects.create(code="hidden", state="open", is_active=False)
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        change_status(cast.actor("olena"), ticket, code)
    assert list(caught.value.fields) == ["status"]
    assert everything(ticket) == before


def test_a_second_status_of_the_same_state_is_neither_reopening_nor_lost_time(cast: Cast, ticket: Ticket) -> None:
    add_status("in-workshop", "open")
    live(cast, ticket, [(1, "open"), (2, "in-workshop"), (3, "open")])
    assert (ticket.state, ticket.reopenings) == ("open", 0)
    assert StatusInterval.objects.filter(ticket=ticket).count() == 4

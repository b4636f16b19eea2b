"""The one reminder of a rating: only where the settings want it, once, and to who has not rated."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing.reminders import send_reminders
from okno.channels.email.tests.outgoing.acting import ask
from okno.channels.email.tests.outgoing.conftest import parsed, part_text
from okno.core import clock, settings_store
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.testing.cast import Cast
from okno.tickets.models import ClientLink, Ticket
from okno.tickets.operations.client_links import Opened, Standing
from okno.tickets.operations.rating import Opinion, rate
from okno.tickets.operations.status import change_status


def remind_after(days: int) -> None:
    settings_store.change(SYSTEM, {"rating.remind_days": days})


def solve(cast: Cast) -> Ticket:
    ticket = ask(cast)
    change_status(cast.actor("olena"), ticket, "resolved")
    run_until_empty("events")
    return ticket


def reminded(days: float) -> list[OutgoingLetter]:
    with clock.frozen_at(clock.now() + timedelta(days=days)):
        while send_reminders():
            pass
    return list(OutgoingLetter.objects.filter(kind="reminder"))


def test_nobody_is_reminded_unless_the_settings_want_it(cast: Cast, mailbox: Mailbox) -> None:
    solve(cast)
    assert reminded(5) == []


def test_who_did_not_rate_is_reminded_once(cast: Cast, mailbox: Mailbox) -> None:
    remind_after(3)
    ticket = solve(cast)
    assert reminded(2.9) == []
    (letter,) = reminded(3.1)
    read = parsed(letter)
    assert (letter.recipient, letter.ticket, read["Auto-Submitted"]) == (
        "marta@kawa.example", ticket, "auto-generated",
    )  # fmt: skip
    assert "score=3" in part_text(read, "text/plain")
    assert len(reminded(6.5)) == 1
    assert not ClientLink.objects.filter(reminded_at=None).exists()


@pytest.mark.parametrize("act", ["rated", "resumed", "long ago", "robot"])
def test_who_is_not_reminded(cast: Cast, mailbox: Mailbox, act: str) -> None:
    remind_after(3)
    ticket = solve(cast)
    link = ClientLink.objects.get()
    if act == "rated":
        rate(Opened(link, ticket, link.participant, Standing.GOOD).actor, ticket, Opinion(3, "letter"))
    elif act == "resumed":
        change_status(cast.actor("olena"), ticket, "open")
    elif act == "robot":
        ticket.participants.update(address="noreply@kawa.example")
    assert reminded(20 if act == "long ago" else 4) == []

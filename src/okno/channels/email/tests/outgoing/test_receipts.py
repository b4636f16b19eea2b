"""When a request by mail is confirmed, when not, why, and what the confirmation says."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from email.utils import getaddresses

import pytest

from okno.channels.email.models import Letter, Mailbox, OutgoingLetter
from okno.channels.email.outgoing.events import RECEIPT_QUEUED, RECEIPT_WITHHELD
from okno.channels.email.outgoing.receipts import send_receipt
from okno.channels.email.rules import may_be_auto_answered, parse_letter
from okno.channels.email.tests.outgoing.conftest import parsed, part_text, raw_of
from okno.core import clock, files, settings_store
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow.models import Lifecycle, TicketType

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BAIT = "WIN-A-PRIZE http://evil.example/"
_numbers = itertools.count(1)


def arrive(
    address: str,
    *,
    head: str = "",
    subject: str = "Oven",
    proven: bool = False,
    path: str | None = None,
    **more: object,
) -> Ticket:
    """A letter of this sender became a ticket, as the intake stores it."""
    raw = (
        f"From: {BAIT} <{address}>\r\nTo: support@vikno.example\r\nSubject: {subject}\r\n{head}\r\n{BAIT} body\r\n"
    ).encode()
    key = f"test:{next(_numbers)}"
    ticket = create_ticket(
        SYSTEM,
        NewTicket(
            subject=subject,
            message=NewMessage(text=f"{BAIT} body", channel="email", author_name=BAIT, author_address=address),
            channel="email",
            requester_address=address,
            requester_is_proven=proven,
            **more,
        ),
    )
    Letter.objects.create(
        source="pipe", source_key=key, raw=files.store(raw), size=len(raw), envelope_from=path, state="done",
        sender=address, ticket=ticket, message=ticket.messages.get(), header_id=f"<{key}@kawa.example>",
    )  # fmt: skip
    run_until_empty("events")
    return ticket


def receipts() -> list[OutgoingLetter]:
    return list(OutgoingLetter.objects.filter(kind="receipt").order_by("id"))


def reason(ticket: Ticket) -> tuple[str, str, str]:
    """The one decision that was recorded for the ticket: kind, reason, detail."""
    event = Event.objects.get(object_kind="ticket", object_id=ticket.pk, kind__startswith="mail.receipt")
    return event.kind, event.data["reason"], event.data["detail"]


def test_a_receipt_tells_the_number_and_nothing_that_a_stranger_wrote_t5(cast: Cast, mailbox: Mailbox) -> None:
    ticket = arrive("stranger@evil.example", subject=BAIT)
    (letter,) = receipts()
    raw = raw_of(letter)
    everything = parse_letter(raw)
    assert "WIN-A-PRIZE" not in everything.full_text + everything.html_full
    assert all("WIN-A-PRIZE" not in value for _name, value in everything.headers)
    assert str(ticket.number) in part_text(parsed(letter), "text/plain")
    assert everything.to[0].name == ""
    assert letter.subject.startswith("Your request was received [#")
    assert reason(ticket)[0] == RECEIPT_QUEUED


def test_a_proven_sender_sees_his_own_subject_and_no_body(cast: Cast, mailbox: Mailbox) -> None:
    ticket = arrive("marta@kawa.example", proven=True, contact=cast.marta)
    (letter,) = receipts()
    assert letter.subject.startswith("Re: Oven [#")
    assert "WIN-A-PRIZE" not in part_text(parsed(letter), "text/plain")
    assert parsed(letter)["In-Reply-To"] == Letter.objects.get(ticket=ticket).header_id
    assert getaddresses([parsed(letter)["From"]])[0][0] == "Vikno Service"


def test_a_receipt_says_that_it_is_automatic_and_is_never_answered_t6(cast: Cast, mailbox: Mailbox) -> None:
    arrive("marta@kawa.example")
    read = parse_letter(raw_of(receipts()[0]))
    assert read.auto_submitted == "auto-replied"
    assert not may_be_auto_answered(read)[0]


@pytest.mark.parametrize(
    ("head", "path", "address"),
    [
        ("Auto-Submitted: auto-generated\r\n", None, "a@kawa.example"),
        ("Auto-Submitted: auto-replied\r\n", None, "a@kawa.example"),
        ("Precedence: bulk\r\n", None, "a@kawa.example"),
        ("Precedence: list\r\n", None, "a@kawa.example"),
        ("Precedence: junk\r\n", None, "a@kawa.example"),
        ("List-Id: <x.kawa.example>\r\n", None, "a@kawa.example"),
        ("List-Unsubscribe: <mailto:x@kawa.example>\r\n", None, "a@kawa.example"),
        ("Return-Path: <>\r\n", None, "a@kawa.example"),
        ("X-Auto-Response-Suppress: All\r\n", None, "a@kawa.example"),
        ("X-Loop: a\r\n", None, "a@kawa.example"),
        ("", "", "a@kawa.example"),
        ("", None, "no-reply@kawa.example"),
        ("", None, "mailer-daemon@kawa.example"),
        ("", None, "support@vikno.example"),
        ("", None, "Support+x@vikno.example"),
    ],
)
def test_robots_lists_bounces_and_ourselves_get_no_receipt_t6(
    cast: Cast, mailbox: Mailbox, head: str, path: str | None, address: str
) -> None:
    ticket = arrive(address, head=head, path=path)
    assert receipts() == []
    kind, why, _detail = reason(ticket)
    assert kind == RECEIPT_WITHHELD
    assert why


def test_switched_off_internal_and_without_mailbox(cast: Cast, db: None) -> None:
    internal = TicketType.objects.create(
        code="inner", names={"en": "Inner"}, is_internal=True, lifecycle=Lifecycle.objects.get(code="task")
    )
    assert reason(arrive("a@kawa.example"))[1] == "there is no active mailbox to send from"
    Mailbox.objects.create(name="x", address="x@vikno.example")
    assert reason(arrive("b@kawa.example", type=internal))[1] == "the ticket is internal"
    settings_store.change(cast.actor("olena"), {"mail.send_receipts": False})
    assert reason(arrive("c@kawa.example"))[1] == "confirmations are switched off"
    assert receipts() == []


def test_one_an_hour_and_five_a_day_for_an_address_t6(cast: Cast, mailbox: Mailbox) -> None:
    sent = []
    for minute in range(0, 60 * 26, 30):
        with clock.frozen_at(START + timedelta(minutes=minute)):
            ticket = arrive("victim@kawa.example")
        if reason(ticket)[0] == RECEIPT_QUEUED:
            sent.append(minute / 60)
    assert sent == [0, 1, 2, 3, 4, 24, 25]


def test_many_letters_in_the_name_of_a_victim_make_one_receipt_t5(cast: Cast, mailbox: Mailbox) -> None:
    with clock.frozen_at(START):
        for number in range(40):
            arrive(f"victim+{number}@kawa.example", subject=f"{BAIT} {number}")
            arrive("Victim@kawa.example".lower())
    assert [letter.recipient for letter in receipts()] == ["victim+0@kawa.example"]
    withheld = Event.objects.filter(kind=RECEIPT_WITHHELD)
    assert {event.data["reason"] for event in withheld} == {
        "this address got an automatic letter within the last hour"
    }
    assert withheld.count() == 79


def test_the_budget_of_all_together(cast: Cast, mailbox: Mailbox) -> None:
    settings_store.change(cast.actor("olena"), {"mail.receipts_per_hour": 3})
    with clock.frozen_at(START):
        tickets = [arrive(f"c{number}@kawa.example") for number in range(5)]
    assert len(receipts()) == 3
    assert reason(tickets[-1])[1] == "the limit of automatic letters in an hour is reached"
    with clock.frozen_at(START + timedelta(minutes=61)):
        arrive("late@kawa.example")
    assert len(receipts()) == 4


def test_deciding_twice_sends_once(cast: Cast, mailbox: Mailbox) -> None:
    ticket = arrive("marta@kawa.example")
    assert send_receipt(ticket.messages.get()) is None
    Event.objects.filter(kind="ticket.created").update(handled_at=None)
    run_until_empty("events")
    assert len(receipts()) == 1
    assert Event.objects.filter(kind__startswith="mail.receipt").count() == 1


def test_a_request_that_came_another_way_gets_no_receipt(cast: Cast, mailbox: Mailbox) -> None:
    create_ticket(
        SYSTEM,
        NewTicket(
            subject="x", message=NewMessage(text="x", contact=cast.marta), channel="portal", contact=cast.marta
        ),
    )
    run_until_empty("events")
    assert receipts() == []
    assert not Event.objects.filter(kind__startswith="mail.").exists()


def test_two_service_desks_that_answer_each_other_fall_silent_t6(cast: Cast, mailbox: Mailbox) -> None:
    """Our receipt reaches another desk, whose own confirmation comes back: nothing more leaves."""
    arrive("support@other-desk.example")
    (ours,) = receipts()
    assert not may_be_auto_answered(parse_letter(raw_of(ours)))[0]
    for _round in range(5):
        arrive("support@other-desk.example", head="Auto-Submitted: auto-replied\r\n")
        arrive("support@other-desk.example")
    assert len(receipts()) == 1

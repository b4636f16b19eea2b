"""To which ticket a letter belongs, and to which it is not let."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from okno.channels.email import tokens
from okno.channels.email.reasons import explain
from okno.channels.email.receiving.storing import store_letter
from okno.channels.email.tests.writing import SUPPORT, drain, letter, mailbox, sent, take
from okno.core import clock
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.people.models import Role
from okno.testing.cast import Cast
from okno.tickets.models import Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status
from okno.workflow import catalogue
from okno.workflow.models import Lifecycle

pytestmark = pytest.mark.django_db

OURS = "<t1.answer@vikno.example>"
RELAY = "mx.vikno.example"
PROVEN = {"Authentication-Results": f"{RELAY}; dmarc=pass header.from=vikno.example"}


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Marta's ticket, to which we have answered."""
    mailbox(trusted_relay=RELAY)
    made = create_ticket(
        SYSTEM,
        NewTicket(
            subject="Oven",
            message=NewMessage(text="cold", contact=cast.marta, author_address="marta@kawa.example"),
            channel="email",
            contact=cast.marta,
        ),
    )
    sent(made, OURS)
    return made


def reply_to(ticket: Ticket, address: str = "marta@kawa.example") -> str:
    person = ticket.participants.get(address=address)
    return tokens.reply_address(SUPPORT, "c", ticket.pk, person.pk)


def test_the_signed_reply_address_leads_to_the_ticket(ticket: Ticket) -> None:
    for number, place in enumerate(("to", "header", "envelope")):
        address = reply_to(ticket)
        raw = letter(
            message_id=f"<{number}@kawa.example>",
            to=address if place == "to" else SUPPORT,
            headers={"Delivered-To": address} if place == "header" else {},
        )
        taken = take(raw, to=[address.upper() if place == "envelope" else SUPPORT])
        assert taken.ticket == ticket
        assert taken.message is not None
        assert taken.message.reason["matched_by"] == "reply_address"
        assert taken.message.reason["sender"] == "participant"
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "by"),
    [
        ({"In-Reply-To": OURS}, "in_reply_to"),
        ({"References": f"<x@y> {OURS}"}, "references"),
        ({"References": f"{OURS} <lost@a.example> <lost@b.example>"}, "references"),
        ({"In-Reply-To": "<unknown@kawa.example>", "References": OURS}, "references"),
        ({"In-Reply-To": f"Message of Monday {OURS}"}, "in_reply_to"),
    ],
)
def test_the_answered_letter_leads_to_the_ticket_w5(ticket: Ticket, headers: dict[str, str], by: str) -> None:
    taken = take(letter(headers=headers))
    assert taken.ticket == ticket
    assert taken.outcome["matched_by"] == by
    assert taken.message is not None
    assert "takes part in this ticket" in explain(taken.message.reason)


def test_the_subject_token_leads_to_the_ticket(ticket: Ticket) -> None:
    taken = take(letter(subject=f"Re: Oven {tokens.subject_token(ticket.number)}"))
    assert taken.ticket == ticket
    assert taken.outcome["matched_by"] == "subject_token"


def test_a_guessed_token_leads_nowhere_t2(ticket: Ticket) -> None:
    for number, mark in enumerate((f"[#{ticket.number}]", f"[#{ticket.number}-aaaaaaaa]", f"[{ticket.number}]")):
        taken = take(letter(subject=f"Re: {mark}", message_id=f"<{number}@kawa.example>"))
        assert taken.ticket != ticket
        assert not taken.outcome.get("linked_to")


def test_an_answer_to_ones_own_letter_stays_in_the_ticket(cast: Cast) -> None:
    first = take(letter(message_id="<a@kawa.example>"))
    second = take(letter(message_id="<b@kawa.example>", headers={"In-Reply-To": "<a@kawa.example>"}))
    assert first.ticket == second.ticket


@pytest.mark.parametrize("sender", ["piotr@kawa.example", "somebody.new@kawa.example"])
def test_people_of_the_company_are_let_in(cast: Cast, ticket: Ticket, sender: str) -> None:
    taken = take(letter(sender, headers={"In-Reply-To": OURS}))
    assert taken.ticket == ticket
    assert taken.outcome["sender"] in {"company", "domain"}
    person = ticket.participants.get(address=sender)
    assert (person.is_confirmed, person.is_proven) == (False, False)


@pytest.mark.parametrize("mark", ["message_id", "references", "token", "reply_address"])
@pytest.mark.parametrize(
    "sender", ["thief@evil.example", "jan@nordwind.example", '"marta@kawa.example" <x@evil.example>']
)
def test_a_stranger_gets_a_linked_ticket_and_learns_nothing_t2(ticket: Ticket, mark: str, sender: str) -> None:
    change_status(SYSTEM, ticket, "resolved")
    ticket.refresh_from_db()
    before = (ticket.status_id, ticket.version, ticket.message_count, ticket.participants.count())
    headers = {"message_id": {"In-Reply-To": OURS}, "references": {"References": OURS}}.get(mark, {})
    subject = f"Re: {tokens.subject_token(ticket.number)}" if mark == "token" else "Re: hello"
    to = reply_to(ticket) if mark == "reply_address" else SUPPORT
    taken = take(letter(sender, subject=subject, to=to, headers=headers))
    ticket.refresh_from_db()
    assert before == (ticket.status_id, ticket.version, ticket.message_count, ticket.participants.count())
    other = taken.ticket
    assert other is not None
    assert other != ticket
    assert other.links.get().other == ticket
    assert other.subject in {"hello", "The oven in Gdynia does not…", "Good morning,"}
    assert taken.outcome["because"] == "stranger"
    assert f"#{ticket.number}" in explain(taken.outcome)
    assert "Oven" not in str(list(Event.objects.filter(object_id=other.pk).values_list("data", flat=True)))


@pytest.mark.parametrize(
    ("days", "setting", "reopened"), [(6, 7, True), (8, 7, False), (0, 0, False), (300, 365, True)]
)
def test_closed_tickets_reopen_for_some_days_w15(ticket: Ticket, days: int, setting: int, reopened: bool) -> None:
    Lifecycle.objects.update(reopen_days=setting, version=uuid4())
    catalogue.forget()
    change_status(SYSTEM, ticket, "closed")
    with clock.frozen_at(clock.now() + timedelta(days=days, minutes=1)):
        taken = take(letter(headers={"In-Reply-To": OURS}))
    ticket.refresh_from_db()
    assert (taken.ticket == ticket) is reopened
    assert ticket.state == ("open" if reopened else "closed")
    if not reopened:
        assert taken.outcome["because"] == "closed"
        assert taken.ticket is not None
        assert taken.ticket.links.get().other == ticket


@pytest.mark.parametrize(
    ("attack", "refused"),
    [
        ("from_only", ""),
        ("in_reply_to", "no_own_reply_address"),
        ("references", "no_own_reply_address"),
        ("token", "no_own_reply_address"),
        ("reply_to_header", "no_own_reply_address"),
        ("client_address", "no_own_reply_address"),
        ("address_of_another", "no_own_reply_address"),
        ("forged_address", ""),
        ("expired", "expired"),
        ("not_proven", "not_proven"),
        ("dmarc_fails", "not_proven"),
        ("forged_results", "not_proven"),
        ("deactivated", "deactivated"),
        ("not_permitted", "not_permitted"),
    ],
)
def test_nobody_answers_in_an_agents_name_t1(cast: Cast, ticket: Ticket, attack: str, refused: str) -> None:
    olena = cast.olena
    address = tokens.reply_address(SUPPORT, "a", ticket.pk, olena.pk)
    headers = dict(PROVEN)
    to = SUPPORT
    subject = "Re: Oven"
    moment = clock.now()
    if attack in {"in_reply_to", "references"}:
        headers["In-Reply-To" if attack == "in_reply_to" else "References"] = OURS
    elif attack == "token":
        subject = tokens.subject_token(ticket.number)
    elif attack == "reply_to_header":
        headers |= {"Reply-To": address, "In-Reply-To": OURS}
    elif attack == "client_address":
        to = reply_to(ticket)
    elif attack == "address_of_another":
        to = tokens.reply_address(SUPPORT, "a", ticket.pk, cast.taras.pk)
    elif attack == "forged_address":
        to = address.replace(address[-25], "a" if address[-25] != "a" else "b")
    elif attack != "from_only":
        to = address
    if attack == "expired":
        moment += timedelta(days=61)
    elif attack == "not_proven":
        headers = {}
    elif attack == "dmarc_fails":
        headers = {"Authentication-Results": f"{RELAY}; dmarc=fail header.from=vikno.example"}
    elif attack == "forged_results":
        headers = {"Authentication-Results": "mx.evil.example; dmarc=pass header.from=vikno.example"}
    elif attack == "deactivated":
        olena.is_active = False
        olena.save()
    elif attack == "not_permitted":
        Role.objects.filter(code="administrator").update(rights=["tickets.view_all"])
    with clock.frozen_at(moment):
        taken = take(letter("Olena <olena@vikno.example>", to=to, subject=subject, headers=headers), to=[to])
    assert not Message.objects.filter(ticket=ticket, author_kind="agent").exists()
    assert taken.message is not None
    if taken.ticket == ticket:
        note = taken.message
        assert (note.is_public, note.is_verified, note.author_kind, note.agent) == (False, False, "outsider", None)
        assert note.author_address == "olena@vikno.example"
        assert note.reason["agent_refused"] == refused
        ticket.refresh_from_db()
        assert ticket.state == "new"
    else:
        assert refused == ""


def test_an_agent_answers_by_his_own_fresh_address_t1(cast: Cast, ticket: Ticket) -> None:
    address = tokens.reply_address(SUPPORT, "a", ticket.pk, cast.olena.pk)
    taken = take(letter("olena@vikno.example", to=address, headers=PROVEN))
    assert taken.ticket == ticket
    message = taken.message
    assert message is not None
    assert (message.author_kind, message.agent, message.is_public, message.channel) == (
        "agent",
        cast.olena,
        True,
        "email",
    )
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_an_answer_does_not_overtake_its_letter(cast: Cast) -> None:
    box = mailbox()
    first = store_letter(letter(message_id="<a@kawa.example>"), source="smtp", mailbox=box)
    first_due = clock.now() + timedelta(seconds=1)
    type(first).objects.filter(pk=first.pk).update(next_attempt_at=first_due)
    raw = letter(message_id="<b@kawa.example>", headers={"In-Reply-To": "<a@kawa.example>"})
    second = store_letter(raw, source="smtp", mailbox=box)
    drain()
    second.refresh_from_db()
    assert (second.state, second.attempts, second.last_error) == ("stored", 0, "")
    with clock.frozen_at(clock.now() + timedelta(seconds=5)):
        drain()
    assert Ticket.objects.get().message_count == 2


def test_answers_of_many_to_one_letter_stay_apart_w6(cast: Cast) -> None:
    newsletter = "<news@elsewhere.example>"
    for number in range(4):
        raw = letter(
            f"reader{number}@domain{number}.example",
            message_id=f"<{number}@x.example>",
            headers={"In-Reply-To": newsletter},
        )
        take(raw)
    assert Ticket.objects.count() == 4
    take(letter("reader2@domain2.example", message_id="<more@x.example>", headers={"References": "<2@x.example>"}))
    assert Ticket.objects.count() == 4

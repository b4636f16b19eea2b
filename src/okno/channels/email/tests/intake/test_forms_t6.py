"""Forms on a website that send in our own name, with the visitor's address for answers."""

from __future__ import annotations

import pytest

from okno.channels.email import loop, tokens
from okno.channels.email.models import BlacklistRule
from okno.channels.email.reasons import explain
from okno.channels.email.tests.writing import SUPPORT, letter, mailbox, sent, take
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db
VISITOR = "Ewa Lis <ewa@visitor.example>"


def form(
    reply_to: str = VISITOR,
    *,
    subject: str = "A question",
    message_id: str = "<one@vikno.example>",
    headers: dict[str, str] | None = None,
) -> bytes:
    named = {"Reply-To": reply_to, **(headers or {})}
    return letter(f"Website <{SUPPORT}>", subject=subject, message_id=message_id, headers=named)


def test_a_form_is_a_request_of_whom_it_names(cast: Cast) -> None:
    taken = take(form())
    ticket = Ticket.objects.get()
    message = ticket.messages.get()
    assert (taken.state, taken.sender) == ("done", "ewa@visitor.example")
    assert (message.author_kind, message.author_name, message.is_verified) == ("outsider", "Ewa Lis", False)
    person = ticket.participants.get()
    assert (person.address, person.is_requester, person.is_proven) == ("ewa@visitor.example", True, False)
    assert "form" in explain(message.reason)


def test_a_form_proves_nobody_even_if_our_own_domain_is_proven_t3(cast: Cast) -> None:
    box = mailbox(trusted_relay="mx.vikno.example")
    proof = {"Authentication-Results": "mx.vikno.example; dmarc=pass header.from=vikno.example"}
    take(form("marta@kawa.example", headers=proof), box=box)
    ticket = Ticket.objects.get()
    assert not access.visible_to(cast.actor("marta")).exists()
    assert ticket.messages.get().contact is None


def test_a_form_that_names_an_employee_makes_no_employees_ticket_t1(cast: Cast) -> None:
    box = mailbox(trusted_relay="mx.vikno.example")
    proof = {"Authentication-Results": "mx.vikno.example; dmarc=pass header.from=vikno.example"}
    take(form("olena@vikno.example", headers=proof), box=box)
    ticket = Ticket.objects.get()
    assert (ticket.agent_contact, ticket.messages.get().author_kind) == (None, "outsider")


def test_a_form_writes_into_no_conversation_publicly_t1(cast: Cast) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    sent(ticket, "<ours@vikno.example>")
    subject = f"Re: {tokens.subject_token(ticket.number)}"
    taken = take(form("marta@kawa.example", subject=subject, message_id="<2@vikno.example>"))
    assert taken.message is not None
    assert (taken.ticket, taken.message.is_public, taken.message.contact) == (ticket, False, None)


@pytest.mark.parametrize(
    ("reply_to", "headers"),
    [
        ("", {}),
        (SUPPORT, {}),
        ("Support+x@vikno.example", {}),
        ("sales@vikno.example", {}),
        ("a@visitor.example, b@visitor.example", {}),
        (VISITOR, {"Auto-Submitted": "auto-replied"}),
        (VISITOR, {loop.HEADER: "mark"}),
        (VISITOR, {"X-Loop": "mark"}),
        (VISITOR, {"Message-ID": "<ours@vikno.example>"}),
    ],
)
def test_what_we_sent_ourselves_is_no_form_t6(cast: Cast, reply_to: str, headers: dict[str, str]) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    sent(ticket, "<ours@vikno.example>")
    mailbox("sales@vikno.example")
    wanted = {name: loop.mark() if value == "mark" else value for name, value in headers.items()}
    wanted |= {"Reply-To": reply_to} if reply_to else {}
    message_id = wanted.pop("Message-ID", "<3@vikno.example>")
    taken = take(letter(SUPPORT, message_id=message_id, headers=wanted))
    assert taken.state == "ignored"
    assert Ticket.objects.get().message_count == 1


def test_the_blacklist_knows_the_visitor_of_a_form_f239(cast: Cast) -> None:
    BlacklistRule.objects.create(kind="address", pattern="*@visitor.example")
    assert take(form()).outcome["ignored"] == "blacklist"

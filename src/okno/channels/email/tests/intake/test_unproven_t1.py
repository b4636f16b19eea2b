"""A letter whose sender is proven false does not act in his name."""

from __future__ import annotations

import pytest

from okno.channels.email.models import OutgoingLetter
from okno.channels.email.outgoing.events import RECEIPT_WITHHELD
from okno.channels.email.tests.writing import letter, mailbox, sent, take
from okno.core.drains import run_until_empty
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db
RELAY = "mx.vikno.example"
FALSE = {"Authentication-Results": f"{RELAY}; dmarc=fail header.from=kawa.example"}
PROVEN = {"Authentication-Results": f"{RELAY}; dmarc=pass header.from=kawa.example"}
OURS = "<ours@vikno.example>"


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Marta's proven ticket, to which we have answered."""
    made = take(letter(headers=PROVEN), box=mailbox(trusted_relay=RELAY)).ticket
    assert made is not None
    sent(made, OURS)
    Ticket.objects.update(is_news=False)
    return made


@pytest.mark.parametrize(
    ("before", "after", "reopenings"),
    [("open", "open", 0), ("waiting", "waiting", 0), ("resolved", "open", 1), ("closed", "open", 1)],
)
def test_a_false_sender_does_not_act_as_the_participant_t1(
    cast: Cast, ticket: Ticket, before: str, after: str, reopenings: int
) -> None:
    change_status(cast.actor("olena"), ticket, before)
    headers = {**FALSE, "In-Reply-To": OURS, "Cc": "friend@evil.example"}
    taken = take(letter(text="Pay to another account", message_id="<2@x>", headers=headers))
    ticket.refresh_from_db()
    message = taken.message
    assert message is not None
    assert (taken.ticket, message.is_public, message.is_verified) == (ticket, False, False)
    assert (message.author_kind, message.contact, message.author_address) == (
        "outsider",
        None,
        "marta@kawa.example",
    )
    assert (ticket.state, ticket.reopenings, ticket.is_news) == (after, reopenings, True)
    assert [one.address for one in ticket.participants.all()] == ["marta@kawa.example"]
    assert not access.messages_visible_to(cast.actor("marta")).filter(pk=message.pk).exists()
    mailed = access.messages_mailed_to(ticket, ticket.participants.get())
    assert not mailed.filter(pk=message.pk).exists()


def test_an_unproven_or_proven_letter_still_is_the_clients_t1(cast: Cast, ticket: Ticket) -> None:
    for number, headers in enumerate(({}, PROVEN)):
        raw = letter(message_id=f"<n{number}@x>", text=f"{number}", headers={**headers, "In-Reply-To": OURS})
        message = take(raw).message
        assert message is not None
        assert (message.is_public, message.is_verified, message.contact) == (True, True, cast.marta)


def test_a_new_ticket_of_a_false_sender_shows_the_bare_address_t4(cast: Cast) -> None:
    taken = take(letter(headers=FALSE), box=mailbox(trusted_relay=RELAY))
    message = taken.message
    assert message is not None
    assert (message.author_kind, message.contact, message.is_verified) == ("outsider", None, False)
    assert not access.visible_to(cast.actor("marta")).exists()


def test_nobody_is_told_of_a_letter_under_his_false_address_t5(cast: Cast) -> None:
    take(letter(headers=FALSE), box=mailbox(trusted_relay=RELAY))
    run_until_empty("events")
    assert not OutgoingLetter.objects.exists()
    withheld = Event.objects.get(kind=RECEIPT_WITHHELD)
    assert "false" in withheld.data["reason"]

"""The ids by which mail programs put our letter into the right conversation (RFC 5322, 3.6.4)."""

from __future__ import annotations

import secrets

from okno.channels.email.models import Letter, OutgoingLetter
from okno.channels.email.outgoing.headers import clean_ids
from okno.tickets.models import Ticket

MOST_REFERENCES = 20


def new_header_id(address: str) -> str:
    """A new Message-ID in the mailbox's domain. It is random and proves nothing: no right hangs on it (T1)."""
    return f"<{secrets.token_hex(16)}@{address.rpartition('@')[2].lower()}>"


def ancestors(ticket: Ticket, recipient: str) -> tuple[str, tuple[str, ...]]:
    """What the letter answers, and the chain behind it: the client's public letters and ours to this recipient.

    It answers the client's last letter; before any arrived, our own last one to the recipient.
    """
    received = list(
        Letter.objects.filter(ticket=ticket, message__is_public=True)
        .exclude(header_id="")
        .order_by("-received_at")
        .values_list("received_at", "header_id")[:MOST_REFERENCES]
    )
    sent = list(
        OutgoingLetter.objects.filter(ticket=ticket, recipient=recipient)
        .order_by("-created_at")
        .values_list("created_at", "header_id")[:MOST_REFERENCES]
    )
    chain = clean_ids([header_id for _moment, header_id in sorted([*received, *sent])])
    answered = clean_ids([header_id for _moment, header_id in (received or sent)[:1]])
    if len(chain) > MOST_REFERENCES:
        chain = [chain[0], *chain[1 - MOST_REFERENCES :]]
    return (answered[0] if answered else ""), tuple(chain)

"""Links of letters that need no sign-in: making them, telling good ones from all else, withdrawing them (T23)."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from okno.core import clock, events, secrets
from okno.core.actor import Actor
from okno.tickets import events as kinds
from okno.tickets.models import ClientLink, Participant, Ticket
from okno.tickets.rating.asking import round_of
from okno.workflow.rules import DONE

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
"""Twenty-four random bytes in base 64: 192 bits."""


class Standing(StrEnum):
    """What a link is worth now."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    HIDDEN = "hidden"
    MOVED_ON = "moved_on"


@dataclass(frozen=True)
class Opened:
    """A link that exists: for whom and which ticket it was made, and what it is worth now."""

    link: ClientLink
    ticket: Ticket
    participant: Participant
    standing: Standing

    @property
    def actor(self) -> Actor:
        """The person as the author of an act: he sees this one ticket, and nobody is signed in by it.

        Who is no contact is called by the address, which the letter went to, and not by a name that he chose (T4).
        """
        contact = self.participant.contact
        return Actor(
            kind="contact",
            id=contact.pk if contact else None,
            name=(contact.name if contact else "") or self.participant.address,
            language=contact.language if contact else "",
            participant=self.participant.pk,
        )


def give_link(ticket: Ticket, participant: Participant, purpose: str, *, days: int) -> str:
    """A new link's token, which is known to the letter alone: what is stored cannot be turned back into it.

    Called in the transaction that writes the letter; the letter's event tells of it.
    """
    token = secrets.random_token(24)
    ClientLink.objects.create(
        digest=secrets.hashed(token),
        purpose=purpose,
        ticket=ticket,
        participant=participant,
        round=round_of(ticket),
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
    )
    return token


def open_link(token: object, purpose: str) -> Opened | None:
    """The link of this token and purpose; nothing for whatever is no token of ours: empty, short, a list."""
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        return None
    digest = secrets.hashed(token)
    related = ("ticket__type", "ticket__status", "ticket__company", "participant__contact")
    link = ClientLink.objects.select_related(*related).filter(digest=digest, purpose=purpose).first()
    if link is None or not hmac.compare_digest(link.digest, digest):
        return None
    return Opened(link, link.ticket, link.participant, standing_of(link))


def standing_of(link: ClientLink) -> Standing:
    """What the link is worth now."""
    if link.revoked_at is not None:
        return Standing.REVOKED
    if link.expires_at <= clock.now():
        return Standing.EXPIRED
    if link.ticket.is_internal or not link.participant.is_confirmed:
        return Standing.HIDDEN
    is_present = link.round == round_of(link.ticket) and link.ticket.state in DONE
    return Standing.GOOD if is_present else Standing.MOVED_ON


def revoke_links(actor: Actor, ticket: Ticket, reason: str = "") -> int:
    """Makes every link of the ticket worthless; how many were good until now."""
    good = ClientLink.objects.filter(ticket=ticket, revoked_at=None)
    count = good.update(revoked_at=clock.now())
    if count:
        events.record(actor, kinds.LINKS_REVOKED, ticket, {"count": count, "reason": reason})
    return count

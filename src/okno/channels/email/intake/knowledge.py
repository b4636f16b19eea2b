"""What the desk knows that a batch of letters needs: read at once for all, kept true while they are filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from okno.channels.email.models import BlacklistRule, Letter, OutgoingLetter
from okno.channels.email.own_addresses import OwnMailboxes
from okno.people.models import Agent, Company, CompanyDomain, Contact, ContactAddress
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.selection import default_priority, default_type, initial_status

MOST_IDS = 60
"""Message ids of one letter that are looked up: the answered one, the latest references and the first."""


@dataclass(frozen=True, slots=True)
class Known:
    """A letter that was received or sent: its id here, its ticket, and what tells equal ones apart."""

    id: int
    ticket: int | None
    content_hash: str
    is_waiting: bool
    message: int | None = None


class Desk:
    """The small tables: mailboxes, employees' addresses, blacklist, and what a new ticket is made with."""

    def __init__(self) -> None:
        self.mailboxes = OwnMailboxes.read()
        agents = Agent.objects.select_related("user", "role")
        self.agents = {agent.user.email.lower(): agent for agent in agents}
        self.blacklist = list(BlacklistRule.objects.filter(is_active=True))
        self._new: tuple[TicketType, Priority, Status] | None = None

    def new_ticket(self) -> tuple[TicketType, Priority, Status]:
        """Type, priority and status of a ticket made from a letter."""
        if self._new is None:
            kind = default_type()
            self._new = kind, default_priority(), initial_status(kind)
        return self._new

    def is_own(self, address: str) -> bool:
        """Whether the address is a mailbox of ours."""
        return self.mailboxes.is_own(address)


class People:
    """Contacts by address and companies by mail domain, for the senders of a batch."""

    def __init__(self, addresses: Iterable[str]) -> None:
        wanted = {address for address in addresses if address}
        rows = ContactAddress.objects.filter(address__in=wanted).select_related("contact")
        self._contacts = {
            row.address: row.contact for row in rows.prefetch_related("contact__affiliations__company")
        }
        domains = {address.rpartition("@")[2] for address in wanted}
        found = CompanyDomain.objects.filter(domain__in=domains).select_related("company")
        self._companies = {row.domain: row.company for row in found}

    def contact(self, address: str) -> Contact | None:
        return self._contacts.get(address)

    def company(self, domain: str) -> Company | None:
        return self._companies.get(domain)

    def learn(self, address: str, contact: Contact) -> None:
        """A contact that was just made."""
        self._contacts[address] = contact


class Correspondence:
    """Letters received and sent, by their Message-IDs, as far as a batch names them."""

    def __init__(self, ids: Iterable[str]) -> None:
        wanted = {each for each in ids if each}
        self._received: dict[str, list[Known]] = defaultdict(list)
        self._sent: dict[str, Known] = {}
        letters = Letter.objects.filter(header_id__in=wanted).order_by("id")
        facts = letters.values_list("header_id", "id", "ticket_id", "content_hash", "state", "message_id")
        for header_id, pk, ticket, digest, state, message in facts:
            known = Known(pk, ticket, digest, is_waiting=state == Letter.State.STORED, message=message)
            self._received[header_id].append(known)
        sent = OutgoingLetter.objects.filter(header_id__in=wanted)
        for header_id, pk, ticket in sent.values_list("header_id", "id", "ticket_id"):
            self._sent[header_id] = Known(pk, ticket, "", is_waiting=False)

    def sent(self, header_id: str) -> Known | None:
        """The letter of ours with this id."""
        return self._sent.get(header_id)

    def received(self, header_id: str) -> list[Known]:
        """The letters with this id that came in, oldest first."""
        return self._received.get(header_id, [])

    def learn(self, letter: Letter) -> None:
        """What has become of a letter of the present batch."""
        if letter.header_id:
            others = [known for known in self._received[letter.header_id] if known.id != letter.pk]
            new = Known(
                letter.pk, letter.ticket_id, letter.content_hash, is_waiting=False, message=letter.message_id
            )
            self._received[letter.header_id] = [*others, new]


@dataclass(slots=True)
class Knowledge:
    """All of it."""

    desk: Desk
    people: People
    correspondence: Correspondence

"""Who gets a public answer by mail, who does not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext_noop

from okno.channels.email.outgoing.declarations import COPY_TO
from okno.channels.email.own_addresses import OwnMailboxes, base_address
from okno.channels.email.rules.addresses import normalise_address
from okno.channels.email.rules.kinds import reads_nothing
from okno.tickets.models import Participant, Ticket

UNCONFIRMED = gettext_noop("nobody has confirmed this address yet")
NO_ADDRESS = gettext_noop("no usable mail address")
OWN = gettext_noop("the address is one of our mailboxes")
ROBOT = gettext_noop("a robot's address, nobody reads it")
INTERNAL = gettext_noop("the ticket is internal")
NOBODY = gettext_noop("the ticket has no client with a mail address")
NOT_VISIBLE = gettext_noop("the message is not for this person to see")
NO_MAILBOX = gettext_noop("there is no active mailbox to send from")


@dataclass(frozen=True)
class Recipient:
    """One who gets a letter. ``person`` is the participant's id in the signed reply address; 0 = of nobody.

    ``participant`` decides what the letter may quote; without one it is the public conversation.
    """

    name: str
    address: str
    language: str
    person: int = 0
    participant: Participant | None = None
    is_copy: bool = False


@dataclass
class Choice:
    """The recipients, and for everybody left out the reason."""

    recipients: list[Recipient] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)

    def skip(self, address: str, reason: str) -> None:
        self.skipped.append({"address": address, "reason": reason})


def recipients_of(ticket: Ticket) -> Choice:
    """Every confirmed participant with an address, once; nobody of an internal ticket (F82).

    Without any such address the company's gets it (F140). Our own mailboxes and robots get nothing.
    """
    choice = Choice()
    if ticket.is_internal:
        choice.skip("", INTERNAL)
        return choice
    own = OwnMailboxes.read()
    people = list(ticket.participants.select_related("contact"))
    for participant in people:
        _consider(choice, ticket, participant, own)
    if not any(each.address for each in people):
        _consider_company(choice, ticket, people, own)
    if choice.recipients and COPY_TO() and not own.is_own(COPY_TO()):
        copy = Recipient("", COPY_TO(), settings.LANGUAGE_CODE, is_copy=True)
        if all(copy.address != each.address for each in choice.recipients):
            choice.recipients.append(copy)
    return choice


def language_of(ticket: Ticket, participant: Participant | None) -> str:
    """The language for a reader: the contact's, else the company's, else that of the installation."""
    contact = participant.contact if participant else ticket.contact
    own = contact.language if contact else ""
    of_company = ticket.company.language if ticket.company else ""
    known = dict(settings.LANGUAGES)
    return next((each for each in (own, of_company) if each in known), settings.LANGUAGE_CODE)


def _consider(choice: Choice, ticket: Ticket, participant: Participant, own: OwnMailboxes) -> None:
    reason = _against(participant, own)
    if reason:
        choice.skip(participant.address, reason)
        return
    address = normalise_address(participant.address) or ""
    if any(each.address == address for each in choice.recipients):
        return
    choice.recipients.append(
        Recipient(
            name=participant.contact.name if participant.contact else participant.name,
            address=address,
            language=language_of(ticket, participant),
            person=participant.pk,
            participant=participant,
        )
    )


def _against(participant: Participant, own: OwnMailboxes) -> str:
    if not participant.is_confirmed:
        return UNCONFIRMED
    return problem_of(participant.address, own)


def problem_of(address: str, own: OwnMailboxes) -> str:
    """Why no letter of ours may go to this address, or nothing."""
    safe = normalise_address(address)
    if safe is None:
        return NO_ADDRESS
    if own.is_own(base_address(safe)):
        return OWN
    return ROBOT if reads_nothing(safe) else ""


def _consider_company(choice: Choice, ticket: Ticket, people: list[Participant], own: OwnMailboxes) -> None:
    """F140: the contact has no address and the company has; a ticket without a contact tells nobody."""
    company = ticket.company
    if company is None or not company.email or not (people or ticket.contact_id):
        choice.skip("", NOBODY)
        return
    reason = problem_of(company.email, own)
    if reason:
        choice.skip(company.email, reason)
        return
    requester = next((each for each in people if each.is_requester), None)
    choice.recipients.append(
        Recipient(
            name=company.name,
            address=normalise_address(company.email) or "",
            language=language_of(ticket, None),
            person=requester.pk if requester else 0,
        )
    )

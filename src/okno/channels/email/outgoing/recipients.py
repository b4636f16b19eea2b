"""Who gets a public answer by mail, who does not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils.translation import gettext_noop

from okno.channels.email.outgoing.declarations import COPY_TO
from okno.channels.email.own_addresses import OwnMailboxes, base_address
from okno.channels.email.rules.addresses import normalise_address
from okno.channels.email.rules.kinds import reads_nothing
from okno.people.declarations import COPY_TO_COMPANY
from okno.tickets.models import Participant, Ticket

UNCONFIRMED = gettext_noop("nobody has confirmed this address yet")
NO_ADDRESS = gettext_noop("no usable mail address")
OWN = gettext_noop("the address is one of our mailboxes")
ROBOT = gettext_noop("a robot's address, nobody reads it")
INTERNAL = gettext_noop("the ticket is internal")
NOBODY = gettext_noop("the ticket has no client with a mail address")
NOT_VISIBLE = gettext_noop("the message is not for this person to see")
OF_CONTACT = gettext_noop("the contact's card has this address for copies")
OF_COMPANY = gettext_noop("the general address of the company gets answers, as the settings say")
INSTEAD = gettext_noop("the contact has no mail address, so the company's gets the answer")
NO_MAILBOX = gettext_noop("there is no active mailbox to send from")


@dataclass(frozen=True)
class Recipient:
    """One who gets a letter. ``person`` is the participant's id in the signed reply address; 0 = of nobody.

    ``participant`` decides what the letter may quote; without one it is the public conversation. ``because`` says
    why one gets it who takes no part in the ticket.
    """

    name: str
    address: str
    language: str
    person: int = 0
    participant: Participant | None = None
    is_copy: bool = False
    because: str = ""


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
    _consider_copy_of_contact(choice, ticket, own)
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


def _consider_copy_of_contact(choice: Choice, ticket: Ticket, own: OwnMailboxes) -> None:
    """F127: whoever is to read along with the contact, such as the boss, while the contact gets the letter too."""
    contact = ticket.contact
    if contact is None or not contact.copy_address:
        return
    reads_along = [
        each for each in choice.recipients if each.participant and each.participant.contact_id == contact.pk
    ]
    if reads_along:
        reader = reads_along[0].participant
        language = language_of(ticket, reader)
        copy = Recipient("", contact.copy_address, language, participant=reader, because=OF_CONTACT)
        _add_copy(choice, copy, own)


def _consider_company(choice: Choice, ticket: Ticket, people: list[Participant], own: OwnMailboxes) -> None:
    """The company's general address: instead of a contact who has none (F140), and as the settings say (F142)."""
    company, mode = ticket.company, COPY_TO_COMPANY()
    has_address = any(each.address for each in people)
    has_contact = bool(people or ticket.contact_id)
    if has_address and mode != "always":
        return
    if company is None or not company.email or not (has_contact or mode in {"always", "without_contact"}):
        if not has_address:
            choice.skip("", NOBODY)
        return
    if has_address:
        copy = Recipient(company.name, company.email, language_of(ticket, None), because=OF_COMPANY)
        _add_copy(choice, copy, own)
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
            because=INSTEAD if has_contact else OF_COMPANY,
        )
    )


def _add_copy(choice: Choice, copy: Recipient, own: OwnMailboxes) -> None:
    """A copy for an address that takes no part: an answer to it speaks for nobody."""
    reason = problem_of(copy.address, own)
    if reason:
        choice.skip(copy.address, reason)
        return
    safe = normalise_address(copy.address) or ""
    if all(each.address != safe for each in choice.recipients):
        choice.recipients.append(replace(copy, address=safe, is_copy=True))

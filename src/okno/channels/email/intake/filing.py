"""Putting a letter where it belongs: a new ticket, the client's next message, an employee's answer, or a note."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from okno.channels.email import tokens
from okno.channels.email.intake.case import Case, Match, Outcome
from okno.channels.email.intake.contacts import make_contact
from okno.channels.email.intake.content import clean, message_of, with_words
from okno.channels.email.intake.knowledge import Knowledge
from okno.channels.email.intake.rules.subjects import ticket_subject
from okno.channels.email.models import Letter
from okno.core.actor import SYSTEM, Actor
from okno.core.text import one_line
from okno.tickets.models import Channel, Message, Ticket
from okno.tickets.operations.creating import NewTicket, register_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.people import add_participant, link

MOST_PEOPLE = 50
"""Addresses in copy that become participants; a letter to hundreds is not a conversation."""

NOBODY = "unknown@sender.invalid"
"""Stands for the author of a letter that names none (RFC 2606)."""


def file(case: Case, match: Match, knowledge: Knowledge) -> Outcome:
    """Stores the letter as a message, by the operations that everybody uses, and says why it stands there."""
    case.reason |= _reason(case, match)
    if match.ticket is None:
        return _new_ticket(case, match, knowledge)
    if match.as_agent and case.sender.agent is not None:
        answer = with_words(message_of(case))
        message = add_answer(case.sender.agent.as_actor(), match.ticket, answer)
        return _done(case, match.ticket, message, answer)
    if case.sender.kind == "agent":
        return _unverified_note(case, match.ticket)
    return _client_message(case, match.ticket, knowledge)


def _reason(case: Case, match: Match) -> dict[str, Any]:
    reason: dict[str, Any] = {"matched_by": match.by if match.ticket else "nothing", "sender": match.standing}
    if match.detail:
        reason["detail"] = clean(match.detail)[:500]
    if match.ticket is None:
        reason |= {"because": match.because, "mark": match.by, "sender": case.sender.kind}
    if match.former is not None:
        reason["linked_to"] = match.former.number
    if case.form_writer is not None:
        reason["form"] = True
    if match.agent_refused:
        reason["agent_refused"] = match.agent_refused
    return reason


def _new_ticket(case: Case, match: Match, knowledge: Knowledge) -> Outcome:
    """A ticket of its own. An unproven letter under an employee's address is an outsider's (T4)."""
    sender = case.sender
    is_aligned = case.authentication.verdict == "aligned"
    if sender.kind == "agent" and sender.agent is not None and is_aligned and sender.agent.is_active:
        return _employees_ticket(case, match, knowledge)
    if sender.kind == "agent":
        case.reason["agent_refused"] = "not_proven"
    make_contact(case, knowledge)
    message = message_of(case, is_verified=not case.is_unproven and sender.kind != "agent")
    _sign(case, message)
    new = _ticket(case, message, knowledge)
    new.contact, new.company = sender.contact, sender.company
    new.requester_address = sender.address
    new.requester_is_proven = is_aligned and sender.kind == "contact"
    return _registered(case, SYSTEM, new, match)


def _employees_ticket(case: Case, match: Match, knowledge: Knowledge) -> Outcome:
    """A request of one of ours (F5): the author is the employee, proven by his own domain."""
    new = _ticket(case, message_of(case), knowledge)
    agent = case.sender.agent
    if agent is None:
        raise LookupError("an employee's ticket without an employee")
    new.agent_contact = agent
    case.reason["sender"] = "agent"
    return _registered(case, agent.as_actor(), new, match)


def _registered(case: Case, actor: Actor, new: NewTicket, match: Match) -> Outcome:
    ticket, message = register_ticket(actor, new)
    if match.former is not None:
        link(SYSTEM, ticket, match.former, {"because": match.because, "mark": match.by})
    return _done(case, ticket, message, new.message)


def _ticket(case: Case, message: NewMessage, knowledge: Knowledge) -> NewTicket:
    subject = clean(one_line(tokens.without_token(case.parsed.subject)))
    name, was_cut = ticket_subject(subject, message.text, _("(no subject)"))
    if was_cut:
        message.reason["subject_cut"] = True
    kind, priority, status = knowledge.desk.new_ticket()
    mailbox = case.letter.mailbox
    team = mailbox.team if mailbox is not None and mailbox.team is not None and mailbox.team.is_active else None
    return NewTicket(
        subject=name,
        message=message,
        channel=Channel.EMAIL,
        type=kind,
        priority=priority,
        status=status,
        team=team,
        people=[(person, address, False) for person, address in _copies(case, knowledge)],
    )


def _copies(case: Case, knowledge: Knowledge) -> list[tuple[str, str]]:
    """Whom the letter puts in copy: neither ourselves nor employees; they get nothing until confirmed (T3)."""
    people: dict[str, str] = {}
    for person in [*case.parsed.to, *case.parsed.cc]:
        address = person.address
        if address == case.sender.address or knowledge.desk.is_own(address) or address in knowledge.desk.agents:
            continue
        if len(people) < MOST_PEOPLE and _is_address(address):
            people.setdefault(address, clean(person.name)[:200])
    return [(name, address) for address, name in people.items()]


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _sign(case: Case, message: NewMessage) -> None:
    """Writes the author: the contact, or the bare address of somebody who is not known or not proven (T4)."""
    message.contact = None if case.is_unproven else case.sender.contact
    message.author_name = clean(case.sender.name) or NOBODY
    message.author_address = case.sender.address or NOBODY


def _client_message(case: Case, ticket: Ticket, knowledge: Knowledge) -> Outcome:
    """The next message of the client's side; an automatic answer is shown and changes nothing (T6).

    A letter that must not act in its sender's name is for agents only, and brings nobody into the conversation.
    """
    quietly = case.kind == "auto_reply"
    if quietly:
        case.reason["auto_reply"] = True
    elif not case.is_unproven:
        make_contact(case, knowledge)
    message = message_of(case, is_public=not case.is_unproven, is_verified=not case.is_unproven)
    _sign(case, message)
    made = add_client_message(SYSTEM, ticket, message, quietly=quietly)
    if not quietly and not case.is_unproven:
        _add_people(case, ticket, knowledge)
    return _done(case, ticket, made, message)


def _add_people(case: Case, ticket: Ticket, knowledge: Knowledge) -> None:
    present = {participant.address for participant in ticket.participants.all()}
    written = [(case.sender.name, case.sender.address), *_copies(case, knowledge)]
    for name, address in written:
        if address and address not in present and len(present) < MOST_PEOPLE and _is_address(address):
            add_participant(SYSTEM, ticket, address, name=clean(name)[:200], confirmed=False)
            present.add(address)


def _unverified_note(case: Case, ticket: Ticket) -> Outcome:
    """What came under an employee's address without proof: for agents to read, under the bare address (T1, T4)."""
    note = with_words(message_of(case, is_public=False, is_verified=False))
    _sign(case, note)
    return _done(case, ticket, add_note(SYSTEM, ticket, note), note)


def _done(case: Case, ticket: Ticket, message: Message, new: NewMessage) -> Outcome:
    return Outcome(Letter.State.DONE, {**case.reason, **new.reason}, ticket, message)

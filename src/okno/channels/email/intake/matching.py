"""To which ticket a letter belongs: by signed reply address, by the letter it answers, by the subject token.

A mark leads to a ticket; whether the sender is let into it is decided by who he is there (T2, W6). Who is
not gets a ticket of his own, linked to the other, and learns nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from okno.channels.email import tokens
from okno.channels.email.intake.case import Case, Match, Sender, WaitForEarlier
from okno.channels.email.intake.knowledge import MOST_IDS, Correspondence, Knowledge, Known
from okno.core import clock
from okno.people.models import Agent
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.transitions import is_over_for_client

DELIVERY_HEADERS = frozenset({"delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a letter that names a ticket: by which kind of mark, what it says, and the ticket."""

    by: str
    detail: str
    ticket: int
    address: tokens.ReplyAddress | None = None


def answered_ids(case: Case) -> list[str]:
    """The Message-IDs that the letter says it answers, the likeliest first."""
    parsed = case.parsed
    first = [parsed.in_reply_to] if parsed.in_reply_to else []
    return list(dict.fromkeys([*first, *reversed(parsed.references)]))[:MOST_IDS]


def find_ticket(case: Case, knowledge: Knowledge) -> Match:
    """The ticket and the reason, or why there is none; raises ``WaitForEarlier`` when the answered letter waits."""
    marks = list(_marks(case, knowledge))
    if not marks:
        _wait_for_answered(case, knowledge.correspondence)
        return Match()
    tickets = _tickets(marks)
    refused: Match | None = None
    for mark in marks:
        ticket = tickets.get(mark.ticket)
        if ticket is None:
            continue
        match = _judged(case, mark, ticket)
        if match.ticket is not None:
            return match
        refused = refused or match
    return refused or Match(because="ticket_is_gone", by=marks[0].by, detail=marks[0].detail)


def reply_addresses(case: Case) -> Iterator[tuple[str, tokens.ReplyAddress]]:
    """The addresses with a valid signature of ours to which the letter was sent; the mailbox may be gone by now."""
    written = [person.address for person in [*case.parsed.to, *case.parsed.cc]]
    delivered = [value for name, value in case.parsed.headers if name.lower() in DELIVERY_HEADERS]
    for address in dict.fromkeys([*case.letter.envelope_to, *written, *delivered]):
        read = tokens.read_reply_address(address) if "+" in address else None
        if read is not None:
            yield address, read


def named_tickets(case: Case, correspondence: Correspondence) -> set[int]:
    """The tickets that the letter names by reply addresses and by letters that it answers."""
    answered = (known for each in answered_ids(case) for known in _letters_of(each, correspondence))
    by_address = {read.ticket for _address, read in reply_addresses(case)}
    return by_address | {known.ticket for known in answered if known.ticket is not None}


def _letters_of(header_id: str, correspondence: Correspondence) -> list[Known]:
    sent = correspondence.sent(header_id)
    return [*([sent] if sent else []), *correspondence.received(header_id)]


def _marks(case: Case, knowledge: Knowledge) -> Iterator[Mark]:
    for address, read in reply_addresses(case):
        yield Mark("reply_address", address, read.ticket, read)
    answered = case.parsed.in_reply_to
    for header_id in answered_ids(case):
        by = "in_reply_to" if header_id == answered else "references"
        for known in _letters_of(header_id, knowledge.correspondence):
            if known.ticket is not None:
                yield Mark(by, header_id, known.ticket)
    number = tokens.read_subject_token(case.parsed.subject)
    if number is not None:
        pk = Ticket.objects.filter(number=number).values_list("pk", flat=True).first()
        if pk is not None:
            yield Mark("subject_token", str(number), pk)


def _wait_for_answered(case: Case, correspondence: Correspondence) -> None:
    """A letter must not overtake the one it answers: with several workers both may be under way at once."""
    waiting = [
        known.id for each in answered_ids(case) for known in correspondence.received(each) if known.is_waiting
    ]
    if waiting and min(waiting) != case.letter.pk and case.letter.received_at > clock.now() - timedelta(minutes=2):
        raise WaitForEarlier


def _tickets(marks: Iterable[Mark]) -> dict[int, Ticket]:
    wanted = {mark.ticket for mark in marks}
    found = Ticket.objects.filter(pk__in=wanted).prefetch_related("participants")
    return {ticket.pk: ticket for ticket in found}


def _judged(case: Case, mark: Mark, ticket: Ticket) -> Match:
    if case.sender.agent is not None:
        return _judged_agent(case, mark, ticket, case.sender.agent)
    standing = standing_in(case.sender, ticket)
    if not standing:
        return Match(by=mark.by, detail=mark.detail, former=ticket, because="stranger")
    if is_over_for_client(ticket) and case.kind in {"letter", "list"}:
        return Match(by=mark.by, detail=mark.detail, standing=standing, former=ticket, because="closed")
    return Match(ticket, mark.by, mark.detail, standing)


def standing_in(sender: Sender, ticket: Ticket) -> str:
    """What the sender is to the ticket: a participant, somebody of its company, or (empty) a stranger."""
    participants = list(ticket.participants.all())
    if sender.address and any(one.address == sender.address for one in participants):
        return "participant"
    if sender.contact is not None:
        mine = {one.contact_id for one in participants} | {ticket.contact_id}
        if sender.contact.pk in mine:
            return "participant"
    if ticket.company_id is not None:
        if ticket.company_id in sender.companies:
            return "company"
        if sender.company is not None and sender.company.pk == ticket.company_id:
            return "domain"
    return ""


def _judged_agent(case: Case, mark: Mark, ticket: Ticket, agent: Agent) -> Match:
    """An employee's letter is his answer only with his own fresh reply address, proof and permission (T1)."""
    refused = _why_not_agent(case, mark, ticket, agent)
    standing = "unverified_agent" if refused else "agent"
    return Match(ticket, mark.by, mark.detail, standing, as_agent=not refused, agent_refused=refused)


def _why_not_agent(case: Case, mark: Mark, ticket: Ticket, agent: Agent) -> str:
    address = mark.address
    if address is None or address.kind != "a" or address.person != agent.pk:
        return "no_own_reply_address"
    if address.is_expired:
        return "expired"
    if case.authentication.verdict != "aligned":
        return "not_proven"
    if not agent.is_active or not agent.user.is_active:
        return "deactivated"
    if not access.may(agent.as_actor(), "answer", ticket):
        return "not_permitted"
    return ""

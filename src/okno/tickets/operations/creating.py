"""Registering a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.core.inserting import insert
from okno.core.notify import changed
from okno.core.text import one_line
from okno.fields.models import Target
from okno.fields.operations.files import take_files
from okno.fields.values import Taken as Values
from okno.fields.values import take_new
from okno.people.models import Agent, Company, Contact, Team
from okno.people.requesters import Requester, requester_of
from okno.tickets import access, owners
from okno.tickets import events as kinds
from okno.tickets.answers import Said, merged, take_answers
from okno.tickets.answers import Taken as Answers
from okno.tickets.calls import live_facts
from okno.tickets.following import let_follow
from okno.tickets.models import Message, Participant, StatusInterval, Ticket
from okno.tickets.operations.assigning import require_active
from okno.tickets.operations.classifying import computed_priority
from okno.tickets.operations.deadlines import check_deadline
from okno.tickets.operations.messages import NewMessage, add_first
from okno.tickets.operations.secrets import LABEL_LIMIT, keep_with_new
from okno.tickets.own_addresses import refuse_own
from okno.workflow.asking import form_for, topic_of
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.models import Impact, Priority, RequestForm, Service, Status, TicketType, Urgency
from okno.workflow.rules import due_at
from okno.workflow.selection import default_priority, default_type, initial_status

SUBJECT_LIMIT = 5000
"""Characters of a subject; a longer one is refused on forms and cut, with the raw letter kept, from mail."""


@dataclass
class NewTicket:
    """What a ticket is made from. ``people`` are addresses of the client's side: (name, address, confirmed).

    ``resolve_by`` is a deadline set by hand (F51). ``attributes`` are values by code; where nobody was asked for
    any, as by a letter (``None``), none is required. So are ``answers`` to the request form, by the codes of its
    items; ``not_known`` are those that nobody could give.
    """

    subject: str
    message: NewMessage
    channel: str
    contact: Contact | None = None
    company: Company | None = None
    agent_contact: Agent | None = None
    type: TicketType | None = None
    priority: Priority | None = None
    assignee: Agent | None = None
    team: Team | None = None
    status: Status | None = None
    service: Service | None = None
    impact: Impact | None = None
    urgency: Urgency | None = None
    requester_address: str = ""
    requester_is_proven: bool = True
    people: list[tuple[str, str, bool]] = field(default_factory=list)
    resolve_by: datetime | None = None
    attributes: Mapping[str, object] | None = None
    answers: Mapping[str, object] | None = None
    not_known: frozenset[str] = frozenset()


def create_ticket(actor: Actor, new: NewTicket) -> Ticket:
    """Registers a ticket with its first message; an empty or too long subject is refused at its field."""
    ticket, _message = register_ticket(actor, new)
    return ticket


def register_ticket(actor: Actor, new: NewTicket) -> tuple[Ticket, Message]:
    """The same, for who needs the first message too."""
    access.require(actor, "create")
    if actor.is_agent and (new.assignee or new.team):
        access.require(actor, "assign")
    subject = one_line(new.subject)
    if not subject:
        raise Invalid({"subject": [_("Write in a few words what it is about.")]})
    if len(subject) > SUBJECT_LIMIT:
        raise Invalid(
            {"subject": [_("The subject is longer than %(limit)d characters.") % {"limit": SUBJECT_LIMIT}]}
        )
    if new.resolve_by is not None:
        check_deadline(new.resolve_by)
    requester = _requester(new)
    refuse_own(actor, "contact", requester.address)
    with transaction.atomic():
        require_active(new.assignee, new.team)
        kind = new.type or default_type()
        for verb in ("create", *(["assign"] if actor.is_agent and (new.assignee or new.team) else [])):
            access.require_type(actor, verb, kind)
        asked = take_asked(actor, new, kind)
        ticket, chosen = _make(actor, new, subject, requester, asked)
        message = add_first(actor, ticket, new.message)
        events.record(actor, kinds.CREATED, ticket, {"message": message.pk, "channel": new.channel, **asked.told})
        for label, value in asked.answers.secrets:
            keep_with_new(actor, ticket, label[:LABEL_LIMIT], value)
        owners.tell(ticket, (new.assignee, new.team), chosen)
        changed(f"ticket:{ticket.pk}", new=True, **live_facts(ticket))
    return ticket, message


def _make(
    actor: Actor, new: NewTicket, subject: str, requester: Requester, asked: Asked
) -> tuple[Ticket, owners.Chosen]:
    kind = asked.kind
    status = new.status or initial_status(kind)
    priority, is_manual = _priority(new)
    moment = clock.now()
    ticket = Ticket(
        number=_next_number(),
        subject=subject,
        type=kind,
        is_internal=kind.is_internal,
        status=status,
        state=status.state,
        priority=priority,
        priority_is_manual=is_manual,
        impact=new.impact,
        urgency=new.urgency,
        service=new.service,
        company=requester.company,
        contact=new.contact,
        agent_contact=new.agent_contact,
        assignee=new.assignee,
        team=new.team,
        channel=new.channel,
        message_count=1,
        created_at=moment,
        activity_at=moment,
        created_by_agent_id=actor.id if actor.is_agent else None,
        resolve_by=new.resolve_by,
        resolve_by_is_manual=new.resolve_by is not None,
        attributes=asked.attributes.values,
        answers=asked.answers.stored,
    )
    chosen = owners.of_new(actor, ticket)
    let_follow(ticket, None)
    insert(ticket)
    interval = StatusInterval(ticket=ticket, status=status, entered_at=moment)
    insert(interval, *_people(ticket, new, requester), *owners.watchers_of(ticket, chosen))
    _set_timer(ticket, interval)
    take_files(actor, asked.attributes.tokens, ticket.pk)
    return ticket, chosen


@dataclass(frozen=True)
class Asked:
    """What was asked of whoever registers the ticket, and said: values of attributes, answers to the form."""

    kind: TicketType
    attributes: Values
    answers: Answers
    form: RequestForm | None

    @property
    def told(self) -> dict[str, str]:
        """What the event says of the form."""
        return {"form": self.form.code} if self.form and self.answers.stored else {}


def take_asked(actor: Actor, new: NewTicket, kind: TicketType) -> Asked:
    """Checks attributes and answers; every mistake of both is told at once."""
    form = form_for(topic_of(kind.code, new.service)) if new.answers is not None else None
    given = new.attributes or {}
    answers = take_answers(actor, form, kind.code, Said(new.answers or {}, given, new.not_known))
    attributes, problems = Values({}), {}
    try:
        attributes = take_new(actor, Target.TICKET, new.attributes, type_code=kind.code, hidden=answers.hidden)
    except Invalid as invalid:
        problems = dict(invalid.fields)
    merged(answers.problems, problems)
    return Asked(kind, attributes, answers, form)


def _priority(new: NewTicket) -> tuple[Priority, bool]:
    """The given priority, else what impact and urgency make, else the usual one; and whether it defies these."""
    made = computed_priority(new.impact.pk if new.impact else None, new.urgency.pk if new.urgency else None)
    if new.priority is None:
        return made or default_priority(), False
    return new.priority, made is not None and made.pk != new.priority.pk


def _set_timer(ticket: Ticket, interval: StatusInterval) -> None:
    """Where already the first status ends by itself; most lifecycles have none such."""
    place = remembered_lifecycle_of(ticket.type_id).place(ticket.status.code)
    due = due_at(place, interval.entered_at) if place is not None else None
    if due is not None:
        ticket.closes_at, ticket.timer_interval = due, interval.pk
        ticket.save(update_fields=["closes_at", "timer_interval"])


def _requester(new: NewTicket) -> Requester:
    """Company and address of whose request it is: as given, else those of the contact."""
    known = Requester(new.company, new.requester_address)
    if new.contact is None or (known.company and known.address):
        return known
    of_contact = requester_of(new.contact)
    return Requester(known.company or of_contact.company, known.address or of_contact.address)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('ticket_number')")
        (number,) = cursor.fetchone()
    return int(number)


def _people(ticket: Ticket, new: NewTicket, requester: Requester) -> list[Participant]:
    address = requester.address
    rows: dict[str, Participant] = {}
    if address or new.contact:
        rows[address] = Participant(
            ticket=ticket,
            address=address,
            name=new.contact.name if new.contact else one_line(new.message.author_name),
            contact=new.contact,
            is_requester=True,
            is_confirmed=True,
            is_proven=new.requester_is_proven,
        )
    for name, other, confirmed in new.people:
        rows.setdefault(
            other, Participant(ticket=ticket, address=other, name=one_line(name), is_confirmed=confirmed)
        )
    return list(rows.values())

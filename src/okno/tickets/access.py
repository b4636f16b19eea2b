"""The visibility rule of tickets: who sees which, who may do what, and why.

Lists, pages, search, counters, exports, the API, live events and letters all go through here. An agent
whose role grants ``tickets.view_all`` sees every ticket; any other agent those that are his own, his
teams', watched by him or his teams, created by him, or not assigned to anybody yet, as far as his role reaches
(``people.rules``). A contact sees the tickets in which he is a confirmed and proven participant and those of the
companies that his access level opens, never internal ones, and of their messages the public ones. The clauses stand
in ``clauses``, ``explaining`` tells them in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Forbidden, NotVisible
from okno.core.statements import Instances, hole
from okno.people.rules import Level, reach_of
from okno.tickets.clauses import acts_of, concern_of, sight_of, taking_part
from okno.tickets.models import Attachment, Message, Participant, Ticket, TicketSecret
from okno.workflow.models import TicketType

VERBS = {
    "view": "",
    "answer": "tickets.answer",
    "note": "tickets.note",
    "assign": "tickets.assign",
    "status": "tickets.status",
    "edit": "tickets.edit",
    "create": "tickets.create",
    "decide": "tickets.status",
    "share": "tickets.edit",
    "secrets": "tickets.secrets",
}
"""What can be done to a ticket, and the right that an agent needs for it."""

LARGEST_NUMBER = 2**63 - 1
CONTACT_VERBS = frozenset({"view", "answer", "create", "decide"})
"""What clients do in tickets that they see; to decide is to accept a solution, to reject it, or to resume the work.

To share, which is to take part in a ticket of one's company and to bring in colleagues, needs the level for it.
"""

AT_LARGE = frozenset({"create"})
"""What is done before there is a ticket: it reaches types, and nobody's own ticket is asked for."""


@dataclass(frozen=True)
class Verdict:
    """Yes or no, and the reason in words."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def visible_to(actor: Actor) -> QuerySet[Ticket]:
    """The tickets that exist for this actor; ``clauses`` says why."""
    return sight_of(actor).tickets()


def open_to(actor: Actor, verb: str) -> QuerySet[Ticket]:
    """The tickets to which the actor may do this; ``may`` answers from it."""
    seen = visible_to(actor)
    if actor.is_contact:
        if verb == "share":
            return seen.filter(company__in=actor.open_companies)
        return seen if verb in CONTACT_VERBS else seen.none()
    right = VERBS[verb]
    if not right or not actor.is_agent or verb in AT_LARGE:
        return seen if not right or actor.has(right) else seen.none()
    rule = acts_of(actor, right)
    return seen if rule.is_for_all else seen & rule.tickets()


def own(actor: Actor) -> Q:
    """The tickets of an agent: his own, his teams', watched by him or his teams, created or asked by him."""
    return concern_of(actor).condition


def ways_of_client(actor: Actor, company: int | None = None) -> list[Q]:
    """By which ways a contact comes to tickets, each of which an index serves; of one company there is one way.

    They narrow what is visible and never widen it.
    """
    if company is not None:
        return []
    companies = sorted({*actor.open_companies, *actor.supervised})
    return [taking_part(actor), *(Q(company=each) for each in companies)]


def messages_visible_to(actor: Actor) -> QuerySet[Message]:
    """The messages that exist for this actor: of visible tickets, and for a contact the public ones only."""
    if not actor.is_contact and sight_of(actor).is_for_all:
        return Message.objects.all()
    messages = Message.objects.filter(ticket__in=visible_to(actor))
    return messages if actor.is_agent else messages.filter(is_public=True)


def messages_mailed_to(ticket: Ticket, participant: Participant | None) -> QuerySet[Message]:
    """The messages that a letter to this participant may contain: those that the contact sees.

    An address without a contact, or one that nobody vouches for, sees no ticket; its letters may contain the
    public conversation of a ticket that is not internal, for that is what it takes part in.
    """
    contact = participant.contact if participant and participant.is_confirmed and participant.is_proven else None
    if contact is not None:
        return messages_visible_to(contact.as_actor()).filter(ticket=ticket)
    return Message.objects.filter(ticket=ticket, is_public=True, ticket__is_internal=False)


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """The files that exist for this actor: those of visible messages, of own drafts and uploads, of canned
    replies."""
    of_messages = Q(message__in=messages_visible_to(actor))
    if actor.is_contact and actor.participant is None:
        return Attachment.objects.filter(of_messages | Q(uploaded_by_contact=actor.id, message__isnull=True))
    if not actor.is_agent:
        return Attachment.objects.filter(of_messages)
    waiting = Q(uploaded_by=actor.id, message__isnull=True)
    return Attachment.objects.filter(
        of_messages | waiting | Q(draft__agent=actor.id) | Q(canned_reply__isnull=False)
    )


def secrets_visible_to(actor: Actor) -> QuerySet[TicketSecret]:
    """Of which access details the actor knows that there are some; to a contact those that clients gave.

    Nobody reads their values here: ``operations.secrets.reveal`` shows one to whoever has the right.
    """
    secrets = TicketSecret.objects.filter(ticket__in=visible_to(actor))
    return secrets if actor.is_agent or actor.kind == "system" else secrets.filter(contact__isnull=False)


def get(actor: Actor, number: int) -> Ticket:
    """The ticket of this number, with what every page of it shows; raises ``NotVisible`` when there is none."""
    found = _by_number(actor).rows(number) if number <= LARGEST_NUMBER else []
    if not found:
        raise NotVisible(_("There is no ticket %(number)s, or it is not for you to see.") % {"number": number})
    return found[0]


@lru_cache(maxsize=256)
def _by_number(actor: Actor) -> Instances[Ticket]:
    """Written once for an actor with these rights, teams and limits: with others it is another query."""
    related = ("type", "status", "priority", "company", "contact", "agent_contact", "assignee", "team")
    return Instances(visible_to(actor).filter(number=hole(0)), *related)


def may(actor: Actor, verb: str, ticket: Ticket | None = None) -> Verdict:
    """Whether the actor may do this to the ticket (or at all), with the reason; from the same queryset."""
    if verb not in VERBS:
        raise LookupError(f"no verb {verb!r}")
    if ticket is not None and not visible_to(actor).filter(pk=ticket.pk).exists():
        return Verdict(False, _("The ticket is not visible to you."))
    return may_seen(actor, verb, ticket)


def may_seen(actor: Actor, verb: str, ticket: Ticket | None) -> Verdict:
    """The same where it is known that the actor sees the ticket, so that mostly nothing need be asked."""
    if actor.kind in {"system", "rule"}:
        return Verdict(True, _("Okno itself acts."))
    if actor.is_contact:
        return _may_of_contact(actor, verb, ticket)
    right = VERBS[verb]
    if right and not actor.has(right):
        return Verdict(False, _("Your role or token does not allow this."))
    if right and ticket is not None and verb not in AT_LARGE and not acts_of(actor, right).reaches(ticket):
        return Verdict(False, _beyond(reach_of(actor.rights, right).in_type(ticket.type.code)))
    return Verdict(True, _("Your role allows this."))


def _may_of_contact(actor: Actor, verb: str, ticket: Ticket | None) -> Verdict:
    if verb in CONTACT_VERBS:
        return Verdict(True, _("Clients may do this in tickets that they see."))
    if verb != "share":
        return Verdict(False, _("This is done by employees."))
    if ticket is not None and ticket.company_id in actor.open_companies:
        return Verdict(True, _("The access level opens all tickets of this company"))
    return Verdict(False, _("The access level does not open all tickets of this company."))


def require_type(actor: Actor, verb: str, kind: TicketType) -> None:
    """Passes in silence, or raises ``Forbidden`` when the role never does this to tickets of the type.

    Asked where there is no ticket of this type yet: of a new one, and of one that becomes of this type.
    """
    require(actor, verb)
    if actor.is_agent and VERBS[verb] and reach_of(actor.rights, VERBS[verb]).in_type(kind.code) is Level.NONE:
        raise Forbidden(_beyond(Level.NONE))


def _beyond(level: Level) -> str:
    """Why a right that the role grants does not reach a ticket."""
    match level:
        case Level.OWN:
            return _("The role allows this in one's own tickets only.")
        case Level.TEAM:
            return _("The role allows this only in tickets of one's own, of one's teams and of nobody.")
    return _("The role does not allow this in tickets of this type.")


def require(actor: Actor, verb: str, ticket: Ticket | None = None) -> None:
    """Passes in silence, or raises ``NotVisible`` or ``Forbidden`` with the reason."""
    verdict = may(actor, verb, ticket)
    if verdict:
        return
    if ticket is not None and not visible_to(actor).filter(pk=ticket.pk).exists():
        raise NotVisible(verdict.reason)
    raise Forbidden(verdict.reason)

"""The visibility rule of tickets: who sees which, who may do what, and why.

Lists, pages, search, counters, exports, the API, live events and letters all go through here. An agent
whose role grants ``tickets.view_all`` sees every ticket; any other agent those that are his own, his
teams', watched by him or his teams, created by him, or not assigned to anybody yet. A contact sees the
tickets in which he is a confirmed and proven participant, never internal ones, and of their messages
the public ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Forbidden, NotVisible
from okno.core.statements import Instances, hole
from okno.tickets.models import Attachment, Message, Participant, Ticket, Watcher

VERBS = {
    "view": "",
    "answer": "tickets.answer",
    "note": "tickets.note",
    "assign": "tickets.assign",
    "status": "tickets.status",
    "edit": "tickets.edit",
    "create": "tickets.create",
    "decide": "tickets.status",
}
"""What can be done to a ticket, and the right that an agent needs for it."""

LARGEST_NUMBER = 2**63 - 1
CONTACT_VERBS = frozenset({"view", "answer", "create", "decide"})
"""What clients do in their own tickets; to decide is to accept a solution, to reject it, or to take it up again."""


@dataclass(frozen=True)
class Verdict:
    """Yes or no, and the reason in words."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


def visible_to(actor: Actor) -> QuerySet[Ticket]:
    """The tickets that exist for this actor."""
    if actor.kind in {"system", "rule"} or (actor.is_agent and actor.has("tickets.view_all")):
        return Ticket.objects.all()
    if actor.is_agent:
        return Ticket.objects.filter(_of_agent(actor))
    if actor.is_contact:
        mine = Participant.objects.filter(
            ticket=OuterRef("pk"), contact=actor.id, is_confirmed=True, is_proven=True
        )
        return Ticket.objects.filter(Exists(mine), is_internal=False)
    return Ticket.objects.none()


def _of_agent(actor: Actor) -> Q:
    unassigned = Q(assignee=None, team=None)
    return _concerns(actor) | unassigned | _watched(actor)


def own(actor: Actor) -> Q:
    """The tickets of an agent: his own, his teams', watched by him or his teams, created or asked by him."""
    return _concerns(actor) | _watched(actor)


def _concerns(actor: Actor) -> Q:
    condition: Q = (
        Q(assignee=actor.id) | Q(team__in=actor.teams) | Q(created_by_agent=actor.id) | Q(agent_contact=actor.id)
    )
    return condition


def _watched(actor: Actor) -> Q:
    """Put last, since the database asks the conditions in their order and this one costs most."""
    watchers = Watcher.objects.filter(ticket=OuterRef("pk"))
    return Q(Exists(watchers.filter(Q(agent=actor.id) | Q(team__in=actor.teams))))


def messages_visible_to(actor: Actor) -> QuerySet[Message]:
    """The messages that exist for this actor: of visible tickets, and for a contact the public ones only."""
    if actor.kind in {"system", "rule"} or (actor.is_agent and actor.has("tickets.view_all")):
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
    if not actor.is_agent:
        return Attachment.objects.filter(of_messages)
    waiting = Q(uploaded_by=actor.id, message__isnull=True)
    return Attachment.objects.filter(
        of_messages | waiting | Q(draft__agent=actor.id) | Q(canned_reply__isnull=False)
    )


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
    if actor.kind in {"system", "rule"}:
        return Verdict(True, _("Okno itself acts."))
    if actor.is_contact:
        if verb in CONTACT_VERBS:
            return Verdict(True, _("Clients may do this in their own tickets."))
        return Verdict(False, _("This is done by employees."))
    right = VERBS[verb]
    if right and not actor.has(right):
        return Verdict(False, _("Your role or token does not allow this."))
    return Verdict(True, _("Your role allows this."))


def require(actor: Actor, verb: str, ticket: Ticket | None = None) -> None:
    """Passes in silence, or raises ``NotVisible`` or ``Forbidden`` with the reason."""
    verdict = may(actor, verb, ticket)
    if verdict:
        return
    if ticket is not None and not visible_to(actor).filter(pk=ticket.pk).exists():
        raise NotVisible(verdict.reason)
    raise Forbidden(verdict.reason)

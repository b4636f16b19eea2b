"""The page of one ticket: conversation, facts, history, who else is here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from okno.core import clock, events
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.core.models import Event
from okno.core.notify import changed
from okno.desk.loading import load
from okno.desk.sentences import sentence
from okno.desk.timeline import conversation
from okno.people.models import Agent, Team
from okno.tickets import access
from okno.tickets.declarations import DEFAULT_MESSAGE
from okno.tickets.models import Draft, Presence, Ticket
from okno.tickets.operations.presence import note_presence
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State, may_follow

PRESENT = timedelta(seconds=60)


@require_safe
@agents
def page(request: AgentRequest, number: int) -> HttpResponseBase:
    """The whole page."""
    ticket = load(request, number)
    talk = conversation(request.actor, ticket, whole="whole" in request.GET)
    context = {
        "ticket": ticket,
        "talk": talk,
        "drafts": _drafts(request, ticket),
        "recipients": _recipients(ticket),
        "notes_first": DEFAULT_MESSAGE() == "note",
        "can": _rights(request, ticket),
        **ticket_facts(request, ticket),
    }
    return respond(request, "desk/tickets/page.jinja", context)


@require_safe
@agents
def talk(request: AgentRequest, number: int) -> HttpResponseBase:
    """The conversation alone, fetched again when something changed."""
    ticket = load(request, number)
    context = {"ticket": ticket, "talk": conversation(request.actor, ticket, whole="whole" in request.GET)}
    return respond(request, "desk/tickets/talk.jinja", context)


@require_safe
@agents
def head(request: AgentRequest, number: int) -> HttpResponseBase:
    """Subject, status and the people present."""
    ticket = load(request, number)
    return respond(request, "desk/tickets/head.jinja", {"ticket": ticket, **ticket_facts(request, ticket)})


@require_safe
@agents
def facts(request: AgentRequest, number: int) -> HttpResponseBase:
    """The side panel."""
    ticket = load(request, number)
    return respond(request, "desk/tickets/facts.jinja", {"ticket": ticket, **ticket_facts(request, ticket)})


@require_safe
@agents
def history(request: AgentRequest, number: int) -> HttpResponseBase:
    """Everything that ever happened to the ticket, newest first, in a window."""
    ticket = load(request, number)
    rows = Event.objects.filter(object_kind="ticket", object_id=ticket.pk).order_by("-id")[:500]
    lines = [(row, sentence(row) or None, events.KINDS.get(row.kind)) for row in rows]
    intervals = ticket.intervals.select_related("status").order_by("entered_at")
    context = {"ticket": ticket, "lines": lines, "intervals": intervals, "now": clock.now()}
    return respond(request, "desk/tickets/history.jinja", context)


@require_POST
@agents
def presence(request: AgentRequest, number: int) -> HttpResponseBase:
    """The browser says that its agent has the ticket open, or types; the answer names the others."""
    ticket = load(request, number)
    if note_presence(request.actor, ticket, is_typing=request.POST.get("typing") == "1"):
        changed(f"presence:{ticket.pk}")
    return respond(request, "desk/tickets/presence.jinja", {"ticket": ticket, "others": _others(request, ticket)})


@require_safe
@agents
def present(request: AgentRequest, number: int) -> HttpResponseBase:
    """Who else is here, fetched again when somebody comes, goes or types."""
    ticket = load(request, number)
    return respond(request, "desk/tickets/presence.jinja", {"ticket": ticket, "others": _others(request, ticket)})


def _others(request: AgentRequest, ticket: Ticket) -> list[Presence]:
    fresh = Presence.objects.filter(ticket=ticket, seen_at__gt=clock.now() - PRESENT)
    return list(fresh.exclude(agent=request.actor.id or 0).select_related("agent").order_by("agent__name"))


def _drafts(request: AgentRequest, ticket: Ticket) -> dict[str, Draft]:
    own = Draft.objects.filter(agent_id=request.actor.id or 0, ticket=ticket).prefetch_related("attachments")
    return {draft.kind: draft for draft in own}


def _recipients(ticket: Ticket) -> list[str]:
    people = ticket.participants.filter(is_confirmed=True).exclude(address="")
    return [person.name or person.address for person in people]


def _rights(request: AgentRequest, ticket: Ticket) -> dict[str, bool]:
    """What the composer and the menus may offer; the operations decide once more."""
    return {verb: not right or request.actor.has(right) for verb, right in access.VERBS.items()}


def ticket_facts(request: AgentRequest, ticket: Ticket) -> dict[str, Any]:
    """What the side panel and the menus show."""
    state = State(ticket.state)
    statuses = [s for s in Status.objects.filter(is_active=True) if may_follow(state, State(s.state))]
    contact = ticket.contact
    own = access.visible_to(request.actor).exclude(pk=ticket.pk)
    return {
        "statuses": [s for s in statuses if s.pk != ticket.status_id],
        "priorities": Priority.objects.filter(is_active=True),
        "types": TicketType.objects.filter(is_active=True),
        "agents": Agent.objects.filter(is_active=True),
        "teams": Team.objects.filter(is_active=True),
        "watchers": ticket.watchers.select_related("agent", "team"),
        "participants": ticket.participants.select_related("contact"),
        "links": _links(request, ticket),
        "address": contact.addresses.first() if contact else None,
        "others": _others(request, ticket),
        "is_watching": ticket.watchers.filter(agent=request.actor.id or 0).exists(),
        "recent": own.filter(contact=contact).order_by("-id").select_related("status")[:5] if contact else [],
        "can": _rights(request, ticket),
    }


def _links(request: AgentRequest, ticket: Ticket) -> list[Ticket]:
    both = list(ticket.links.values_list("other", flat=True)) + list(
        ticket.linked_from.values_list("ticket", flat=True)
    )
    return list(access.visible_to(request.actor).filter(pk__in=both).select_related("status")) if both else []

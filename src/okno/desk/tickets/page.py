"""The page of one ticket: conversation, facts, history, who else is here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from okno.channels.email.outgoing.leaving import why_nothing_leaves
from okno.core import clock
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.core.models import Event
from okno.core.notify import changed
from okno.desk.loading import load
from okno.desk.once import new_key
from okno.desk.promises import promises_of
from okno.desk.sentences import Sentence, sentence
from okno.desk.tickets.around import around
from okno.desk.tickets.around import present as others_present
from okno.desk.timeline import conversation, part_of
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.declarations import DEFAULT_MESSAGE
from okno.tickets.models import Draft, Participant, Ticket
from okno.tickets.operations.presence import note_presence
from okno.tickets.transitions import allowed_transitions
from okno.workflow.catalogue import PRIORITIES, TYPES

WITHOUT_SENTENCE = {kinds.CREATED, kinds.MESSAGE_ADDED, kinds.NOTE_ADDED}
"""What the conversation shows as a message; the history says it in words of its own."""


@require_safe
@agents
def page(request: AgentRequest, number: int) -> HttpResponseBase:
    """The whole page."""
    ticket = load(request, number)
    talk = conversation(request.actor, ticket, part_of(request.GET))
    facts = ticket_facts(request, ticket)
    context = {
        "ticket": ticket,
        "talk": talk,
        "drafts": _drafts(request, ticket, has_some=facts["has_drafts"]),
        "nothing_leaves_why": why_nothing_leaves(),
        "recipients": _recipients(facts["participants"]),
        "notes_first": DEFAULT_MESSAGE() == "note",
        "new_key": new_key,
        **facts,
    }
    return respond(request, "desk/tickets/page.jinja", context)


@require_safe
@agents
def talk(request: AgentRequest, number: int) -> HttpResponseBase:
    """The conversation alone, fetched again when something changed."""
    ticket = load(request, number)
    context = {"ticket": ticket, "talk": conversation(request.actor, ticket, part_of(request.GET))}
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
    lines = _lines(request, ticket, rows)
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
    return respond(
        request, "desk/tickets/presence.jinja", {"ticket": ticket, "others": others_present(request.actor, ticket)}
    )


@require_safe
@agents
def present(request: AgentRequest, number: int) -> HttpResponseBase:
    """Who else is here, fetched again when somebody comes, goes or types."""
    ticket = load(request, number)
    return respond(
        request, "desk/tickets/presence.jinja", {"ticket": ticket, "others": others_present(request.actor, ticket)}
    )


def _drafts(request: AgentRequest, ticket: Ticket, *, has_some: bool) -> dict[str, Draft]:
    if not has_some:
        return {}
    own = Draft.objects.filter(agent_id=request.actor.id or 0, ticket=ticket).prefetch_related("attachments")
    return {draft.kind: draft for draft in own}


def _recipients(participants: list[Participant]) -> list[str]:
    return [each.name or each.address for each in participants if each.is_confirmed and each.address]


def _rights(request: AgentRequest, ticket: Ticket) -> dict[str, bool]:
    """What the composer and the menus may offer; the operations decide once more."""
    return {verb: bool(access.may_seen(request.actor, verb, ticket)) for verb in access.VERBS}


def ticket_facts(request: AgentRequest, ticket: Ticket) -> dict[str, Any]:
    """What the side panel and the menus show."""
    transitions = allowed_transitions(request.actor, ticket)
    found = around(request.actor, ticket)
    return {
        "transitions": transitions,
        "statuses": [choice.status for choice in transitions if choice.is_simple],
        "priorities": PRIORITIES.active(),
        "types": TYPES.active(),
        "is_watching": any(watcher.agent_id == request.actor.id for watcher in found.watchers),
        "promises": promises_of(ticket, clock.now()),
        "can": _rights(request, ticket),
        "choices": {
            "agent": [(each.name, each.pk) for each in found.agents],
            "team": [(each.label, each.pk) for each in found.teams],
            "priority": [(each.name, f'"{each.code}"') for each in reversed(PRIORITIES.active())],
            "type": [(each.name, f'"{each.code}"') for each in TYPES.active()],
        },
        **vars(found),
    }


def _lines(
    request: AgentRequest, ticket: Ticket, rows: Iterable[Event]
) -> list[tuple[Event, Sentence | None, str]]:
    """The lines of the history: what happened, its sentence, and who did it; of a letter that is its sender."""
    messages = access.messages_visible_to(request.actor).filter(ticket=ticket)
    written = messages.values_list("pk", "author_name", "author_address")
    authors = {pk: name or address for pk, name, address in written}
    lines = []
    for row in rows:
        said = sentence(row)
        if said or row.kind in WITHOUT_SENTENCE:
            lines.append((row, said, authors.get(row.data.get("message")) or row.actor_name))
    return lines

"""The page of one ticket: conversation, facts, history, who else is here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.channels.email.outgoing.leaving import why_nothing_leaves
from okno.core import clock
from okno.core.http.once import new_key
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.core.jinja import current_locale
from okno.core.models import Event
from okno.core.notify import changed
from okno.desk.loading import load
from okno.desk.promises import promises_of
from okno.desk.sentences import Sentence, sentence
from okno.desk.tickets.around import around
from okno.desk.tickets.around import present as others_present
from okno.desk.tickets.spans import span
from okno.desk.tickets.standing import standing_of
from okno.desk.tickets.values import shown_of
from okno.desk.timeline import conversation, part_of
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.attributes import history_for
from okno.tickets.declarations import DEFAULT_MESSAGE
from okno.tickets.durations import stays_of
from okno.tickets.models import Draft, Participant, Ticket
from okno.tickets.operations.presence import note_presence
from okno.tickets.transitions import Choice, allowed_transitions
from okno.workflow.catalogue import IMPACTS, PRIORITIES, SERVICES, STATUSES, TYPES, URGENCIES, path_of
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.models import TicketType
from okno.workflow.rules import State, place_for

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
    return respond(request, "desk/tickets/head_again.jinja", {"ticket": ticket, **ticket_facts(request, ticket)})


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
    stays, locale = stays_of(ticket), current_locale()
    whole = sum(each.wall.total_seconds() for each in stays) or 1
    spent = [
        (each, span(each.wall, locale), span(each.working, locale), each.wall.total_seconds() / whole * 100)
        for each in stays
    ]
    context = {"ticket": ticket, "lines": lines, "spent": spent}
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


def send_choices(
    request: AgentRequest, ticket: Ticket, transitions: Sequence[Choice] | None = None
) -> list[tuple[str, str, str]]:
    """What may be done with an answer in one press (F183): its name, the colour of the status, the value to send.

    The answer is the comment that a way may ask for; one that rests is taken up again tomorrow morning.
    """
    if not all(access.may_seen(request.actor, verb, ticket) for verb in ("status", "answer")):
        return []
    found = []
    for choice in transitions or allowed_transitions(request.actor, ticket):
        if not choice.allowed or choice.missing or choice.is_window:
            continue
        name, value = choice.name, choice.status.code
        if choice.needs_until:
            name, value = _("%(name)s until tomorrow morning") % {"name": name}, f"{value}:tomorrow"
        found.append((name, choice.status.colour, value))
    return found


def _rights(request: AgentRequest, ticket: Ticket) -> dict[str, bool]:
    """What the composer and the menus may offer; the operations decide once more."""
    return {verb: bool(access.may_seen(request.actor, verb, ticket)) for verb in access.VERBS}


def ticket_facts(request: AgentRequest, ticket: Ticket) -> dict[str, Any]:
    """What the side panel and the menus show."""
    transitions = allowed_transitions(request.actor, ticket)
    found = around(request.actor, ticket)
    return {
        "transitions": transitions,
        "standing": standing_of(request.actor, ticket, transitions),
        "matter": _matter(ticket),
        "send_choices": send_choices(request, ticket, transitions),
        "priorities": PRIORITIES.active(),
        "types": TYPES.active(),
        "is_watching": any(watcher.agent_id == request.actor.id for watcher in found.watchers),
        "promises": promises_of(ticket, clock.now()),
        "can": _rights(request, ticket),
        "choices": {
            "agent": found.agents,
            "team": found.teams,
            "priority": tuple((each.name, f'"{each.code}"') for each in reversed(PRIORITIES.active())),
            "type": tuple((_type_label(ticket, each), f'"{each.code}"') for each in TYPES.active()),
        },
        **shown_of(request.actor, ticket),
        **vars(found),
    }


def _matter(ticket: Ticket) -> dict[str, str]:
    """Service, impact and urgency by their names; empty for none."""
    return {
        "service": path_of(SERVICES.of(ticket.service_id)) if ticket.service_id else "",
        "impact": IMPACTS.of(ticket.impact_id).name if ticket.impact_id else "",
        "urgency": URGENCIES.of(ticket.urgency_id).name if ticket.urgency_id else "",
    }


def _type_label(ticket: Ticket, kind: TicketType) -> str:
    """The type, and what becomes of the status, where the other lifecycle does not have it."""
    if kind.pk == ticket.type_id:
        return kind.name
    code = place_for(remembered_lifecycle_of(kind.pk), ticket.status.code, State(ticket.state)).code
    if code == ticket.status.code:
        return kind.name
    return _("%(type)s (the status becomes “%(status)s”)") % {
        "type": kind.name,
        "status": STATUSES.name_of(code),
    }


def _lines(
    request: AgentRequest, ticket: Ticket, rows: Iterable[Event]
) -> list[tuple[Event, Sentence | None, str]]:
    """The lines of the history: what happened, its sentence, and who did it; of a letter that is its sender."""
    messages = access.messages_visible_to(request.actor).filter(ticket=ticket)
    written = messages.values_list("pk", "author_name", "author_address")
    authors = {pk: name or address for pk, name, address in written}
    lines = []
    for row in history_for(request.actor, rows):
        said = sentence(row)
        if said or row.kind in WITHOUT_SENTENCE:
            lines.append((row, said, authors.get(row.data.get("message")) or row.actor_name))
    return lines

"""The status of several tickets at once: the ways that they have in common, and what came of each (F75)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.actor import Actor
from okno.core.faults import Fault, Invalid
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.tickets.asking import Asked, MoveForm
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.operations.classifying import OnTheWay
from okno.tickets.operations.status import change_status
from okno.tickets.transitions import Choice, allowed_transitions
from okno.workflow.rules import State, is_reopening

MOST = 200
"""Tickets that are changed at once; a page of the list has fewer."""


@dataclass(frozen=True)
class Outcome:
    """What came of one ticket: why nothing, if nothing; and the status to which it may be taken back."""

    ticket: Ticket
    refusal: str = ""
    back: str = ""


@require_POST
@agents
def change(request: AgentRequest) -> HttpResponseBase:
    """Offers the ways in common, asks for what the chosen one needs, and goes it with each ticket by itself."""
    tickets = _chosen(request)
    ways = {ticket.pk: _ways(request.actor, ticket) for ticket in tickets}
    common = _common(list(ways.values()))
    context = {"tickets": tickets, "numbers": [ticket.number for ticket in tickets], "common": common}
    code = request.POST.get("to", "")
    if code not in common:
        return respond(request, "desk/tickets/bulk.jinja", context)
    asked = _asked([way[code] for way in ways.values()])
    is_sent = request.POST.get("go") == "1"
    asks = asked.needs_until or asked.needs_comment or bool(asked.missing)
    form = MoveForm(asked, request.POST if is_sent or not asks else None)
    if form.is_bound and form.is_valid():
        done = [_moved(request.actor, ticket, ways[ticket.pk][code], form) for ticket in tickets]
        return respond(request, "desk/tickets/bulk_done.jinja", {"outcomes": done, "asked": asked})
    status = 422 if is_sent else 200
    return respond(request, "desk/tickets/bulk.jinja", {**context, "form": form}, status=status)


@require_POST
@agents
def undo(request: AgentRequest) -> HttpResponseBase:
    """Takes tickets back to the status that each had, by the way of its lifecycle."""
    wanted = dict(each.split(":", 1) for each in request.POST.getlist("back") if ":" in each)
    done = []
    for ticket in _tickets(request.actor, list(wanted)):
        way = _ways(request.actor, ticket).get(wanted[str(ticket.number)])
        done.append(_moved(request.actor, ticket, way, None))
    return respond(request, "desk/tickets/bulk_done.jinja", {"outcomes": done, "asked": None})


def _chosen(request: AgentRequest) -> list[Ticket]:
    found = _tickets(request.actor, request.POST.getlist("chosen"))
    if not found:
        raise Invalid({"chosen": [_("Choose tickets first.")]})
    return found


def _tickets(actor: Actor, numbers: list[str]) -> list[Ticket]:
    wanted = [int(each) for each in numbers[:MOST] if each.isascii() and each.isdigit() and len(each) < 19]
    visible = access.visible_to(actor).filter(number__in=wanted)
    return list(visible.select_related("status", "type", "company").order_by("number"))


def _ways(actor: Actor, ticket: Ticket) -> dict[str, Choice]:
    found = allowed_transitions(actor, ticket)
    return {each.status.code: each for each in found if each.allowed and not each.is_window}


def _common(ways: list[dict[str, Choice]]) -> dict[str, Choice]:
    first, *others = ways
    return {code: choice for code, choice in first.items() if all(code in other for other in others)}


def _asked(choices: list[Choice]) -> Asked:
    """All that any of the tickets asks for; a comment is told to be public where it is for any of them."""
    missing = dict.fromkeys(name for choice in choices for name in choice.missing)
    return Asked(
        status=choices[0].status,
        title=choices[0].status.name,
        needs_until=any(choice.needs_until for choice in choices),
        needs_comment=any(choice.needs_comment for choice in choices),
        is_public=any(choice.way.comment_is_public for choice in choices),
        missing=tuple(missing),
    )


def _moved(actor: Actor, ticket: Ticket, choice: Choice | None, form: MoveForm | None) -> Outcome:
    before = ticket.status
    if choice is None:
        return Outcome(ticket, _("From “%(before)s” no way leads there for you.") % {"before": before.name})
    facts = None
    if form is not None and choice.missing:
        facts = OnTheWay(**{name: form.cleaned_data[name] for name in choice.missing if name in form.fields})
    try:
        after = change_status(
            actor,
            ticket,
            choice.status.code,
            expected_version=ticket.version,
            until=form.moment if form else None,
            comment=form.message if form else None,
            comment_is_public=False if form and form.told_public is False else None,
            facts=facts,
        )
    except Fault as fault:
        return Outcome(ticket, fault.message)
    way_back = _ways(actor, after).get(before.code)
    is_plain = way_back is not None and way_back.is_simple
    counts = is_reopening(State(after.state), State(before.state))
    return Outcome(after, back=before.code if is_plain and not counts else "")

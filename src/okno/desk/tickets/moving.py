"""Changes of status that ask for something: a window with its form, and the way back from a rest."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.loading import load, posted_version
from okno.desk.tickets.asking import Asked, MoveForm, is_postponed
from okno.desk.tickets.changing import changed_answer, changing
from okno.tickets.models import Ticket
from okno.tickets.operations import status
from okno.tickets.transitions import allowed_transitions


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def move(request: AgentRequest, number: int, code: str) -> HttpResponseBase:
    """The window that asks for what the way to this status needs, and the change itself."""
    ticket = load(request, number)
    asked = asked_for(request, ticket, code)
    if isinstance(asked, str):
        return _window(request, ticket, None, message=asked, status_code=409)
    if request.method != "POST":
        return _window(request, ticket, MoveForm(asked, present=ticket.until_at))
    form = MoveForm(asked, request.POST)
    if form.is_valid():
        try:
            _act(request, ticket, form)
        except Invalid as invalid:
            at_fields(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            return changed_answer(request, number, _("Status changed"), close=True)
    return _window(request, load(request, number), form, status_code=422)


def asked_for(request: AgentRequest, ticket: Ticket, code: str) -> Asked | str:
    """What the way to the status of this code asks for, or in words why there is none."""
    if is_postponed(ticket) and ticket.status.code == code:
        return Asked.longer(ticket)
    choice = next((each for each in allowed_transitions(request.actor, ticket) if each.status.code == code), None)
    if choice is None:
        return _("From “%(before)s” no way leads there for you.") % {"before": ticket.status.name}
    return choice.refusal or Asked.by(choice)


def _act(request: AgentRequest, ticket: Ticket, form: MoveForm) -> None:
    version, code = posted_version(request), form.asked.status.code
    if form.moment is not None and not form.asked.has_comment:
        status.postpone(request.actor, ticket, form.moment, expected_version=version)
        return
    status.change_status(
        request.actor,
        ticket,
        code,
        expected_version=version,
        until=form.moment,
        comment=form.message,
        comment_is_public=form.told_public,
        facts=form.facts,
    )


def _window(
    request: AgentRequest, ticket: Ticket, form: MoveForm | None, *, message: str = "", status_code: int = 200
) -> HttpResponseBase:
    context = {"ticket": ticket, "form": form, "message": message}
    return respond(request, "desk/tickets/move.jinja", context, status=status_code)


def _resume(request: AgentRequest, ticket: Ticket) -> str:
    status.resume(request.actor, ticket, expected_version=posted_version(request))
    return _("The ticket is back at work")


resume = changing(_resume)

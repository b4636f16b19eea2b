"""The processing window: open for one employee at a time, closed with a result or without (F166-F173)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import add_toast, respond
from okno.desk.loading import load
from okno.desk.tickets.asking import Asked, MoveForm
from okno.desk.tickets.changing import changed_answer
from okno.tickets.access import messages_visible_to
from okno.tickets.models import Ticket
from okno.tickets.operations import processing
from okno.tickets.transitions import Choice, allowed_transitions


class ResultForm(MoveForm):
    """With which result the window is closed, and what that result asks for."""

    result = forms.ChoiceField(label=gettext_lazy("Result"), widget=forms.RadioSelect)

    def __init__(self, choices: Sequence[Choice], data: Any = None) -> None:
        wanted = data.get("result", "") if data else ""
        self.chosen = next((each for each in choices if each.status.code == wanted), None)
        some = self.chosen or choices[0]
        super().__init__(
            Asked(
                some.status,
                some.name,
                needs_until=any(each.needs_until for each in choices),
                needs_comment=self.chosen is not None and self.chosen.needs_comment,
                is_public=some.way.comment_is_public,
                missing=self.chosen.missing if self.chosen else (),
            ),
            data,
        )
        self.until_of = [each.status.code for each in choices if each.needs_until]
        if self.chosen is not None and not self.chosen.needs_until:
            for name in {"when", "until"} & set(self.fields):
                self.fields[name].required = False
        named = [(each.status.code, each.name) for each in choices]
        cast("forms.ChoiceField", self.fields["result"]).choices = named
        self.initial["result"] = named[0][0]


@require_POST
@agents
def begin(request: AgentRequest, number: int) -> HttpResponseBase:
    """Opens the window; where somebody else has it open, says who and since when."""
    ticket = load(request, number)
    try:
        processing.begin_processing(request.actor, ticket)
    except Conflict as conflict:
        present = processing.processing_of(ticket)
        context = {"ticket": ticket, "message": conflict.message, "present": present}
        return respond(request, "desk/tickets/processing_taken.jinja", context, status=409)
    return _window(request, load(request, number))


@require_POST
@agents
def finish(request: AgentRequest, number: int) -> HttpResponseBase:
    """Closes the window with the chosen result."""
    ticket = load(request, number)
    choices = _results(request, ticket)
    if not choices:
        lost = _("The processing window was closed, and the request is no longer yours.")
        context = {"ticket": ticket, "message": lost, "present": processing.processing_of(ticket)}
        return respond(request, "desk/tickets/processing_taken.jinja", context, status=409)
    form = ResultForm(choices, request.POST)
    if form.is_valid() and form.chosen is not None:
        until = form.moment if form.chosen.needs_until else None
        code, said = form.chosen.status.code, {"comment": form.message, "comment_is_public": form.told_public}
        try:
            processing.finish_processing(
                request.actor, ticket, code, until=until, facts=form.facts, **cast("Any", said)
            )
        except Invalid as invalid:
            at_fields(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            return _finished(request, number)
    return _window(request, ticket, form, status=422)


@require_POST
@agents
def alive(request: AgentRequest, number: int) -> HttpResponseBase:
    """The window is still open; 409 when the request was taken back meanwhile."""
    processing.keep_processing(request.actor, load(request, number))
    return HttpResponse(status=204)


@require_POST
@agents
def leave(request: AgentRequest, number: int) -> HttpResponseBase:
    """The window was closed without a result: the request is new again."""
    processing.abandon_processing(request.actor, load(request, number))
    return HttpResponse(status=204)


def _finished(request: AgentRequest, number: int) -> HttpResponseBase:
    """A window that was opened in the header may stand over another ticket: the page hears of the change itself."""
    if _is_from_header(request):
        answer = HttpResponse(status=204)
        add_toast(answer, _("Saved"), close=True)
        return answer
    return changed_answer(request, number, _("Saved"), close=True)


def _is_from_header(request: AgentRequest) -> bool:
    return request.POST.get("from") == "header"


def _results(request: AgentRequest, ticket: Ticket) -> list[Choice]:
    """The ways out of the window that this employee has open."""
    window = processing.processing_of(ticket)
    if window is None or window.agent_id != request.actor.id:
        return []
    return [each for each in allowed_transitions(request.actor, ticket) if each.allowed and each.is_window]


def _window(
    request: AgentRequest, ticket: Ticket, form: ResultForm | None = None, status: int = 200
) -> HttpResponseBase:
    first = messages_visible_to(request.actor).filter(ticket=ticket).order_by("id").first()
    context = {
        "ticket": ticket,
        "form": form or ResultForm(_results(request, ticket)),
        "first": first,
        "from_header": _is_from_header(request),
    }
    return respond(request, "desk/tickets/processing.jinja", context, status=status)

"""A request of which nothing can be made is closed with a prepared reason: the window, and the act (F220)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from okno.core import html
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.canned import filled, variables
from okno.desk.loading import load, posted_number
from okno.desk.tickets.changing import changed_answer
from okno.knowledge.reading import own_language
from okno.tickets import access
from okno.tickets.models import CannedReply, Ticket
from okno.tickets.operations.closing import close_with_reason, closing_reasons
from okno.tickets.transitions import allowed_transitions
from okno.workflow.rules import DONE

LONGEST = 20_000


class ClosingForm(forms.Form):
    """Why, in which words, and what the ticket becomes."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("What the client reads"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    status = forms.CharField(label=gettext_lazy("The ticket becomes"), max_length=100, widget=forms.Select)
    """What is offered; whether a way leads there the operation says, so that a form may be sent twice."""

    def __init__(self, request: AgentRequest, ticket: Ticket, reasons: list[CannedReply], data: Any = None) -> None:
        first = {"reason": str(reasons[0].pk), "text": _words(request, ticket, reasons[0])} if reasons else {}
        super().__init__(data, initial=first)
        cast("forms.ChoiceField", self.fields["reason"]).choices = [(str(each.pk), each.title) for each in reasons]
        ways = allowed_transitions(request.actor, ticket)
        ends = [each for each in ways if each.allowed and each.status.state in DONE and not each.missing]
        offered = [(each.status.code, each.status.name) for each in ends]
        cast("forms.Select", self.fields["status"].widget).choices = offered


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def close(request: AgentRequest, number: int) -> HttpResponseBase:
    """The window, and the answer with the change of status."""
    ticket = load(request, number)
    for verb in ("answer", "status"):
        access.require(request.actor, verb, ticket)
    reasons = closing_reasons(_language(ticket))
    if request.method != "POST":
        return _window(request, ticket, ClosingForm(request, ticket, reasons), reasons)
    form, missed = ClosingForm(request, ticket, reasons, request.POST), []
    if form.is_valid():
        try:
            once(request, lambda: _act(request, ticket, form))
        except Invalid as invalid:
            at_fields(form, invalid, {"html": "text"})
        except Conflict as conflict:
            form.add_error(None, conflict.message)
            missed = conflict.details.get("messages", [])
        else:
            return changed_answer(request, number, _("The client is told why"), close=True)
    return _window(request, ticket, form, reasons, missed=missed, status=422)


@require_POST
@agents
def words(request: AgentRequest, number: int, pk: int) -> HttpResponseBase:
    """The prepared words of one reason, filled in for this ticket; what the employee has written himself stays."""
    ticket = load(request, number)
    reason = CannedReply.objects.filter(pk=pk, is_closing=True, is_active=True).first()
    if reason is None:
        raise NotVisible(_("There is no such reply."))
    text, proposed = request.POST.get("text", ""), _words(request, ticket, reason)
    is_own = bool(text.strip()) and _lines(text) != _lines(request.POST.get("proposed", ""))
    form = ClosingForm(request, ticket, [reason], {"text": text if is_own else proposed})
    context = {"form": form, "proposed": proposed, "is_own": is_own}
    return respond(request, "desk/tickets/close_words.jinja", context)


def _act(request: AgentRequest, ticket: Ticket, form: ClosingForm) -> Facts:
    values = form.cleaned_data
    last_seen = None if request.POST.get("anyway") == "1" else posted_number(request, "last_seen")
    reason = CannedReply.objects.get(pk=int(values["reason"]))
    markup = html.from_text(values["text"])
    told = close_with_reason(request.actor, ticket, reason, markup, values["status"], last_seen=last_seen)
    return {"message": told.pk}


def _words(request: AgentRequest, ticket: Ticket, reason: CannedReply) -> str:
    return html.to_text(filled(reason.html, variables(ticket, request.actor.name)))


def _lines(text: str) -> list[str]:
    """As they are compared: a browser ends lines in its own way."""
    return [line.rstrip() for line in text.strip().splitlines()]


def _language(ticket: Ticket) -> str:
    return (ticket.contact.language if ticket.contact else "") or own_language()


def _window(
    request: AgentRequest,
    ticket: Ticket,
    form: ClosingForm,
    reasons: list[CannedReply],
    *,
    missed: Collection[int] = (),
    status: int = 200,
) -> HttpResponseBase:
    """``missed`` are messages that came since it was drawn: it shows them, and from then on they are seen (T30)."""
    messages = access.messages_visible_to(request.actor).filter(ticket=ticket, is_public=True).order_by("pk")
    last = messages.last() if request.method != "POST" else None
    context = {
        "ticket": ticket,
        "form": form,
        "reasons": reasons,
        "once_key": new_key(),
        "missed": messages.filter(pk__in=missed) if missed else [],
        "last_seen": max(missed) if missed else last.pk if last else request.POST.get("last_seen", ""),
        "proposed": request.POST.get("proposed", form.initial.get("text", "")),
        "is_own": False,
    }
    return respond(request, "desk/tickets/close.jinja", context, status=status)

"""What a client decides: the solution is right or wrong, the request is not needed any more, or is again (F24)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Conflict, Invalid
from okno.core.http.once import Facts, once
from okno.core.http.policy import ContactRequest, contacts
from okno.portal.loading import load
from okno.portal.requests.answering import back_to, written
from okno.portal.requests.page import page_facts
from okno.tickets.models import Ticket
from okno.tickets.operations import deciding
from okno.tickets.operations.messages import NewMessage


@require_POST
@contacts
def accept(request: ContactRequest, number: int) -> HttpResponseBase:
    """The solution is right, and the request closes."""

    def act(ticket: Ticket) -> Ticket:
        return deciding.accept_solution(request.actor, ticket)

    return _decide(request, number, act, _("Thank you. The request is closed."))


@require_POST
@contacts
def reject(request: ContactRequest, number: int) -> HttpResponseBase:
    """The solution is wrong, for the reason that is given; work goes on."""

    def act(ticket: Ticket) -> Ticket:
        return deciding.reject_solution(request.actor, ticket, written(request, "reason"))

    return _decide(request, number, act, _("Sent. We go on working on it."), "reason")


@require_POST
@contacts
def close(request: ContactRequest, number: int) -> HttpResponseBase:
    """The request is not needed any more."""

    def act(ticket: Ticket) -> Ticket:
        return deciding.withdraw(request.actor, ticket, _words(request, "words"))

    return _decide(request, number, act, _("The request is closed."))


@require_POST
@contacts
def reopen(request: ContactRequest, number: int) -> HttpResponseBase:
    """A closed request is taken up again."""

    def act(ticket: Ticket) -> Ticket:
        return deciding.renew(request.actor, ticket, _words(request, "again"))

    return _decide(request, number, act, _("The request is open again."))


def _words(request: ContactRequest, name: str) -> NewMessage | None:
    new = written(request, name)
    return new if new.text or new.attachments else None


def _decide(
    request: ContactRequest, number: int, act: Callable[[Ticket], Ticket], done: str, field: str = ""
) -> HttpResponseBase:
    ticket = load(request, number)

    def decide() -> Facts:
        return {"number": act(ticket).number}

    try:
        once(request, decide)
    except Conflict as conflict:
        messages.warning(request, conflict.message)
    except Invalid as invalid:
        facts = {**page_facts(request, load(request, number)), "wrong": field, "mistake": invalid.message}
        typed = {"typed_reason": request.POST.get(field, "")} if field else {}
        return render(request, "portal/requests/page.jinja", {**facts, **typed}, status=422)
    else:
        messages.success(request, done)
    return back_to(number)

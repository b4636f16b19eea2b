"""The page of a link in a letter: opening it changes nothing (W25); sending its form does one thing."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okno.core.faults import Fault, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import anybody
from okno.portal.answer.forms import ReasonForm
from okno.portal.answer.state import Page
from okno.portal.rated import give_score, give_words
from okno.tickets.models import Channel, ClientLink, Rating
from okno.tickets.operations.client_links import Opened, Standing, open_link
from okno.tickets.operations.deciding import accept_solution, take_up_again
from okno.tickets.operations.messages import NewMessage

Act = Callable[[Page], str]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@anybody
def page(request: HttpRequest, token: str) -> HttpResponseBase:
    """What may be done by the link. It signs nobody in, and shows the subject but no conversation (T20)."""
    opened = open_link(token, ClientLink.Purpose.SOLUTION)
    with translation.override(_language(request, opened)):
        if opened is None or opened.standing not in {Standing.GOOD, Standing.MOVED_ON}:
            answer = _over(request, opened)
        elif request.method == "POST" and opened.standing is Standing.GOOD:
            answer = _act(Page(request, opened), token)
        else:
            answer = _shown(Page(request, opened), 409 if request.method == "POST" else 200)
        answer["Content-Language"] = translation.get_language() or ""
    answer["Referrer-Policy"] = "strict-origin"  # the address is a secret, and forms still say whence they come
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _language(request: HttpRequest, opened: Opened | None) -> str:
    """That of the letter: the contact's, else the company's; else the browser's."""
    company = opened.ticket.company if opened is not None else None
    own = (opened.actor.language if opened is not None else "") or (company.language if company else "")
    return own or translation.get_language() or "en"


def _over(request: HttpRequest, opened: Opened | None) -> HttpResponse:
    """No such link, or one that is worth nothing any more: what to do instead, and nothing of any request."""
    was_one = opened is not None
    return render(request, "portal/answer/over.jinja", {"was_one": was_one}, status=410 if was_one else 404)


def _shown(state: Page, status: int = 200) -> HttpResponse:
    template = (
        "portal/answer/page.jinja" if state.opened.standing is Standing.GOOD else "portal/answer/moved_on.jinja"
    )
    return render(state.request, template, {"page": state, "ticket": state.ticket}, status=status)


def _act(state: Page, token: str) -> HttpResponse:
    """One act, and the page that confirms it; a refusal is told at its field, and what was typed stays."""
    act = ACTS.get(state.request.POST.get("do", ""))
    try:
        if act is None:
            raise Invalid({}, _("Choose one of the offered values."))
        done = act(state)
    except Fault as fault:
        now = open_link(token, ClientLink.Purpose.SOLUTION) or state.opened  # somebody may have been faster
        told = Page(state.request, now, state.words_form, state.reason_form, fault.message)
        return _shown(told, fault.status)
    return HttpResponseRedirect(f"{reverse('answer:page', args=[token])}?{urlencode({'done': done})}", status=303)


def _rate(state: Page) -> str:
    give_score(state.opened.actor, state.ticket, Rating.Way.LETTER, state.request.POST)
    return "rated"


def _tell(state: Page) -> str:
    give_words(state.opened.actor, state.ticket, Rating.Way.LETTER, state.request.POST, state)
    return "told"


def _accept(state: Page) -> str:
    accept_solution(state.opened.actor, state.ticket)
    return "accepted"


def _resume(state: Page) -> str:
    """The reason becomes a public message of the client (F24)."""
    state.reason_form = form = ReasonForm(state.request.POST)
    _require_valid(form)
    place = state.opened.participant
    words = NewMessage(
        text=form.cleaned_data.get("reason", ""),
        channel=Channel.PORTAL,
        contact=place.contact,
        author_address="" if place.contact else place.address,
    )
    try:
        take_up_again(state.opened.actor, state.ticket, words)
    except Invalid as invalid:
        at_fields(form, invalid)
        raise
    return "resumed"


def _require_valid(form: BaseForm) -> None:
    """What is missing is told at its field already."""
    if not form.is_valid():
        raise Invalid({name: [str(each) for each in errors] for name, errors in form.errors.items()})


ACTS: dict[str, Act] = {"rate": _rate, "tell": _tell, "accept": _accept, "resume": _resume}

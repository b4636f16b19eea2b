"""Rating a solution on the page of its request (F99, F152)."""

from __future__ import annotations

from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.actor import Actor
from okno.core.faults import Fault, Invalid
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.respond import is_fragment
from okno.portal.loading import load
from okno.portal.rated import Rated, give_score, give_words
from okno.tickets.models import Rating, Ticket
from okno.tickets.rating.asking import asked
from okno.workflow.rules import DONE


class Block(Rated):
    """The rating as the page of a request shows it. ``done`` is what was just done: a score or words."""

    def __init__(self, actor: Actor, ticket: Ticket, done: str = "", problem: str = "") -> None:
        super().__init__(asked(actor, ticket))
        self.done, self.problem = done, problem

    @property
    def is_shown(self) -> bool:
        """Nothing stands there for whoever may not rate and has not."""
        return self.asked.may_rate or self.present is not None

    @property
    def mark(self) -> str:
        """It changes when there is something else to show; words that are being typed are left alone till then."""
        present = self.present
        said = f"{present.score}-{present.scale}-{bool(present.comment or present.follow_up)}" if present else ""
        return f"{self.asked.round}-{self.asked.may_rate}-{said}"


def block_of(actor: Actor, ticket: Ticket) -> Block | None:
    """What this person thinks of the solution, or may say of it; nothing while there is none."""
    if ticket.state not in DONE:
        return None
    block = Block(actor, ticket)
    return block if block.is_shown else None


@require_POST
@contacts
def rating(request: ContactRequest, number: int) -> HttpResponseBase:
    """Takes a score, or words to one. The same said twice is said once."""
    ticket = load(request, number)
    before, deed = Block(request.actor, ticket), request.POST.get("do", "")
    try:
        if deed == "words":
            give_words(request.actor, ticket, Rating.Way.PORTAL, request.POST, before)
        elif deed == "score":
            give_score(request.actor, ticket, Rating.Way.PORTAL, request.POST)
        else:
            raise Invalid({}, _("Choose one of the offered values."))
    except Fault as fault:
        before.problem = fault.message
        return _shown(request, ticket, before, fault.status)
    if is_fragment(request):
        ticket = load(request, number)
        return _shown(request, ticket, Block(request.actor, ticket, done=deed))
    return HttpResponseRedirect(reverse("portal:request", args=[number]) + "#request-rating", status=303)


def _shown(request: ContactRequest, ticket: Ticket, block: Block, status: int = 200) -> HttpResponseBase:
    if is_fragment(request):
        context = {"ticket": ticket, "rating": block if block.is_shown else None}
        return render(request, "portal/requests/rating.jinja", context, status=status)
    from okno.portal.requests.page import page_facts

    facts = {**page_facts(request, ticket), "rating": block if block.is_shown else None}
    return render(request, "portal/requests/page.jinja", facts, status=status)

"""The facts of a ticket, changed one at a time from the menus of its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from okno.core import clock
from okno.core.faults import Conflict, Invalid
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import add_toast
from okno.desk.loading import load, posted_number, posted_numbers, posted_version
from okno.desk.tickets.page import ticket_facts
from okno.desk.typed_client import typed_contact
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Agent, Team
from okno.tickets import access
from okno.tickets.models import Participant, Ticket, Watcher
from okno.tickets.operations import assigning, editing, people
from okno.tickets.operations.status import change_status
from okno.workflow.models import Priority, TicketType

Change = Callable[[AgentRequest, Ticket], str]


def changing(change: Change, *, field: str = "") -> Callable[..., HttpResponseBase]:
    """A view that makes one change and answers with the fresh facts, and says in a toast what was done.

    ``field`` names what a person types, if anything: a refusal is then said beside it and nothing else moves.
    """

    @require_POST
    @agents
    def view(request: AgentRequest, number: int) -> HttpResponseBase:
        ticket = load(request, number)
        tone = "success"
        try:
            done = change(request, ticket)
        except (Conflict, Invalid) as refused:
            if field:
                facts = {"field": field, "message": refused.message, "ticket": load(request, number)}
                return render(request, "desk/tickets/field_refused.jinja", facts, status=refused.status)
            done, tone = refused.message, "error"
        return changed_answer(request, number, done, tone=tone, close=bool(field) and tone == "success")

    return view


def changed_answer(
    request: AgentRequest,
    number: int,
    done: str,
    *,
    tone: str = "success",
    close: bool = False,
    link: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """What shows the ticket, drawn anew, and in a toast what was done; ``close`` closes the window of the form."""
    if not access.visible_to(request.actor).filter(number=number).exists():
        answer = HttpResponse(status=204, headers={"HX-Redirect": "/tickets/"})
        add_toast(answer, _("Done. The ticket is no longer among those that you see."))
        return answer
    fresh = load(request, number)
    answer = render(request, "desk/tickets/changed.jinja", {"ticket": fresh, **ticket_facts(request, fresh)})
    add_toast(answer, done, tone=tone, close=close, link=link)
    return answer


def _status(request: AgentRequest, ticket: Ticket) -> str:
    change_status(request.actor, ticket, request.POST.get("status", ""), expected_version=posted_version(request))
    return _("Status changed")


def _assignee(request: AgentRequest, ticket: Ticket) -> str:
    """``agent`` and ``team`` are ids, empty for nobody; a field that is absent stays as it is."""
    agent, team = ticket.assignee, ticket.team
    if "agent" in request.POST:
        wanted = posted_number(request, "agent")
        agent = get_object_or_404(Agent, pk=wanted) if wanted else None
    if "team" in request.POST:
        wanted = posted_number(request, "team")
        team = get_object_or_404(Team, pk=wanted) if wanted else None
    version = posted_version(request)
    assigned = assigning.assign(request.actor, ticket, agent=agent, team=team, expected_version=version)
    is_new = agent is not None and assigned.assignee == agent and agent != ticket.assignee
    return _absent(agent) if is_new and agent and agent.is_absent_at(clock.now()) else _("Assignee changed")


def _absent(agent: Agent) -> str:
    """What whoever assigns a ticket to somebody absent should know."""
    names = {"name": agent.name, "substitute": agent.substitute.name if agent.substitute else ""}
    if agent.substitute is not None:
        return _("Assignee changed. %(name)s is absent; %(substitute)s stands in.") % names
    return _("Assignee changed. %(name)s is absent and nobody stands in.") % names


def _claim(request: AgentRequest, ticket: Ticket) -> str:
    assigning.claim(request.actor, ticket)
    return _("The ticket is yours")


def _priority(request: AgentRequest, ticket: Ticket) -> str:
    priority = get_object_or_404(Priority, code=request.POST.get("priority", ""))
    editing.change_priority(request.actor, ticket, priority, expected_version=posted_version(request))
    return _("Priority changed")


def _type(request: AgentRequest, ticket: Ticket) -> str:
    kind = get_object_or_404(TicketType, code=request.POST.get("type", ""))
    before, version = ticket.status, posted_version(request)
    after = editing.change_type(request.actor, ticket, kind, expected_version=version).status
    if after.pk == before.pk:
        return _("Type changed")
    names = {"before": before.name, "after": after.name}
    return _("Type changed. “%(before)s” is not a status of this type, so the ticket is “%(after)s” now.") % names


def _subject(request: AgentRequest, ticket: Ticket) -> str:
    editing.change_subject(
        request.actor, ticket, request.POST.get("subject", ""), expected_version=posted_version(request)
    )
    return _("Subject changed")


def _client(request: AgentRequest, ticket: Ticket) -> str:
    contact = _chosen(contacts_visible_to(request.actor), posted_number(request, "contact"), ticket.contact)
    company = _chosen(companies_visible_to(request.actor), posted_number(request, "company"), ticket.company)
    typed = request.POST.get("client", "").strip()
    if typed and contact is None and company is None:
        contact = typed_contact(request.actor, typed)
    if company is None and contact is not None:
        company = contact.companies.order_by("affiliations__position").first()
    version = posted_version(request)
    editing.change_client(request.actor, ticket, contact=contact, company=company, expected_version=version)
    return _("Client changed")


def _chosen[M: Model](visible: QuerySet[M], pk: int | None, present: M | None) -> M | None:
    """Somebody whom the agent sees; who is named there already may stay."""
    if not pk or (present is not None and present.pk == pk):
        return present if pk else None
    return get_object_or_404(visible, pk=pk)


def _watch(request: AgentRequest, ticket: Ticket) -> str:
    """Adds the agent or team, or oneself when none is named; ``remove`` is the id of a watcher to take off."""
    remove = posted_number(request, "remove")
    if remove:
        people.remove_watcher(request.actor, ticket, get_object_or_404(Watcher, pk=remove, ticket=ticket))
        return _("No longer watching")
    team, agent = posted_number(request, "team"), posted_number(request, "agent")
    if team:
        people.add_watcher(request.actor, ticket, team=get_object_or_404(Team, pk=team))
    else:
        chosen = get_object_or_404(Agent, pk=agent or request.actor.id)
        people.add_watcher(request.actor, ticket, agent=chosen)
    return _("Watching")


def _participant(request: AgentRequest, ticket: Ticket) -> str:
    """Adds an address, or confirms or removes a participant by id; ``confirm_all`` names those that were shown."""
    shown = posted_numbers(request, "confirm_all")
    if shown:
        count = people.confirm_participants(request.actor, ticket, shown)
        return ngettext("%(num)d address confirmed", "%(num)d addresses confirmed", count) % {"num": count}
    for verb, act in (("confirm", people.confirm_participant), ("remove", people.remove_participant)):
        chosen = posted_number(request, verb)
        if chosen:
            act(request.actor, ticket, get_object_or_404(Participant, pk=chosen, ticket=ticket))
            return _("Done")
    people.add_participant(request.actor, ticket, request.POST.get("address", ""))
    return _("Added in copy")


def _link(request: AgentRequest, ticket: Ticket) -> str:
    other = access.get(request.actor, posted_number(request, "other") or 0)
    people.link(request.actor, ticket, other, {"by": request.actor.name})
    return _("Linked")


status = changing(_status)
assignee = changing(_assignee)
claim = changing(_claim)
priority = changing(_priority)
kind = changing(_type)
subject = changing(_subject, field="subject")
client = changing(_client, field="client")
watchers = changing(_watch)
participants = changing(_participant, field="address")
links = changing(_link)

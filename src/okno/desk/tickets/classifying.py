"""What a ticket is about: service, impact and urgency in a window, and the priority that they make."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.loading import load, posted_version
from okno.desk.tickets.changing import changed_answer, changing
from okno.tickets.models import Ticket
from okno.tickets.operations import classifying
from okno.workflow.choosing import ServiceField
from okno.workflow.models import Impact, Urgency


class MatterFields(forms.Form):
    """Service, impact and urgency; each may be empty."""

    service = ServiceField()
    impact = forms.ModelChoiceField(
        Impact.objects.filter(is_active=True),
        label=gettext_lazy("Impact"),
        required=False,
        empty_label=gettext_lazy("Not said"),
    )
    urgency = forms.ModelChoiceField(
        Urgency.objects.filter(is_active=True),
        label=gettext_lazy("Urgency"),
        required=False,
        empty_label=gettext_lazy("Not said"),
    )


class MatterForm(MatterFields):
    """The same of a ticket that exists."""

    def __init__(self, ticket: Ticket, data: Any = None) -> None:
        initial = {"service": ticket.service_id, "impact": ticket.impact_id, "urgency": ticket.urgency_id}
        super().__init__(data, initial=initial)
        self.fields["service"] = ServiceField(present=ticket.service_id)


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def classify(request: AgentRequest, number: int) -> HttpResponseBase:
    """The window, and the change."""
    ticket = load(request, number)
    if request.method != "POST":
        return _window(request, ticket, MatterForm(ticket))
    form = MatterForm(ticket, request.POST)
    if form.is_valid():
        try:
            classifying.classify(
                request.actor, ticket, expected_version=posted_version(request), **form.cleaned_data
            )
        except Invalid as invalid:
            at_fields(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            return changed_answer(request, number, _("Saved"), close=True)
    return _window(request, load(request, number), form, status=422)


@require_safe
@agents
def computed(request: AgentRequest, number: int) -> HttpResponseBase:
    """The priority that the chosen impact and urgency make, before anything is saved."""
    ticket = load(request, number)
    form = MatterForm(ticket, request.GET)
    form.is_valid()
    chosen = [form.cleaned_data.get(name) for name in ("impact", "urgency")]
    return respond(request, "desk/tickets/computed.jinja", _made(ticket, *chosen))


def _use(request: AgentRequest, ticket: Ticket) -> str:
    classifying.use_computed_priority(request.actor, ticket, expected_version=posted_version(request))
    return _("The priority follows impact and urgency again")


use_computed = changing(_use)


def _window(request: AgentRequest, ticket: Ticket, form: MatterForm, status: int = 200) -> HttpResponseBase:
    context = {"ticket": ticket, "form": form, **_made(ticket, ticket.impact, ticket.urgency)}
    return respond(request, "desk/tickets/matter.jinja", context, status=status)


def _made(ticket: Ticket, impact: Impact | None, urgency: Urgency | None) -> dict[str, Any]:
    made = classifying.computed_priority(impact.pk if impact else None, urgency.pk if urgency else None)
    return {"made": made, "ticket": ticket}

"""A new request (F6, F18, F19, F28, F191)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.respond import respond
from okno.core.http.secret_fields import SecretFields
from okno.people.models import Company, Contact
from okno.portal.declarations import guidance_in
from okno.portal.loading import load
from okno.portal.requests.answering import LONGEST_TEXT, written
from okno.portal.requests.choosing import companies_of
from okno.tickets import access
from okno.tickets.declarations import CLIENT_FORM, asked_of_clients
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.creating import SUBJECT_LIMIT, NewTicket, create_ticket
from okno.tickets.operations.people import link
from okno.tickets.operations.secrets import keep
from okno.tickets.questions import Questions
from okno.workflow.asking import Topic, topic_of
from okno.workflow.catalogue import TYPES
from okno.workflow.choosing import ServiceField, level_field, services_offered
from okno.workflow.models import Impact, Priority, TicketType, Urgency
from okno.workflow.selection import default_type


class NewRequestForm(forms.Form):
    """Only what the settings open to clients is asked, and only where there is a choice (F79, F150, F196)."""

    type = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect, required=False)
    service = ServiceField(label=_("Which service is it about?"), nothing=_("I do not know, or none of these"))
    company = forms.ChoiceField(label=_("Company"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT_LIMIT)
    text = forms.CharField(
        label=_("Description"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 7}),
    )  # fmt: skip
    impact = level_field(Impact, label=_("Impact"))
    urgency = level_field(Urgency, label=_("Urgency"))
    priority = level_field(Priority, label=_("Priority"), empty_label=_("The usual one"))

    def __init__(self, actor: Actor, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        asked = asked_of_clients()
        self.offered = {"type": types(), "company": companies_of(actor)}
        for name, choices in self.offered.items():
            cast("forms.ChoiceField", self.fields[name]).choices = choices
            if len(choices) < 2:
                del self.fields[name]
        services = services_offered()
        for name in {*CLIENT_FORM} - asked:
            self.fields.pop(name, None)
        if not services:
            self.fields.pop("service", None)
        elif len(services) == 1 and not self.is_bound:
            self.initial.setdefault("service", str(services[0].pk))

    @property
    def topic(self) -> Topic:
        """What is chosen at the moment, before anything is sent too."""
        chosen = str(self["type"].value() or "") if "type" in self.fields else ""
        pk = str(self["service"].value() or "") if "service" in self.fields else ""
        service = next((each for each in services_offered() if str(each.pk) == pk), None)
        return topic_of((chosen_type(chosen) or default_type()).code, service)


def types() -> list[tuple[str, str]]:
    """The types that clients choose from; internal ones are never shown (F82)."""
    return [(each.code, each.name) for each in TYPES.active() if not each.is_internal]


@dataclass
class Draft:
    """What stands on the page: the fields of every request, access details, and the questions of its form."""

    form: NewRequestForm
    secret: SecretFields
    questions: Questions
    after: Ticket | None


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@contacts
def new(request: ContactRequest) -> HttpResponseBase:
    """The form; what is wrong is said at its field, and what was typed stays."""
    draft = _draft(request)
    if request.method != "POST" or "draw" in request.POST:
        return draft_page(request, draft)
    if not draft.form.is_valid() or not draft.secret.is_valid():
        return draft_page(request, draft, status=422)
    try:
        number = once(request, lambda: _create(request, draft))["number"]
    except Conflict as conflict:
        draft.form.add_error(None, conflict.message)
        return draft_page(request, draft, status=conflict.status)
    except Invalid as invalid:
        draft.questions.wrong = invalid.fields
        at_fields(draft.form, Invalid(draft.questions.other_mistakes), {"html": "text"})
        return draft_page(request, draft, status=422)
    return HttpResponseRedirect(reverse("portal:request-sent", args=[number]), status=303)


def _draft(request: ContactRequest) -> Draft:
    after, actor = former_of(request), request.actor
    if request.method != "POST":
        linked = {name: request.GET[name] for name in ("type", "service") if name in request.GET}
        initial = {"type": default_type().code, "subject": request.GET.get("subject", "")[:200], **linked}
        form = NewRequestForm(actor, initial=initial)
        return Draft(form, SecretFields(optional=True), Questions(actor, form.topic), after)
    if "draw" in request.POST:
        form = NewRequestForm(actor, initial=request.POST.dict())
    else:
        form = NewRequestForm(actor, request.POST)
    secret = SecretFields(request.POST, optional=True)
    return Draft(form, secret, Questions(actor, form.topic, request.POST), after)


@require_POST
@sensitive_post_parameters()
@contacts
def asked(request: ContactRequest) -> HttpResponseBase:
    """What is asked about the chosen type and service, with what was typed already."""
    context = {"questions": asked_now(request), "guidance": _guidance()}
    return respond(request, "portal/requests/asked_again.jinja", context)


def asked_now(request: ContactRequest) -> Questions:
    """What is asked about the type and service that were posted, and what of it is answered."""
    form = NewRequestForm(request.actor, initial=request.POST.dict())
    return Questions(request.actor, form.topic, request.POST)


@require_safe
@contacts
def sent(request: ContactRequest, number: int) -> HttpResponseBase:
    """The number of the new request, and what happens next."""
    ticket = load(request, number)
    own = ticket.participants.filter(contact=request.actor.id).first()
    return render(request, "portal/requests/sent.jinja", {"ticket": ticket, "address": own.address if own else ""})


def _create(request: ContactRequest, draft: Draft) -> Facts:
    values, actor = draft.form.cleaned_data, request.actor
    contact = Contact.objects.get(pk=actor.id or 0)
    made = create_ticket(
        actor,
        NewTicket(
            subject=values["subject"],
            message=written(request),
            channel=Channel.PORTAL,
            contact=contact,
            company=chosen_company(actor, values.get("company", "")),
            type=chosen_type(values.get("type", "")),
            service=values.get("service"),
            priority=values.get("priority"),
            impact=values.get("impact"),
            urgency=values.get("urgency"),
            **draft.questions.given,
        ),
    )
    if draft.secret.given is not None:
        keep(actor, made, *draft.secret.given)
    if draft.after is not None:
        link(SYSTEM, made, draft.after, {"because": "client asked again"})
    return {"number": made.number}


def chosen_company(actor: Actor, chosen: str) -> Company | None:
    """One of the person's own; where nobody chose, that to which new requests belong."""
    return Company.objects.filter(pk__in=actor.companies, pk=int(chosen)).first() if chosen.isdigit() else None


def chosen_type(code: str) -> TicketType | None:
    """A type that clients may choose; nothing else, whatever is sent."""
    found = TYPES.by_code(code) if code else None
    return found if found is not None and found.is_active and not found.is_internal else None


def former_of(request: ContactRequest) -> Ticket | None:
    """The closed request that this one goes on from; of one that the person does not see nothing is known (T22)."""
    number = request.POST.get("after", request.GET.get("after", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return access.get(request.actor, int(number))
    except NotVisible:
        return None


def draft_page(request: ContactRequest, draft: Draft, status: int = 200) -> HttpResponseBase:
    """The form as the draft stands."""
    draft.secret.ask_again()
    context = {
        **vars(draft),
        "once_key": new_key(),
        "new_key": new_key,
        "guidance": _guidance(),
        "waiting": waiting_files(request),
    }
    return render(request, "portal/requests/new.jinja", context, status=status)


def _guidance() -> list[str]:
    return guidance_in(get_language() or "en")


def waiting_files(request: ContactRequest) -> list[Any]:
    """The files that came with a form that was refused."""
    tokens = request.POST.getlist("attachments")
    return (
        list(access.attachments_visible_to(request.actor).filter(token__in=tokens, message=None)) if tokens else []
    )

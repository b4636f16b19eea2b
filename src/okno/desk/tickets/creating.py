"""The form of a new ticket, within reach of every page (F49)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from okno.core import html
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import AgentRequest, agents, agents_with
from okno.desk.tickets.answering import draft_files
from okno.desk.tickets.attributes import questions_of
from okno.desk.tickets.classifying import MatterFields
from okno.desk.tickets.drafts import NEW_FIELDS
from okno.desk.tickets.values import ADDRESSES
from okno.desk.typed_client import how_to_choose, typed_contact
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Agent, Company, Contact, Team
from okno.people.search import find_clients
from okno.tickets.models import Channel
from okno.tickets.operations.creating import SUBJECT_LIMIT, NewTicket, create_ticket
from okno.tickets.operations.drafts import discard_draft, draft_of
from okno.tickets.operations.messages import NewMessage
from okno.tickets.questions import Questions
from okno.workflow.models import Priority, TicketType
from okno.workflow.selection import default_type

MORE = ("service", "impact", "urgency", "priority", "assignee", "team", "resolve_by")
"""What a narrow screen shows only when it is asked for, or when something stands there."""


class NewTicketForm(MatterFields):
    """Subject is required; everything else has a sensible answer when left alone.

    A priority that is not chosen by hand is what impact and urgency make (F211).
    """

    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT_LIMIT)
    contact = forms.ModelChoiceField(
        Contact.objects.none(), label=_("Client"), required=False, widget=forms.HiddenInput
    )
    company = forms.ModelChoiceField(
        Company.objects.none(), label=_("Company"), required=False, widget=forms.HiddenInput
    )
    client = forms.CharField(required=False, max_length=320)
    type = forms.ModelChoiceField(
        TicketType.objects.filter(is_active=True), label=_("Type"), to_field_name="code", empty_label=None
    )
    priority = forms.ModelChoiceField(
        Priority.objects.filter(is_active=True), label=_("Priority"), to_field_name="code", required=False,
        empty_label=_("By impact and urgency"),
    )  # fmt: skip
    assignee = forms.ModelChoiceField(
        Agent.objects.filter(is_active=True), label=_("Assignee"), required=False, empty_label=_("Nobody yet")
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True), label=_("Team"), required=False, empty_label=_("No team")
    )
    resolve_by = forms.DateTimeField(
        label=_("Deadline by hand"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    written_by = forms.ChoiceField(
        label=_("The description is"),
        choices=[
            ("client", _("what the client said")),
            ("us", _("our letter to the client, to be sent now")),
        ],
        widget=forms.RadioSelect,
        initial="client",
        required=False,
    )

    def __init__(self, actor: Actor, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = {"contact": contacts_visible_to(actor), "company": companies_visible_to(actor)}
        for name, visible in choices.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = visible

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = (cleaned.get("client") or "").strip()
        nobody = not cleaned.get("contact") and not cleaned.get("company")
        if typed and nobody and "@" not in typed:
            self.add_error("contact", how_to_choose())
        if cleaned.get("written_by") == "us" and not cleaned.get("contact") and not typed:
            self.add_error("contact", _("Choose the client to whom the letter goes."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@agents_with("tickets.create")
def new(request: AgentRequest) -> HttpResponseBase:
    """The form; what was typed earlier and not sent is there again."""
    draft = draft_of(request.actor, None, "new")
    if request.method != "POST":
        fields = dict(draft.fields) if draft else {}
        initial = {"type": default_type().code, **fields}
        for name in ("contact", "company"):
            initial[name] = request.GET.get(name) or initial.get(name)
        return _page(request, NewTicketForm(request.actor, initial=initial), draft.html if draft else "")
    form = NewTicketForm(request.actor, request.POST)
    body = html.strict(request.POST.get("html", ""))
    if not form.is_valid():
        return _page(request, form, body, status=422)
    questions = _questions(request, form)
    try:
        number = once(request, lambda: _create(request, form.cleaned_data, body, questions))["number"]
    except Conflict as conflict:
        form.add_error(None, conflict.message)
        return _page(request, form, body, status=conflict.status)
    except Invalid as invalid:
        questions.wrong = invalid.fields
        at_fields(form, Invalid(questions.other_mistakes), {"email": "contact"})
        return _page(request, form, body, questions, status=422)
    url = reverse("desk:ticket", args=[number])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})


def _questions(request: AgentRequest, form: NewTicketForm) -> Questions:
    sent = request.POST if request.method == "POST" else None
    chosen = form["service"].value()
    return questions_of(request.actor, sent, str(form["type"].value()), str(chosen or ""))


def _create(request: AgentRequest, values: dict[str, Any], body: str, questions: Questions) -> Facts:
    ticket = create_ticket(request.actor, _new_ticket(request, values, body, questions))
    discard_draft(request.actor, None, "new")
    return {"number": ticket.number}


def _new_ticket(request: AgentRequest, values: dict[str, Any], body: str, questions: Questions) -> NewTicket:
    contact = _contact(request, values)
    by_client = values["written_by"] != "us" and contact is not None
    address = contact.addresses.first() if contact else None
    message = NewMessage(
        html=body,
        contact=contact if by_client else None,
        author_address=address.address if by_client and address else "",
        attachments=draft_files(draft_of(request.actor, None, "new"), body, request.POST.getlist("attachments")),
        reason={"entered_by": request.actor.name} if by_client else {},
    )
    return NewTicket(
        subject=values["subject"],
        message=message,
        channel=Channel.DESK,
        contact=contact,
        company=values["company"],
        type=values["type"],
        priority=values["priority"],
        service=values["service"],
        impact=values["impact"],
        urgency=values["urgency"],
        assignee=values["assignee"],
        team=values["team"],
        resolve_by=values["resolve_by"],
        **questions.given,
    )


def _contact(request: AgentRequest, values: dict[str, Any]) -> Contact | None:
    """The chosen contact, or the one with the typed mail address, registered if there is none."""
    chosen: Contact | None = values["contact"]
    typed = (values["client"] or "").strip()
    if chosen is not None or values["company"] is not None or "@" not in typed:
        return chosen
    return typed_contact(request.actor, typed)


def _page(
    request: AgentRequest,
    form: NewTicketForm,
    body: str,
    questions: Questions | None = None,
    status: int = 200,
) -> HttpResponseBase:
    draft = draft_of(request.actor, None, "new")
    context = {
        "form": form,
        "body": body,
        "once_key": new_key(),
        "draft_fields": " ".join(NEW_FIELDS),
        "files": list(draft.attachments.all()) if draft else [],
        "questions": questions or _questions(request, form),
        **ADDRESSES,
        "contact": contacts_visible_to(request.actor).filter(pk=_id(form["contact"].value())).first(),
        "typed": form["client"].value() or "",
        "more_opens": any(form[name].errors or form[name].value() for name in MORE),
        "company": companies_visible_to(request.actor).filter(pk=_id(form["company"].value())).first(),
    }
    return render(request, "desk/tickets/new.jinja", context, status=status)


def _id(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@require_safe
@agents
def clients(request: AgentRequest) -> HttpResponseBase:
    """Contacts and companies whom the agent sees and whom a few letters fit; a hint where they fit nobody."""
    words, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    clients = find_clients(request.actor, words)
    if kind == "company":
        clients = [each for each in clients if each.contact is None]
    found = [each.as_data() for each in clients]
    return JsonResponse({"clients": found, "hint": "" if found or "@" in words else how_to_choose()})

"""A new request (F6, F18, F19, F28, F191)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.secret_fields import SecretFields
from okno.people.models import Company, Contact
from okno.portal.declarations import guidance_in
from okno.portal.loading import load
from okno.portal.requests.answering import LONGEST_TEXT, written
from okno.portal.requests.choosing import companies_of
from okno.tickets import access
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.creating import SUBJECT_LIMIT, NewTicket, create_ticket
from okno.tickets.operations.people import link
from okno.tickets.operations.secrets import keep
from okno.workflow.catalogue import TYPES
from okno.workflow.models import TicketType
from okno.workflow.selection import default_type


class RequestForm(forms.Form):
    """Type and company are asked only where there is a choice."""

    type = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect, required=False)
    company = forms.ChoiceField(label=_("Company"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT_LIMIT)
    text = forms.CharField(
        label=_("Description"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 7}),
    )  # fmt: skip

    def __init__(self, actor: Actor, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.offered = {"type": types(), "company": companies_of(actor)}
        for name, choices in self.offered.items():
            cast("forms.ChoiceField", self.fields[name]).choices = choices
            if len(choices) < 2:
                del self.fields[name]


def types() -> list[tuple[str, str]]:
    """The types that clients choose from; internal ones are never shown (F82)."""
    return [(each.code, each.name) for each in TYPES.active() if not each.is_internal]


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret_value")
@contacts
def new(request: ContactRequest) -> HttpResponseBase:
    """The form; what is wrong is said at its field, and what was typed stays."""
    after = _former(request)
    if request.method != "POST":
        initial = {"type": default_type().code, "subject": request.GET.get("subject", "")[:200]}
        return _page(request, RequestForm(request.actor, initial=initial), after, SecretFields(optional=True))
    form, secret = RequestForm(request.actor, request.POST), SecretFields(request.POST, optional=True)
    if not form.is_valid() or not secret.is_valid():
        return _page(request, form, after, secret, status=422)
    try:
        number = once(request, lambda: _create(request, form, after, secret))["number"]
    except Conflict as conflict:
        form.add_error(None, conflict.message)
        return _page(request, form, after, secret, status=conflict.status)
    except Invalid as invalid:
        at_fields(form, invalid, {"html": "text"})
        return _page(request, form, after, secret, status=422)
    return HttpResponseRedirect(reverse("portal:request-sent", args=[number]), status=303)


@require_safe
@contacts
def sent(request: ContactRequest, number: int) -> HttpResponseBase:
    """The number of the new request, and what happens next."""
    ticket = load(request, number)
    own = ticket.participants.filter(contact=request.actor.id).first()
    return render(request, "portal/requests/sent.jinja", {"ticket": ticket, "address": own.address if own else ""})


def _create(request: ContactRequest, form: RequestForm, after: Ticket | None, secret: SecretFields) -> Facts:
    values, actor = form.cleaned_data, request.actor
    contact = Contact.objects.get(pk=actor.id or 0)
    made = create_ticket(
        actor,
        NewTicket(
            subject=values["subject"],
            message=written(request),
            channel=Channel.PORTAL,
            contact=contact,
            company=_company(actor, values.get("company", "")),
            type=_type(values.get("type", "")),
        ),
    )
    if secret.given is not None:
        keep(actor, made, *secret.given)
    if after is not None:
        link(SYSTEM, made, after, {"because": "client asked again"})
    return {"number": made.number}


def _company(actor: Actor, chosen: str) -> Company | None:
    """One of the person's own; where nobody chose, that to which new requests belong."""
    return Company.objects.filter(pk__in=actor.companies, pk=int(chosen)).first() if chosen.isdigit() else None


def _type(code: str) -> TicketType | None:
    found = TYPES.by_code(code) if code else None
    return found if found is not None and found.is_active and not found.is_internal else None


def _former(request: ContactRequest) -> Ticket | None:
    """The closed request that this one goes on from; of one that the person does not see nothing is known (T22)."""
    number = request.POST.get("after", request.GET.get("after", ""))
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return access.get(request.actor, int(number))
    except NotVisible:
        return None


def _page(
    request: ContactRequest, form: RequestForm, after: Ticket | None, secret: SecretFields, status: int = 200
) -> HttpResponseBase:
    secret.ask_again()
    context = {
        "form": form,
        "secret": secret,
        "after": after,
        "once_key": new_key(),
        "guidance": guidance_in(get_language() or "en"),
        "waiting": _waiting(request),
    }
    return render(request, "portal/requests/new.jinja", context, status=status)


def _waiting(request: ContactRequest) -> list[Any]:
    """The files that came with a form that was refused."""
    tokens = request.POST.getlist("attachments")
    return (
        list(access.attachments_visible_to(request.actor).filter(token__in=tokens, message=None)) if tokens else []
    )

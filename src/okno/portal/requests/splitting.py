"""Several questions in one new request: the offer to register each by itself, the look before, the act (F192)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Invalid
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.respond import respond
from okno.core.http.secret_fields import SecretFields
from okno.people.models import Contact
from okno.portal.requests.answering import LONGEST_TEXT, written
from okno.portal.requests.creating import (
    NewRequestForm,
    chosen_company,
    chosen_type,
    former_of,
    waiting_files,
)
from okno.tickets.models import Channel
from okno.tickets.operations.creating import SUBJECT_LIMIT, NewTicket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.people import link
from okno.tickets.operations.secrets import keep
from okno.tickets.operations.splitting import register_several
from okno.tickets.topics import MOST, topics_of

CARRIED = ("type", "company", "after", "service", "impact", "urgency", "priority")
"""Answers of the form that hold for each of the requests."""


class PartForm(forms.Form):
    """One of the requests."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=SUBJECT_LIMIT)
    text = forms.CharField(
        label=gettext_lazy("Description"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


@require_POST
@contacts
def topics(request: ContactRequest) -> HttpResponseBase:
    """Whether what is typed looks like several requests: a line below it, or nothing."""
    found = topics_of(request.POST.get("text", ""))
    return respond(request, "portal/requests/topics.jinja", {"count": len(found)})


@require_POST
@sensitive_post_parameters("secret_value")
@contacts
def split(request: ContactRequest) -> HttpResponseBase:
    """The requests side by side: each can be worded anew, joined with the one before it, and then all are sent."""
    secret = SecretFields(request.POST, optional=True)
    if "parts" not in request.POST:
        found = [{"subject": each.subject, "text": each.text} for each in topics_of(request.POST.get("text", ""))]
        if not found:
            messages.info(request, _("This looks like one request. Send it as it is."))
            found = [{"subject": request.POST.get("subject", ""), "text": request.POST.get("text", "")}]
        return _page(request, [PartForm(each, prefix=f"part{at}") for at, each in _numbered(found)], secret)
    parts = [PartForm(request.POST, prefix=f"part{number}") for number in range(_count(request))]
    if joined := request.POST.get("join", ""):
        return _page(request, _joined(parts, joined), secret)
    wrong = [part for part in parts if not part.is_valid()]
    if wrong or not secret.is_valid():
        return _page(request, parts, secret, status=422)
    return _registered(request, parts, secret)


def _numbered(found: list[dict[str, str]]) -> list[tuple[int, dict[str, str]]]:
    return [(at, {f"part{at}-{name}": value for name, value in each.items()}) for at, each in enumerate(found)]


def _count(request: HttpRequest) -> int:
    count = _number(request.POST.get("parts", ""))
    if not 0 < count <= MOST:
        raise Invalid({"parts": [_("This form cannot be read. Reload the page; your text is kept.")]})
    return count


def _number(given: str) -> int:
    """A number of one or two digits; 0 for anything else."""
    return int(given) if len(given) <= 2 and given.isascii() and given.isdigit() else 0


def _joined(parts: list[PartForm], which: str) -> list[PartForm]:
    """The part of this number becomes a paragraph of the one before it."""
    values = [{name: str(part[name].value() or "") for name in part.fields} for part in parts]
    place = _number(which)
    if 0 < place < len(values):
        gone = values.pop(place)
        values[place - 1]["text"] += f"\n\n{gone['text']}"
    return [PartForm(each, prefix=f"part{at}") for at, each in _numbered(values)]


def _registered(request: ContactRequest, parts: list[PartForm], secret: SecretFields) -> HttpResponseBase:
    try:
        numbers = once(request, lambda: _act(request, parts, secret))["numbers"]
    except (Conflict, Invalid) as fault:
        parts[0].add_error(None, fault.message)
        return _page(request, parts, secret, status=fault.status)
    told = ngettext("Registered as request %(numbers)s", "Registered as requests %(numbers)s", len(numbers))
    messages.success(request, told % {"numbers": ", ".join(str(number) for number in numbers)})
    return HttpResponseRedirect(reverse("portal:requests"), status=303)


def _act(request: ContactRequest, parts: list[PartForm], secret: SecretFields) -> Facts:
    """All of them or none; files and access details go with the first."""
    actor, former, values = request.actor, former_of(request), _common(request)
    contact = Contact.objects.get(pk=actor.id or 0)
    words = [NewMessage(text=part.cleaned_data["text"], channel=Channel.PORTAL) for part in parts]
    words[0].attachments = written(request).attachments
    several = [
        NewTicket(
            subject=part.cleaned_data["subject"],
            message=message,
            channel=Channel.PORTAL,
            contact=contact,
            **values,
        )
        for part, message in zip(parts, words, strict=True)
    ]
    made = register_several(actor, several)
    if secret.given is not None:
        keep(actor, made[0], *secret.given)
    if former is not None:
        for ticket in made:
            link(SYSTEM, ticket, former, {"because": "client asked again"})
    return {"numbers": [ticket.number for ticket in made]}


def _common(request: ContactRequest) -> dict[str, Any]:
    """What was chosen for all of them, as far as it is one of the choices."""
    form = NewRequestForm(request.actor, request.POST)
    form.is_valid()  # subject and description are those of the parts
    values = form.cleaned_data
    return {
        "company": chosen_company(request.actor, values.get("company", "")),
        "type": chosen_type(values.get("type", "")),
        **{name: values.get(name) for name in ("service", "impact", "urgency", "priority")},
    }


def _page(
    request: ContactRequest, parts: list[PartForm], secret: SecretFields, status: int = 200
) -> HttpResponseBase:
    secret.ask_again()
    context: dict[str, Any] = {
        "parts": parts,
        "secret": secret,
        "carried": [(name, request.POST[name]) for name in CARRIED if name in request.POST],
        "waiting": waiting_files(request),
        "once_key": new_key(),
    }
    return render(request, "portal/requests/split.jinja", context, status=status)

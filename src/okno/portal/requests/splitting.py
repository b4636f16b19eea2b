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
    Draft,
    NewRequestForm,
    asked_now,
    chosen_company,
    chosen_type,
    draft_page,
    former_of,
    waiting_files,
)
from okno.tickets.models import Channel
from okno.tickets.operations.creating import SUBJECT_LIMIT, NewTicket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.people import link
from okno.tickets.operations.secrets import keep
from okno.tickets.operations.splitting import register_several
from okno.tickets.questions import Questions
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
    """Whether what is typed looks like several requests: a line below it, or nothing.

    Nothing too where what is asked about the chosen type and service must be answered: it is of one request.
    """
    found = [] if asked_now(request).bind_to_one else topics_of(request.POST.get("text", ""))
    return respond(request, "portal/requests/topics.jinja", {"count": len(found)})


@require_POST
@sensitive_post_parameters()
@contacts
def split(request: ContactRequest) -> HttpResponseBase:
    """The requests side by side: each can be worded anew, joined with the one before it, and then all are sent."""
    secret, questions = SecretFields(request.POST, optional=True), asked_now(request)
    if questions.bind_to_one:
        return _whole(request, questions, secret)
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
    return _registered(request, parts, secret, questions)


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


def _whole(request: ContactRequest, questions: Questions, secret: SecretFields) -> HttpResponseBase:
    """The form of one request again, with everything that was typed in it or in the parts."""
    posted = request.POST.copy()
    if "parts" in posted:
        each = [
            (posted.get(f"part{at}-subject", ""), posted.get(f"part{at}-text", "")) for at in range(_count(request))
        ]
        posted["subject"], posted["text"] = each[0][0], "\n\n".join("\n".join(words) for words in each)
    if not questions.wrong:
        told = _("The questions about this kind of request are answered for one request. Send one for each matter.")
        messages.warning(request, told)
    form = NewRequestForm(request.actor, initial=posted.dict())
    return draft_page(request, Draft(form, secret, questions, former_of(request)), status=422)


def _registered(
    request: ContactRequest, parts: list[PartForm], secret: SecretFields, questions: Questions
) -> HttpResponseBase:
    try:
        numbers = once(request, lambda: _act(request, parts, secret, questions))["numbers"]
    except (Conflict, Invalid) as fault:
        questions.wrong = fault.fields if isinstance(fault, Invalid) else {}
        if questions.wrong_parts:
            return _whole(request, questions, secret)
        parts[0].add_error(None, fault.message)
        return _page(request, parts, secret, status=fault.status)
    told = ngettext("Registered as request %(numbers)s", "Registered as requests %(numbers)s", len(numbers))
    messages.success(request, told % {"numbers": ", ".join(str(number) for number in numbers)})
    return HttpResponseRedirect(reverse("portal:requests"), status=303)


def _act(request: ContactRequest, parts: list[PartForm], secret: SecretFields, questions: Questions) -> Facts:
    """All of them or none; files, answers and access details go with the first."""
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
            **(questions.given if message is words[0] else {}),
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
    answered = asked_now(request)
    context: dict[str, Any] = {
        "parts": parts,
        "secret": secret,
        "carried": [(name, request.POST[name]) for name in CARRIED if name in request.POST] + answered.typed,
        "is_answered": any(value for name, value in answered.typed if not name.endswith("-asked")),
        "waiting": waiting_files(request),
        "once_key": new_key(),
    }
    return render(request, "portal/requests/split.jinja", context, status=status)

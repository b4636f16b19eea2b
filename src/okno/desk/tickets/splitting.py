"""A message becomes a ticket of its own: the window that asks for what, and the act (F192)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.tickets.changing import changed_answer
from okno.people.models import Team
from okno.tickets import access
from okno.tickets.models import Message
from okno.tickets.operations.creating import SUBJECT_LIMIT
from okno.tickets.operations.splitting import SplitOff, split_off
from okno.tickets.topics import subject_of
from okno.workflow.models import TicketType

LONGEST_PART = 100_000


class SplitForm(forms.Form):
    """What the new ticket is called, of which type it is, and who gets it."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=SUBJECT_LIMIT)
    type = forms.ModelChoiceField(
        TicketType.objects.filter(is_active=True),
        label=gettext_lazy("Type"),
        to_field_name="code",
        empty_label=None,
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("As routing says"),
    )
    part = forms.CharField(
        label=gettext_lazy("Only these words of it"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 3, "data-selection": True}),
        help_text=gettext_lazy("Empty: the whole message. Words that you marked in it before stand here."),
    )
    with_files = forms.BooleanField(label=gettext_lazy("With its files"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def split(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The window, and the new ticket."""
    message = _message(request, pk)
    if request.method != "POST":
        initial = {"subject": subject_of(message.text[:1000]), "type": message.ticket.type.code, "with_files": True}
        return _window(request, message, SplitForm(initial=initial))
    form = SplitForm(request.POST)
    if form.is_valid():
        try:
            number = once(request, lambda: _act(request, message, form))["number"]
        except Invalid as invalid:
            at_fields(form, invalid)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            done = _("Split off as ticket %(number)s") % {"number": number}
            return changed_answer(request, message.ticket.number, done, close=True, link=_way_to(request, number))
    return _window(request, message, form, status=422)


def _act(request: AgentRequest, message: Message, form: SplitForm) -> Facts:
    wanted = SplitOff(**form.cleaned_data)
    return {"number": split_off(request.actor, message, wanted).number}


def _way_to(request: AgentRequest, number: int) -> dict[str, str] | None:
    """To the new ticket, where it is one that the employee sees."""
    if not access.visible_to(request.actor).filter(number=number).exists():
        return None
    return {"url": reverse("desk:ticket", args=[number]), "label": _("Open")}


def _message(request: AgentRequest, pk: int) -> Message:
    found = access.messages_visible_to(request.actor).select_related("ticket__type").filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such message, or it is not for you to see."))
    return found


def _window(request: AgentRequest, message: Message, form: SplitForm, status: int = 200) -> HttpResponseBase:
    context: dict[str, Any] = {
        "message": message,
        "form": form,
        "files": message.attachments.count(),
        "once_key": new_key(),
    }
    return respond(request, "desk/tickets/split.jinja", context, status=status)

"""Writing to the desk as a client: an answer to a letter, or a new letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.channels.email.outgoing.composing import File
from okno.channels.email.outgoing.reading import read_letter
from okno.core import media
from okno.core.faults import Fault
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.outbox.forms import LetterForm, ReplyForm
from okno.desk.outbox.inbox import at, demo_only, find_letter, letter_page, mailboxes
from okno.desk.outbox.mailing import ClientsLetter, send
from okno.people.models import ContactAddress

MOST_SUGGESTED = 200


@require_POST
@agents
@demo_only
def reply(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The client answers a letter; it comes back to the desk as a real letter."""
    answered = find_letter(request, pk)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return letter_page(request, answered, form, status=422)
    read = read_letter(answered)
    back_to = read.reply_to[0] if read.reply_to else read.from_[0]
    subject = read.subject if read.subject.lower().startswith("re:") else f"Re: {read.subject}"
    written = ClientsLetter(
        name=read.to[0].name if read.to else "",
        address=answered.recipient,
        to=back_to.address,
        subject=subject,
        text=form.cleaned_data["text"],
        files=_files(form.cleaned_data["attached"]),
        answers=read,
    )
    try:
        send(written)
    except Fault as fault:
        form.add_error("text", fault.message)
        return letter_page(request, answered, form, status=422)
    messages.success(request, _("Sent. The answer is in the ticket in a moment."))
    return HttpResponseRedirect(at(answered.recipient))


@require_http_methods(["GET", "HEAD", "POST"])
@agents
@demo_only
def new(request: AgentRequest) -> HttpResponseBase:
    """A new letter as one of the demo's clients or as anybody."""
    if request.method != "POST":
        return _page(request, LetterForm(initial={"sender": request.GET.get("from", "")}))
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    data = form.cleaned_data
    written = ClientsLetter(
        name=data["name"] or _name_of(data["sender"]),
        address=data["sender"],
        to=data["mailbox"].address,
        subject=data["subject"],
        text=data["text"],
        files=_files(data["attached"]),
    )
    try:
        send(written)
    except Fault as fault:
        form.add_error("text", fault.message)
        return _page(request, form, status=422)
    messages.success(request, _("Sent. It is a ticket in a moment."))
    return HttpResponseRedirect(f"{reverse('desk:tickets')}?section=active")


def _page(request: AgentRequest, form: LetterForm, *, status: int = 200) -> HttpResponseBase:
    known = ContactAddress.objects.select_related("contact").order_by("contact__name")[:MOST_SUGGESTED]
    context = mailboxes(request, request.GET.get("from", "")) | {"form": form, "known": known}
    return respond(request, "desk/outbox/new.jinja", context, status=status)


def _name_of(address: str) -> str:
    known = ContactAddress.objects.filter(address=address).select_related("contact").first()
    return known.contact.name if known else ""


def _files(given: list[Any]) -> tuple[File, ...]:
    taken = []
    for each in given:
        content = each.read()
        taken.append(File(each.name, media.real_type(content, each.name), content))
    return tuple(taken)

"""Writing in a request."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Conflict, Fault, Invalid
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.respond import add_toast, is_fragment
from okno.portal.loading import load
from okno.portal.requests.page import page_facts
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.drafts import LARGEST_FILE
from okno.tickets.operations.messages import NewMessage, add_client_message
from okno.tickets.operations.uploading import upload, uploads_of
from okno.tickets.transitions import is_over_for_client

LONGEST_TEXT = 100_000


@require_POST
@contacts
def answer(request: ContactRequest, number: int) -> HttpResponseBase:
    """Sends what was written, once however often the form comes; a closed request is open again by it (F184)."""
    ticket = load(request, number)

    def send() -> Facts:
        if is_over_for_client(ticket):
            raise Conflict(_("This request is closed for good. Write a new one, it will be linked to this one."))
        return {"message": add_client_message(request.actor, ticket, written(request)).pk}

    try:
        once(request, send)
    except (Conflict, Invalid) as fault:
        return _refused(request, ticket, fault)
    if not is_fragment(request):
        return HttpResponseRedirect(reverse("portal:request", args=[number]) + "#end", status=303)
    return _sent(request, load(request, number))


def written(request: ContactRequest, name: str = "text") -> NewMessage:
    """The words and files of a form; files come ahead by their tokens or, without scripts, in the form itself."""
    text = request.POST.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        message = _("This is longer than %(limit)d characters. Attach it as a file.") % {"limit": LONGEST_TEXT}
        raise Invalid({name: [message]})
    for file in request.FILES.getlist("files"):
        if file.size is None or file.size > LARGEST_FILE:
            raise Invalid({"files": [_("“%(name)s” is too large.") % {"name": file.name}]})
    waiting = [
        upload(request.actor, name=file.name or "", content=file.read(), declared=file.content_type or "")
        for file in request.FILES.getlist("files")
    ]
    chosen = uploads_of(request.actor, request.POST.getlist("attachments"))
    return NewMessage(text=text, channel=Channel.PORTAL, attachments=[*chosen, *waiting])


def _sent(request: ContactRequest, ticket: Ticket) -> HttpResponseBase:
    context = {**page_facts(request, ticket), "once_key": new_key()}
    answered = render(request, "portal/requests/answered.jinja", context)
    add_toast(answered, _("Sent"), clear="answer")
    return answered


def _refused(request: ContactRequest, ticket: Ticket, fault: Fault) -> HttpResponseBase:
    """The text stays where it was typed, and what was wrong is said beside it."""
    spent = fault.code == "form_spent"
    context = {"message": fault.message, "once_key": new_key() if spent else ""}
    if is_fragment(request):
        return render(request, "portal/requests/refused.jinja", context, status=fault.status)
    facts = {**page_facts(request, ticket), **context, "typed": request.POST.get("text", "")}
    return render(request, "portal/requests/page.jinja", facts, status=fault.status)


def back_to(number: int) -> HttpResponse:
    """To the page of the request."""
    return HttpResponseRedirect(reverse("portal:request", args=[number]), status=303)

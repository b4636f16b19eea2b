"""Sending an answer to the client, or a private note."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.channels.email.outgoing.recipients import recipients_of
from okno.channels.email.outgoing.senders import mailbox_for
from okno.core import html
from okno.core.faults import Conflict, Invalid
from okno.core.http.once import Facts, new_key, once
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import add_toast, is_fragment
from okno.desk.loading import load, posted_number
from okno.desk.tickets.page import send_choices
from okno.desk.tickets.resting import until_of
from okno.desk.timeline import conversation
from okno.tickets.models import Attachment, Draft, Ticket
from okno.tickets.operations.drafts import discard_draft, draft_of
from okno.tickets.operations.messages import NewMessage, add_answer, add_note


@require_POST
@agents
def answer(request: AgentRequest, number: int) -> HttpResponseBase:
    """Sends the public answer; new messages of others since the typing began are shown first (T30)."""
    ticket = load(request, number)
    anyway, _sep, wanted = request.POST.get("anyway", "").partition(":")
    last_seen = None if anyway == "1" else posted_number(request, "last_seen")
    then, _sep, rest = (request.POST.get("then", "") or wanted).partition(":")

    def send() -> Facts:
        new = _posted(request, ticket, "answer")
        until = until_of(rest) if rest else None
        add_answer(request.actor, ticket, new, last_seen=last_seen, then_status=then, until=until)
        if mailbox_for(ticket) is None or not recipients_of(ticket).recipients:
            return {"toast": _("Kept in the ticket. No letter leaves; the history says why."), "tone": "warning"}
        return {"toast": _("Answer sent"), "tone": "success"}

    return _taken(request, ticket, "answer", send)


@require_POST
@agents
def note(request: AgentRequest, number: int) -> HttpResponseBase:
    """Keeps the private note."""
    ticket = load(request, number)

    def keep() -> Facts:
        add_note(request.actor, ticket, _posted(request, ticket, "note"))
        return {"toast": _("Note saved"), "tone": "success"}

    return _taken(request, ticket, "note", keep)


def _taken(request: AgentRequest, ticket: Ticket, kind: str, act: Callable[[], Facts]) -> HttpResponseBase:
    """Does what the form asks, once, and ends its draft with it."""

    def act_and_end_draft() -> Facts:
        facts = act()
        discard_draft(request.actor, ticket, kind)
        return facts

    try:
        facts = once(request, act_and_end_draft)
    except Conflict as conflict:
        return _refused(request, ticket, kind, message=conflict.message, conflict=conflict)
    except Invalid as invalid:
        return _refused(request, ticket, kind, message=invalid.message)
    return _done(request, ticket, kind, facts["toast"], facts["tone"])


def _posted(request: AgentRequest, ticket: Ticket, kind: str) -> NewMessage:
    body = html.strict(request.POST.get("html", ""))
    files = draft_files(draft_of(request.actor, ticket, kind), body, request.POST.getlist("attachments"))
    return NewMessage(html=body if html.to_text(body).strip() or "<img" in body else "", attachments=files)


def draft_files(draft: Draft | None, body: str, tokens: list[str]) -> list[Attachment]:
    """The named files of this kind's own draft; those that stand in the text as pictures are marked so."""
    if draft is None:
        return []
    attachments = [each for each in draft.attachments.all() if each.token in tokens or each.token in body]
    for attachment in attachments:
        attachment.is_inline = attachment.token in body
    Attachment.objects.bulk_update(attachments, ["is_inline"])
    return attachments


def _done(request: AgentRequest, ticket: Ticket, kind: str, toast: str, tone: str) -> HttpResponseBase:
    if not is_fragment(request):
        return HttpResponse(status=303, headers={"Location": reverse("desk:ticket", args=[ticket.number])})
    ticket.refresh_from_db()
    talk = conversation(request.actor, ticket)
    context = {"ticket": ticket, "talk": talk, "kind": kind, "once_key": new_key()}
    context["send_choices"] = send_choices(request, ticket)
    answered = render(request, "desk/tickets/sent.jinja", context)
    add_toast(answered, toast, tone=tone, clear=f"{kind}-editor")
    return answered


def _refused(
    request: AgentRequest, ticket: Ticket, kind: str, *, message: str, conflict: Conflict | None = None
) -> HttpResponseBase:
    talk = conversation(request.actor, ticket)
    stale = conflict is not None and conflict.code == "stale_conversation"
    spent = conflict is not None and conflict.code == "form_spent"
    context = {"ticket": ticket, "kind": kind, "message": message, "is_stale": stale, "talk": talk}
    context["once_key"] = new_key() if spent else ""
    context["then"] = request.POST.get("then", "")
    return render(request, "desk/tickets/refused.jinja", context, status=409 if conflict else 422)

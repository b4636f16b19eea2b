"""Received letters: what became of each and why, and what a person can do about it (W4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from okno.channels.email.access import get_letter, letters_visible_to, may_read
from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.operations.letters import ignore_letter, note_raw_reading, release_letter, retry_letter
from okno.channels.email.reasons import explain
from okno.core import files
from okno.core.actor import Actor
from okno.core.faults import Conflict, NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.letter_heads import glanced, headers
from okno.manage.pages import done, refused
from okno.tickets.access import visible_to as tickets_visible_to

PAGE = 50
SHOWN = 100_000
CAP = 100
TABS = {
    "failed": gettext_lazy("Needs attention"),
    "ignored": gettext_lazy("Ignored"),
    "stored": gettext_lazy("Waiting"),
    "all": gettext_lazy("All"),
}


@require_safe
@agents_with("mail.manage")
def listing(request: AgentRequest) -> HttpResponseBase:
    """The letters of one state, the latest first, paged by key."""
    state = request.GET.get("state", "failed")
    state = state if state in TABS else "failed"
    mailbox = Mailbox.objects.filter(pk=_number(request.GET.get("mailbox", ""))).first()
    rows = _chosen(letters_visible_to(request.actor), state, mailbox)
    before = _number(request.GET.get("before", ""))
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    context = {
        "rows": [_row(request.actor, letter) for letter in found[:PAGE]],
        "tabs": _tabs(request.actor, state, mailbox),
        "state": state,
        "mailbox": mailbox,
        "first_url": _url(state, mailbox) if before else "",
        "next_url": _url(state, mailbox, before=found[PAGE - 1].pk) if len(found) > PAGE else "",
    }
    return render(request, "manage/letters/list.jinja", context)


@require_safe
@agents_with("mail.manage")
def letter(request: AgentRequest, pk: int) -> HttpResponseBase:
    """One letter: its state and the reason, its headers and its raw form, and what can be done."""
    row = get_letter(request.actor, pk)
    readable = may_read(request.actor, row)
    raw = files.read(row.raw) if readable else b""
    context = {
        "letter": row,
        "why": explain(row.outcome),
        "seen": glanced(row, raw) if readable else None,
        "readable": readable,
        "headers": headers(raw),
        "raw": raw[:SHOWN].decode("utf-8", "replace"),
        "is_cut": len(raw) > SHOWN,
    }
    return render(request, "manage/letters/letter.jinja", context)


@require_safe
@agents_with("mail.manage")
def raw(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The bytes of the letter, to be saved."""
    row = get_letter(request.actor, pk)
    if not may_read(request.actor, row):
        raise NotVisible(_("There is no such letter, or it is not for you to see."))
    note_raw_reading(request.actor, row)
    answer = HttpResponse(files.read(row.raw), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, f"letter-{pk}.eml") or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@agents_with("mail.manage")
def retry(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Once more from the beginning."""
    return _act(request, pk, retry_letter, _("The letter is processed again."))


@require_POST
@agents_with("mail.manage")
def ignore(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Off the list; the letter is kept."""
    return _act(request, pk, ignore_letter, _("The letter is ignored; it is kept and can be taken later."))


@require_POST
@agents_with("mail.manage")
def release(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Taken after all."""
    return _act(request, pk, release_letter, _("The letter is taken after all."))


def _act(request: AgentRequest, pk: int, act: Callable[[Actor, Letter], Letter], words: str) -> HttpResponseBase:
    row = get_letter(request.actor, pk)
    try:
        act(request.actor, row)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:letter", pk)
    return done(request, words, "manage:letter", pk)


def _row(actor: Actor, letter: Letter) -> dict[str, Any]:
    """What the list shows; of a ticket that the actor may not see, not even the subject."""
    hidden = letter.ticket_id is not None and not actor.has("tickets.view_all")
    hidden = hidden and not tickets_visible_to(actor).filter(pk=letter.ticket_id or 0).exists()
    sender = letter.sender or letter.envelope_from or _("unknown sender")
    subject = _("(a ticket that you do not see)") if hidden else letter.subject or _("(no subject)")
    why = explain(letter.outcome) or letter.last_error
    return {"letter": letter, "sender": sender, "subject": subject, "why": why}


def _chosen(letters: QuerySet[Letter], state: str, mailbox: Mailbox | None) -> QuerySet[Letter]:
    letters = letters.select_related("mailbox").order_by("-id")
    letters = letters if state == "all" else letters.filter(state=state)
    return letters.filter(mailbox=mailbox) if mailbox else letters


def _tabs(actor: Actor, chosen: str, mailbox: Mailbox | None) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": _url(state, mailbox),
            "current": state == chosen,
            "count": _counted(_chosen(letters_visible_to(actor), state, mailbox))
            if state in {"failed", "stored"}
            else "",
        }
        for state, label in TABS.items()
    ]


def _counted(rows: QuerySet[Letter]) -> str:
    count = len(rows.values_list("pk", flat=True)[:CAP])
    return f"{CAP - 1}+" if count >= CAP else str(count or "")


def _url(state: str, mailbox: Mailbox | None, **more: int) -> str:
    query = {"state": state} | ({"mailbox": mailbox.pk} if mailbox else {}) | more
    return f"{reverse('manage:letters')}?{urlencode(query)}"


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else 0

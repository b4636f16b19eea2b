"""Closing a request with a prepared reason, such as that nothing can be made of it (F220)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.tickets.models import CannedReply, Message, Ticket
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.workflow.models import Status
from okno.workflow.rules import DONE


def closing_reasons(language: str) -> list[CannedReply]:
    """The canned replies that are reasons for closing: those in the client's language, else those in any."""
    found = list(CannedReply.objects.filter(is_active=True, is_closing=True).order_by("group", "title", "pk"))
    own = [each for each in found if each.language in {"", language}]
    return own or found


def close_with_reason(
    actor: Actor, ticket: Ticket, reason: CannedReply, markup: str, code: str, *, last_seen: int | None = None
) -> Message:
    """Tells the client why, and takes the ticket to this status, which must be one that ends the work.

    The words are the prepared ones or what the employee made of them; the history keeps the title of the reason.
    """
    if not (reason.is_active and reason.is_closing):
        raise Invalid({"reason": [_("This is no reason for closing any more. Choose another.")]})
    status = Status.objects.filter(code=code, is_active=True).first()
    if status is None or status.state not in DONE:
        raise Invalid({"status": [_("Choose a status that ends the work.")]})
    because = {"because": "closing reason", "title": reason.title, "reply": reason.pk}
    words = NewMessage(html=markup)
    return add_answer(actor, ticket, words, last_seen=last_seen, then_status=code, because=because)

"""Who was written to by mail, who was not and why, as sentences of the timeline."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from okno.channels.email.outgoing import events as kinds
from okno.core.models import Event

Words = tuple[str, str]
"""The words and the icon before them."""


def mail_sentence(event: Event) -> Words | None:
    """The words for a decision of the mail channel; that an answer simply left needs none."""
    if event.kind == kinds.ANSWER_QUEUED:
        return _left_out(event.data)
    facts = {"to": event.data.get("to", ""), "why": _reason(event.data)}
    if event.kind == kinds.RECEIPT_QUEUED:
        return _("A confirmation was sent to %(to)s: %(why)s") % facts, "icon-[tabler--mail-check]"
    if event.kind == kinds.RECEIPT_WITHHELD:
        return _("No confirmation was sent to %(to)s: %(why)s") % facts, "icon-[tabler--mail-off]"
    return None


def _left_out(data: dict[str, Any]) -> Words | None:
    skipped = data.get("skipped") or []
    if not skipped:
        return None
    reasons = [(each["address"], each["reason"]) for each in skipped]
    pairs = [f"{address}: {_(why)}" if address else _(why) for address, why in reasons]
    return _("Not sent by mail: %(why)s") % {"why": "; ".join(pairs)}, "icon-[tabler--mail-off]"


def _reason(data: dict[str, Any]) -> str:
    reason = data.get("reason") or ""
    return _(reason) % {"why": data.get("detail", "")} if reason else ""

"""Who was written to by mail, who was not and why, as sentences of the timeline."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from okno.channels.email.outgoing import events as kinds
from okno.core.models import Event

Words = tuple[str, str]
"""The words and the icon before them."""

NAMED = 3
"""So many addresses with one reason are written out."""


def mail_sentence(event: Event) -> Words | None:
    """The words for a decision of the mail channel; that an answer simply left needs none."""
    if event.kind == kinds.ANSWER_QUEUED:
        return _left_out(event.data)
    if event.kind == kinds.SOLUTION_QUEUED:
        return _solution(event.data)
    if event.kind == kinds.REMINDER_QUEUED:
        words = _("A reminder of the rating was sent to %(to)s") % {"to": event.data.get("to", "")}
        return words, "icon-[tabler--mail-question]"
    facts = {"to": event.data.get("to", ""), "why": _reason(event.data)}
    if event.kind == kinds.RECEIPT_QUEUED:
        return _("A confirmation was sent to %(to)s: %(why)s") % facts, "icon-[tabler--mail-check]"
    if event.kind == kinds.RECEIPT_WITHHELD:
        return _("No confirmation was sent to %(to)s: %(why)s") % facts, "icon-[tabler--mail-off]"
    return None


def _solution(data: dict[str, Any]) -> Words | None:
    """Who was told of a solution; where nobody was, why."""
    if not data.get("to"):
        return _left_out(data)
    words = _("The solution was told by mail to %(to)s") % {"to": ", ".join(data["to"])}
    return words, "icon-[tabler--mail-check]"


def _left_out(data: dict[str, Any]) -> Words | None:
    skipped, copies = data.get("skipped") or [], data.get("because") or {}
    if not skipped:
        return _copied(copies) if copies else None
    by_reason: dict[str, list[str]] = {}
    for each in skipped:
        by_reason.setdefault(each["reason"], []).append(each["address"])
    said = [_of_all(addresses, why) for why, addresses in by_reason.items()]
    return _("Not sent by mail: %(why)s") % {"why": "; ".join(said)}, "icon-[tabler--mail-off]"


def _copied(copies: dict[str, str]) -> Words:
    """To whom an answer went who takes no part in the ticket, and why."""
    said = "; ".join(f"{address}: {_(why)}" for address, why in copies.items())
    return _("Sent by mail also: %(why)s") % {"why": said}, "icon-[tabler--mail-forward]"


def _of_all(addresses: list[str], why: str) -> str:
    """One reason for all whom it kept from getting the letter; of many the first are named and the rest counted."""
    named = [address for address in addresses if address]
    if not named:
        return _(why)
    rest = f" (+{len(named) - NAMED})" if len(named) > NAMED else ""
    return f"{', '.join(named[:NAMED])}{rest}: {_(why)}"


def _reason(data: dict[str, Any]) -> str:
    reason = data.get("reason") or ""
    return _(reason) % {"why": data.get("detail", "")} if reason else ""

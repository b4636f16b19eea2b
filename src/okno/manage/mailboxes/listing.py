"""The list of mailboxes with their health."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.channels.email.models import FolderPosition, Letter, Mailbox
from okno.channels.email.outgoing.leaving import why_nothing_leaves
from okno.core.http.policy import AgentRequest, agents_with


@dataclass(frozen=True)
class Reconciliation:
    """A folder compared with the desk: how many letters are there, and how many of them are not here (W1)."""

    folder: str
    on_server: int
    missing: int
    checked_at: Any

    @property
    def taken(self) -> int:
        return self.on_server - self.missing


@require_safe
@agents_with("mail.manage")
def mailboxes(request: AgentRequest) -> HttpResponseBase:
    """Every mailbox: which way letters come and go, what worked last and what did not."""
    failed = Count("letters", filter=Q(letters__state=Letter.State.FAILED))
    rows = Mailbox.objects.select_related("team").annotate(failed=failed).order_by("id")
    context = {"rows": rows, "compared": compared(), "listeners": listeners(), "trouble": why_nothing_leaves()}
    return render(request, "manage/mailboxes/list.jinja", context)


def compared() -> dict[int, list[Reconciliation]]:
    """The last comparison of each folder, by mailbox."""
    found: dict[int, list[Reconciliation]] = {}
    for position in FolderPosition.objects.exclude(checked_at=None).order_by("mailbox", "folder"):
        row = Reconciliation(position.folder, position.on_server, position.missing, position.checked_at)
        found.setdefault(position.mailbox_id, []).append(row)
    return found


def listeners() -> list[tuple[str, str]]:
    """The other ways in: where this installation listens for letters."""
    ways = (("SMTP", settings.SMTP_LISTEN), ("LMTP", settings.LMTP_LISTEN))
    return [(name, place) for name, place in ways if place]

"""Whether letters can leave at all, and what becomes of answers when a mailbox is taken away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from okno.channels.email.models import Letter, Mailbox
from okno.core.statements import Statement, hole
from okno.tickets.models import Ticket
from okno.workflow.rules import State

MOST_COUNTED = 1000
"""Tickets beyond this are not counted one by one."""


@dataclass(frozen=True)
class Leaving:
    """What hangs on a mailbox in use: open tickets whose answers leave by it, and by which one they would then.

    ``trouble`` is why nothing could be sent at all without it; empty where something could.
    """

    tickets: int
    successor: Mailbox | None
    trouble: str

    @property
    def are_more(self) -> bool:
        return self.tickets > MOST_COUNTED

    @property
    def is_grave(self) -> bool:
        """Whether somebody should think twice."""
        return bool(self.tickets or self.trouble)


@cache
def _servers() -> Statement:
    """The servers of mailboxes in use but one; nearly every page of a ticket asks for them."""
    others = Mailbox.objects.filter(is_active=True).exclude(pk=hole(0)).order_by()
    return Statement.of(others.values_list("smtp_host"))


def why_nothing_leaves(*, without: Mailbox | None = None) -> str:
    """Why no letter can be sent, with all mailboxes in use or without one of them; empty when letters leave."""
    servers = {host for (host,) in _servers().rows(without.pk if without else 0)}
    if not servers:
        return _("No mailbox is in use.")
    if not settings.DEMO and servers == {""}:
        return _("No mailbox in use has an SMTP server.")
    return ""


def leaving(mailbox: Mailbox) -> Leaving:
    """What would change for answers if this mailbox were switched off or deleted; nothing if it is off already."""
    if not mailbox.is_active:
        return Leaving(0, None, "")
    others = Mailbox.objects.filter(is_active=True).exclude(pk=mailbox.pk).order_by("-is_default", "id")
    tickets = _tickets_of(mailbox).order_by()[: MOST_COUNTED + 1].count()
    return Leaving(tickets, others.first(), why_nothing_leaves(without=mailbox))


def _tickets_of(mailbox: Mailbox) -> QuerySet[Ticket]:
    """The open tickets for which ``senders.mailbox_for`` chooses this mailbox."""
    last = Letter.objects.filter(ticket=OuterRef("pk"), mailbox__is_active=True).order_by("-id")
    open_ones = Ticket.objects.exclude(state=State.CLOSED).annotate(came_by=Subquery(last.values("mailbox")[:1]))
    return open_ones.filter(Q(came_by=mailbox.pk) | (Q(came_by=None) & _unwritten(mailbox)))


def _unwritten(mailbox: Mailbox) -> Q:
    """Of tickets without a letter: those of its team, or all that no team's mailbox takes, if it is the first."""
    active = list(Mailbox.objects.filter(is_active=True).order_by("-is_default", "id"))
    of_teams: dict[int, int] = {}
    for each in sorted(active, key=lambda one: one.pk):
        if each.team_id is not None:
            of_teams.setdefault(each.team_id, each.pk)
    own = Q(team__in=[team for team, pk in of_teams.items() if pk == mailbox.pk])
    if active and active[0].pk == mailbox.pk:
        own |= Q(team=None) | ~Q(team__in=of_teams)
    return own

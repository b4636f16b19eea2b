"""Tickets that wait in a team until one of its members gets free (F41)."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.db.models import QuerySet

from okno.core.actor import SYSTEM
from okno.people.models import Team
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import hand_out
from okno.tickets.operations.change import changing
from okno.workflow.rules import State


def waiting_in(team: Team) -> QuerySet[Ticket]:
    """What nobody of the team has and somebody should work on, the most urgent and oldest first."""
    waiting = Ticket.objects.filter(team=team, assignee=None, state__in=[State.NEW, State.OPEN])
    return waiting.order_by("-priority__rank", "created_at", "id")


class NobodyIsFreeError(Exception):
    """Nobody of the team can take a ticket now; what was begun is taken back."""


def give_out_next(team: Team) -> bool:
    """Gives out the first waiting ticket that nobody changes at this moment; false when nobody can take it."""
    with suppress(NobodyIsFreeError), transaction.atomic():
        ticket = waiting_in(team).select_for_update(skip_locked=True, of=("self",)).first()
        if ticket is None:
            return False
        with changing(SYSTEM, "assign", ticket) as locked:
            if not hand_out(locked):
                raise NobodyIsFreeError
        return True
    return False


def give_out_waiting(most: int = 100) -> int:
    """Gives out what waits in the teams that do so by themselves; how many tickets found somebody."""
    given = 0
    for team in Team.objects.filter(is_active=True).exclude(assignment=Team.Assignment.BY_HAND):
        while given < most and give_out_next(team):
            given += 1
    return given

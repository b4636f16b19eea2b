"""What every operation on one ticket does the same way: lock, check, write, count the version, tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import Conflict
from okno.core.notify import changed
from okno.tickets import access
from okno.tickets.calls import live_facts
from okno.tickets.following import columns_of, let_follow
from okno.tickets.models import Ticket

UNSEEN = frozenset({"note", "assign"})
"""What is done to a ticket without its clients learning even that something was done (T21)."""


def lock(ticket: Ticket) -> Ticket:
    """The ticket's row as it is when its turn has come, locked until the transaction ends.

    Nothing is joined to it: after waiting, PostgreSQL compares the fresh row with the joined rows of before
    the wait, and a ticket whose status changed meanwhile would not be found at all.
    """
    return Ticket.objects.select_for_update().get(pk=ticket.pk)


def lock_in_order(ids: Collection[int]) -> None:
    """Locks several tickets that a transaction will change, so that two such transactions wait in turn."""
    if len(ids) > 1:
        list(Ticket.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


@contextmanager
def changing(actor: Actor, verb: str, ticket: Ticket, *, expected_version: int | None = None) -> Iterator[Ticket]:
    """Locks the ticket's row, asks ``access``, hands it out to be changed, then saves it with a new version.

    ``expected_version`` is the version that the actor looked at; when the ticket has moved on since,
    nothing is changed and ``Conflict`` says so (T30).
    """
    with transaction.atomic():
        access.require(actor, verb, ticket)
        locked = lock(ticket)
        if locked.version != ticket.version:  # what others did meanwhile may have taken it out of sight
            access.require(actor, verb, locked)
        if expected_version is not None and locked.version != expected_version:
            raise Conflict(
                _("Somebody changed this ticket while you were looking at it. Look again and repeat."),
                details={"version": locked.version, "expected_version": expected_version},
            )
        before = columns_of(locked)
        yield locked
        let_follow(locked, before)
        locked.version += 1
        locked.activity_at = clock.now()
        locked.save()
        left = {**_left_agents(before, locked), **_left_clients(before, locked)}
        told: dict[str, Any] = {"left": left} if left else {}
        told |= live_facts(locked, before["type_id"])
        changed(f"ticket:{locked.pk}", **told, **({"private": True} if verb in UNSEEN else {}))


def _left_agents(before: Mapping[str, Any], after: Ticket) -> dict[str, object]:
    """Whose ticket it was until now: open pages of those who may no longer see it must hear of it too."""
    agent, team = before["assignee_id"], before["team_id"]
    if (agent, team) == (after.assignee_id, after.team_id):
        return {}
    if agent is None and team is None:
        return {"all": True}
    return {"agents": [agent] if agent else [], "teams": [team] if team else []}


def _left_clients(before: Mapping[str, Any], after: Ticket) -> dict[str, object]:
    """The same for clients: another company has it, or it has become internal."""
    if (before["company_id"], before["is_internal"]) == (after.company_id, after.is_internal):
        return {}
    company = before["company_id"]
    people = after.participants.filter(contact__isnull=False).values_list("contact_id", flat=True)
    return {"companies": [company] if company else [], "contacts": list(people)}

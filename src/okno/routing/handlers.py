"""What routing does when something happens."""

from __future__ import annotations

from collections.abc import Sequence

from okno.core.events import on, on_batch
from okno.core.models import Event
from okno.core.notify import wake
from okno.people import events as of_people
from okno.routing import holders, memory
from okno.routing.choosing import Routing
from okno.tickets import events as of_tickets
from okno.tickets.owners import register_chooser

__all__ = ["holders", "look_again", "somebody_may_be_free"]

register_chooser(Routing())


@on(
    of_people.AGENT_CREATED,
    of_people.AGENT_CHANGED,
    of_people.AGENT_DEACTIVATED,
    of_people.AGENT_REACTIVATED,
    of_people.AGENT_ABSENCE_CHANGED,
    of_people.TEAM_CREATED,
    of_people.TEAM_CHANGED,
    of_people.TEAM_DELETED,
    immediate=True,
)
def look_again(_event: Event) -> None:
    """People changed: what is remembered of them is read anew."""
    memory.forget()


@on_batch(
    of_tickets.STATUS_CHANGED,
    of_tickets.ASSIGNED,
    of_people.AGENT_CHANGED,
    of_people.AGENT_REACTIVATED,
    of_people.AGENT_ABSENCE_CHANGED,
    of_people.TEAM_CHANGED,
)
def somebody_may_be_free(_events: Sequence[Event]) -> None:
    """Somebody has a ticket less, or may have more: what waits in teams is looked through."""
    if any(team.is_automatic for team in memory.TEAMS.all().values()):
        wake("queues")

"""What routing does when something happens."""

from __future__ import annotations

from okno.core.events import on
from okno.core.models import Event
from okno.people import events as of_people
from okno.routing import memory
from okno.routing.choosing import Routing
from okno.tickets.owners import register_chooser

register_chooser(Routing())


@on(
    of_people.AGENT_CREATED,
    of_people.AGENT_CHANGED,
    of_people.AGENT_DEACTIVATED,
    of_people.AGENT_REACTIVATED,
    of_people.TEAM_CREATED,
    of_people.TEAM_CHANGED,
    immediate=True,
)
def look_again(_event: Event) -> None:
    """People changed: what is remembered of them is read anew."""
    memory.forget()

"""Employees and teams that are given something: held as they are until it is written (F154, F161)."""

from __future__ import annotations

from okno.people.models import Agent, Team

_HELD = "SELECT * FROM people_agent WHERE id = %s FOR SHARE"
_HELD_TEAM = "SELECT * FROM people_team WHERE id = %s FOR KEY SHARE"


def held(pk: int) -> Agent | None:
    """The employee as he is now, kept as he is until the transaction ends.

    Any number of transactions hold him at once: two batches that each give tickets to the other's employees never
    wait for each other. Who changes him waits for all of them.
    """
    return next(iter(Agent.objects.raw(_HELD, [pk])), None)


def held_team(pk: int) -> Team | None:
    """The team as it is now, kept from being deleted until the transaction ends. It may change meanwhile."""
    return next(iter(Team.objects.raw(_HELD_TEAM, [pk])), None)

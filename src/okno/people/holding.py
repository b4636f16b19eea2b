"""Employees who are given something: held from being deactivated until it is written (F154)."""

from __future__ import annotations

from okno.people.models import Agent

_HELD = "SELECT * FROM people_agent WHERE id = %s FOR SHARE"


def held(pk: int) -> Agent | None:
    """The employee as he is now, kept as he is until the transaction ends.

    Any number of transactions hold him at once: two batches that each give tickets to the other's employees never
    wait for each other. Who changes him waits for all of them.
    """
    return next(iter(Agent.objects.raw(_HELD, [pk])), None)

"""What the frame around every page of the portal shows: the brand, the menu with its news, the signed-in person."""

from __future__ import annotations

import time
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from okno.core.actor import Actor
from okno.core.brand import Brand, brand
from okno.core.jinja import url
from okno.portal.menu import Item, items
from okno.tickets.filters.counting import counted
from okno.tickets.news import count_of_news, last_event

BEFORE = 3
"""Seconds before the drawing of a page from which its live stream repeats what changed: queries come first."""


class Shell:
    """The frame of a page; what costs a query is asked only when the frame is really drawn."""

    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.request = request
        self.actor = actor
        self.drawn_at = int((time.time() - BEFORE) * 1000)

    @cached_property
    def brand(self) -> Brand:
        return brand()

    @cached_property
    def user(self) -> dict[str, Any]:
        return {"id": f"contact-{self.actor.id}", "name": self.actor.name}

    @cached_property
    def urls(self) -> dict[str, str]:
        return {
            "home": url("portal:requests"),
            "live": "/live",
            "profile": url("account:profile"),
            "language": url("account:language"),
            "signout": url("account_logout"),
            "new": url("portal:request-new"),
        }

    @cached_property
    def path(self) -> str:
        """The page that is open; the menu is fetched again by itself and says where it stands."""
        return self.request.GET.get("at", "") if self.request.path == url("portal:news") else self.request.path

    @cached_property
    def news(self) -> int:
        """How many messages and changes the person has not seen (F21)."""
        return count_of_news(self.actor)

    @cached_property
    def told_until(self) -> int:
        """The last event of which this page need not be told."""
        return last_event()

    @cached_property
    def menu(self) -> list[Item]:
        return items(self.actor, self.path, counted(self.news))


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame for clients' persons; employees have the desk's."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.is_contact:
        return {}
    return {"actor": actor, "shell": Shell(request, actor)}

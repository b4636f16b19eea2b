"""What the frame around every page shows: the sections with their counts, the links, the signed-in person."""

from __future__ import annotations

import time
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.brand import Brand, brand
from okno.core.jinja import url
from okno.knowledge.reading import own_language
from okno.knowledge.search import Hit, find
from okno.tickets.filters import SECTIONS, SectionCount, counted, section_counts
from okno.tickets.rating.showing import RIGHT

ICONS = {
    "active": "icon-[tabler--stack-2]",
    "mine": "icon-[tabler--user]",
    "my_teams": "icon-[tabler--users]",
    "unassigned": "icon-[tabler--inbox]",
    "waiting": "icon-[tabler--clock-pause]",
    "resolved": "icon-[tabler--circle-check]",
    "closed": "icon-[tabler--archive]",
}
MOST_ARTICLES = 4
BEFORE = 3
"""Seconds before the drawing of a page from which its live stream repeats what changed: queries come first."""

KEYS = {"mine": "g m", "my_teams": "g t", "unassigned": "g u", "active": "g a"}


def section_label(section: str) -> str:
    """How a section is called."""
    return str(SECTIONS[section])


def counts_of(request: HttpRequest, actor: Actor) -> dict[str, SectionCount]:
    """The counts of all sections, asked once for a request however many parts of the page show them."""
    counts: dict[str, SectionCount] | None = request.__dict__.get("_section_counts")
    if counts is None:
        counts = request.__dict__["_section_counts"] = section_counts(actor)
    return counts


class NavItem(NamedTuple):
    """A line of the navigation."""

    label: str
    url: str
    icon: str
    current: bool = False
    unread: str = ""
    total: str = ""
    key: str = ""


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
        return {"id": f"agent-{self.actor.id}", "name": self.actor.name}

    @cached_property
    def urls(self) -> dict[str, str]:
        urls = {
            "home": url("desk:tickets"),
            "live": "/live",
            "nav": f"{url('desk:sections')}?at={self.current}",
            "profile": url("account:profile"),
            "language": url("account:language"),
            "signout": url("account_logout"),
            "jump": url("desk:jump"),
            "calls": url("desk:calls"),
        }
        if self.actor.has("tickets.create"):
            urls["new"] = url("desk:ticket-new")
        return urls

    @cached_property
    def current(self) -> str:
        """The section that the page belongs to."""
        if self.request.path == url("desk:sections"):
            return self.request.GET.get("at", "")
        if self.request.path == url("desk:tickets"):
            return self.request.GET.get("section", "" if self.request.GET.get("q") else "active")
        return ""

    @cached_property
    def sections(self) -> list[NavItem]:
        counts = counts_of(self.request, self.actor)
        shown = ["mine", "my_teams", "unassigned", "active", "waiting", "resolved", "closed"]
        return [self._section(name, counts[name]) for name in shown if name in SECTIONS]

    @cached_property
    def knowledge(self) -> NavItem:
        """The way to the knowledge base."""
        place = url("desk:knowledge")
        current = self.request.path.startswith(place)
        return NavItem(_("Knowledge base"), place, "icon-[tabler--book]", current=current, key="g k")

    def articles(self, words: str) -> list[Hit]:
        """The articles that fit what is typed into the jump window."""
        return find(self.actor, words, own_language(), limit=MOST_ARTICLES).hits if words else []

    def _section(self, name: str, count: SectionCount) -> NavItem:
        return NavItem(
            label=section_label(name),
            url=f"{url('desk:tickets')}?section={name}",
            icon=ICONS[name],
            current=self.current == name,
            unread=counted(count.unread),
            total=counted(count.total),
            key=KEYS.get(name, ""),
        )

    @cached_property
    def links(self) -> list[NavItem]:
        links = []
        if settings.DEMO:
            links.append(self._link(_("Demo outbox"), "/outbox/", "icon-[tabler--mailbox]"))
        if self.actor.has("people.view"):
            clients, part = url("desk:companies"), "/clients/"
            links.append(self._link(_("Clients"), clients, "icon-[tabler--address-book]", part, key="g c"))
        if self.actor.has("tickets.view_all"):
            links.append(self._link(_("Time in statuses"), url("desk:times"), "icon-[tabler--chart-bar]"))
        if self.actor.has(RIGHT):
            links.append(self._link(_("Ratings"), url("desk:ratings"), "icon-[tabler--mood-smile]"))
        if any(self.actor.has(right) for right in ("mail.manage", "settings.manage", "agents.manage")):
            links.append(self._link(_("Settings"), url("manage:index"), "icon-[tabler--settings]"))
        return links

    def _link(self, label: str, address: str, icon: str, part: str = "", key: str = "") -> NavItem:
        """A line below the sections; ``part`` is where the addresses of its pages begin, if not as its own."""
        return NavItem(label, address, icon, current=self.request.path.startswith(part or address), key=key)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame for agents; nobody else has one."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.is_agent:
        return {"actor": actor, "shell": None}
    return {"actor": actor, "shell": Shell(request, actor)}

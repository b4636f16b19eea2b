"""Who hears of which change: the same visibility rule as everywhere, asked once for each person and batch."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from okno.account.backend import actor_of
from okno.core.actor import Actor
from okno.core.live import Change
from okno.people.models import User
from okno.tickets import access

FOR_MAIL = frozenset({"deliveries", "letters"})
"""Topics of pages that need the right to manage mail."""


class Hearing:
    """The audience of the live streams, as ``core.live`` asks for it."""

    def person(self, cookies: str) -> Actor | None:
        """The person whose session these cookies name; strangers have no stream."""
        try:
            cookie = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
        except CookieError:
            return None
        if cookie is None:
            return None
        request = HttpRequest()
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(cookie.value)
        user = get_user(request)
        if not isinstance(user, User) or not user.is_active:
            return None
        return actor_of(user)

    def topics(self, actor: Actor, changes: Iterable[Change]) -> list[str]:
        """The topics of these changes that this person may hear of.

        A ticket that he sees, or saw until this change took it out of his sight, also means that his lists
        have changed (``tickets``), and with a request that is processed in a window the header of ours (``calls``).
        Clients do not hear who of ours looks at a ticket, nor of notes and assignments.
        """
        changes = [change for change in changes if actor.is_agent or _is_for_clients(change)]
        ids = {change.number for change in changes if change.kind in {"ticket", "presence"}}
        seen = _visible(actor, ids)
        heard: dict[str, None] = {}
        for change in changes:
            if change.kind in {"ticket", "presence"}:
                if change.number in seen or (change.kind == "ticket" and _lost(actor, change)):
                    heard[change.topic] = None
                    if change.kind == "ticket":
                        heard["tickets"] = None
                        if change.facts.get("calls") and actor.is_agent:
                            heard["calls"] = None
            elif change.topic == f"read:{actor.id}" and actor.is_contact:
                heard[change.topic] = None  # his own marks of reading, made in another window
            elif change.topic in FOR_MAIL and actor.has("mail.manage"):
                heard[change.topic] = None
        return list(heard)


def _is_for_clients(change: Change) -> bool:
    return change.kind == "read" or (change.kind == "ticket" and not change.facts.get("private"))


def _visible(actor: Actor, ids: set[int]) -> set[int]:
    if not ids:
        return set()
    if actor.has("tickets.view_all"):
        return ids
    return set(access.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))


def _lost(actor: Actor, change: Change) -> bool:
    """Whether the ticket was in this person's sight before the change (``left`` names whose it was)."""
    left = change.facts.get("left")
    if not isinstance(left, dict):
        return False
    if actor.is_contact:
        seen = {*actor.open_companies, *actor.supervised}
        return actor.id in left.get("contacts", []) or bool(seen & set(left.get("companies", [])))
    if left.get("all") or actor.id in left.get("agents", []):
        return True
    return bool(set(actor.teams) & set(left.get("teams", [])))

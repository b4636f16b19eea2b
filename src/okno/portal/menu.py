"""The menu of the portal. A part of the portal that has pages of its own adds its entry to ``ENTRIES``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.jinja import url


@dataclass(frozen=True)
class Entry:
    """A place in the menu: the name of its page, how it is called, and to whom it is shown.

    ``within`` is the beginning of all addresses that belong to it.
    """

    view: str
    label: str | Promise
    icon: str
    within: str
    is_shown: Callable[[Actor], bool] = lambda _actor: True
    has_news: bool = False


ENTRIES = [
    Entry("portal:requests", _("My requests"), "icon-[tabler--messages]", "/portal/requests/", has_news=True),
    Entry("portal:journal", _("Journal"), "icon-[tabler--archive]", "/portal/journal/"),
    Entry("help:home", _("Knowledge base"), "icon-[tabler--book]", "/help/"),
]


class Item(NamedTuple):
    """An entry as the page draws it."""

    label: str
    url: str
    icon: str
    current: bool
    news: str = ""


def items(actor: Actor, path: str, news: str) -> list[Item]:
    """The menu for this person on the page of this address."""
    return [
        Item(
            label=str(entry.label),
            url=url(entry.view),
            icon=entry.icon,
            current=path.startswith(entry.within),
            news=news if entry.has_news else "",
        )
        for entry in ENTRIES
        if entry.is_shown(actor)
    ]

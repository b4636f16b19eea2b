"""What uses a category of clients. Packages above register what they hold."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okno.people.models import ClientCategory

Find = Callable[[ClientCategory], tuple[int, list[str]]]
NAMED = 10
_holders: list[tuple[str | Promise, Find]] = []


def register_holder(label: str | Promise, find: Find) -> None:
    """Has a kind of things asked before a category is deleted: how many use it, and the names of some."""
    _holders.append((label, find))


def clients_of(category: ClientCategory) -> tuple[int, list[str]]:
    """The companies of the category."""
    found = category.companies.order_by("name")
    return found.count(), list(found.values_list("name", flat=True)[:NAMED])


def others_of(category: ClientCategory) -> list[tuple[str, int, list[str]]]:
    """What names the category and cannot be given another by itself: rules and their like."""
    found = ((str(label), *find(category)) for label, find in _holders)
    return [each for each in found if each[1]]


def uses_of(category: ClientCategory) -> list[tuple[str, int, list[str]]]:
    """Everything that uses it."""
    count, names = clients_of(category)
    return [*([(_("Clients"), count, names)] if count else []), *others_of(category)]

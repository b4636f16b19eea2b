"""What a token may be limited to. Pure: scopes become rights, and the one visibility rule decides by those."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPES: dict[str, str | Promise] = {
    "tickets:read": _("Read tickets, their conversations and files"),
    "tickets:write": _("Create tickets, answer, write notes; with “read” also change them"),
    "people:read": _("Read companies and contacts"),
    "people:write": _("Create and change companies and contacts"),
    "knowledge:read": _("Read the knowledge base"),
    "knowledge:write": _("With “read” also write, publish and archive articles"),
}

RIGHTS: dict[str, frozenset[str]] = {
    "tickets:read": frozenset({"tickets.view_all"}),
    "tickets:write": frozenset(
        {
            "tickets.create",
            "tickets.answer",
            "tickets.note",
            "tickets.assign",
            "tickets.status",
            "tickets.edit",
        }
    ),
    "people:read": frozenset({"people.view"}),
    "people:write": frozenset({"people.manage"}),
    "knowledge:read": frozenset({"knowledge.view"}),
    "knowledge:write": frozenset({"knowledge.edit"}),
}
"""The rights that each scope lets through; the role of the agent must grant them too."""


def limits_of(scopes: Iterable[str]) -> frozenset[str]:
    """All rights that these scopes let through; a scope that is no more known lets nothing through."""
    return frozenset[str]().union(*(RIGHTS.get(scope, frozenset()) for scope in scopes))

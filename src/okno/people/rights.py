"""The rights that a role may grant, in product words, and the three roles that Okno brings."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from okno.people.rules import Level, Reach, reach_of

RIGHTS = {
    "tickets.view_all": _("See all tickets, not only one's own and one's teams'"),
    "tickets.create": _("Create tickets"),
    "tickets.answer": _("Answer clients"),
    "tickets.note": _("Write private notes"),
    "tickets.assign": _("Assign tickets"),
    "tickets.status": _("Change the status"),
    "tickets.edit": _("Change subject, type, priority, client and watchers"),
    "tickets.secrets": _("Read access details that clients give (every look is written down)"),
    "ratings.view": _("See all ratings, and who gave them"),
    "people.view": _("See companies and contacts"),
    "people.manage": _("Change companies and contacts"),
    "portal.manage": _("Give contacts access to the portal"),
    "mail.manage": _("Mailboxes, deliveries and failed letters"),
    "settings.manage": _("Settings of the whole desk"),
    "agents.manage": _("Employees, teams and roles"),
    "knowledge.manage": _("Every section of the knowledge base, with its rights"),
}

VIEW, VIEW_ALL = "tickets.view", "tickets.view_all"
BY_TICKET = (
    VIEW,
    "tickets.create",
    "tickets.answer",
    "tickets.note",
    "tickets.assign",
    "tickets.status",
    "tickets.edit",
    "tickets.secrets",
)
"""Rights that may reach only so far (see ``people.rules``)."""


def reach_in(rights: Collection[str], right: str) -> Reach:
    """How far a role lets one go with a right over tickets.

    To see every ticket has a name of its own; without a word of it one sees one's own, one's teams' and nobody's.
    """
    if right == VIEW:
        return Reach(Level.ALL) if VIEW_ALL in rights else reach_of(rights, VIEW, usual=Level.TEAM)
    return reach_of(rights, right)


def beyond(mine: Collection[str], given: Collection[str]) -> list[str]:
    """Which of the given rights are more than mine, or reach further."""
    plain = {right for right in given if right in RIGHTS and right not in (*BY_TICKET, VIEW_ALL)}
    further = [right for right in BY_TICKET if _is_further(reach_in(mine, right), reach_in(given, right))]
    return sorted([*(plain - set(mine)), *further])


def _is_further(mine: Reach, given: Reach) -> bool:
    codes = {*mine.by_type, *given.by_type}
    return given.general > mine.general or any(given.in_type(code) > mine.in_type(code) for code in codes)

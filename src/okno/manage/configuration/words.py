"""How the fields of the configuration file are called where a person reads what is changed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "address": _("Address"),
    "after_import": _("After a letter is taken"),
    "agent": _("Employee"),
    "assignment": _("How tickets are given out"),
    "colour": _("Colour"),
    "condition": _("Condition"),
    "counts_in_workload": _("Counts in the workload"),
    "country": _("Country"),
    "days": _("Days that differ"),
    "description": _("Description"),
    "first_answer": _("Who answers first takes the ticket"),
    "folders": _("Folders"),
    "group": _("Group"),
    "hides_owned": _("Taken tickets are hidden from the others"),
    "html": _("Text"),
    "icon": _("Icon"),
    "imap_host": _("IMAP server"),
    "in_client_zone": _("By the clocks of the client"),
    "is_active": _("Active"),
    "is_default": _("Default"),
    "is_enabled": _("Switched on"),
    "is_internal": _("Internal, not shown to clients"),
    "language": _("Language"),
    "lifecycle": _("Lifecycle"),
    "members": _("Members"),
    "most_per_agent": _("Open tickets of one employee, at most"),
    "name": _("Name"),
    "names": _("Name"),
    "note": _("Note"),
    "notified": _("Who is notified"),
    "parent": _("Stands under"),
    "pauses_clock": _("Pauses the clock"),
    "places": _("Statuses"),
    "priority": _("Priority"),
    "rank": _("Rank"),
    "reaction_minutes": _("Reaction, minutes"),
    "region": _("Region"),
    "reopen_days": _("Days for reopening"),
    "resolution_minutes": _("Resolution, minutes"),
    "rights": _("Rights"),
    "schedule": _("Schedule"),
    "shortcut": _("Shortcut"),
    "smtp_host": _("SMTP server"),
    "state": _("State"),
    "target": _("Goes to"),
    "team": _("Team"),
    "trusted_relay": _("Server whose Authentication-Results are believed"),
    "value": _("Value"),
    "warn_minutes": _("Warning, minutes before the end"),
    "warn_percent": _("Warning, percent of the time"),
    "watching_agents": _("Employees who watch"),
    "watching_teams": _("Teams that watch"),
    "ways": _("Transitions"),
    "weekly": _("Hours of the week"),
    "zone": _("Time zone"),
}
"""By the name of the field; one without a word here is told by its name in the file."""


def label_of(name: str) -> str:
    """A field in words."""
    return str(LABELS.get(name, name))

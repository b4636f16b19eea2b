"""What is wrong with a drawn lifecycle, in words and at its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from okno.workflow.rules import Mistake

WORDS = {
    "empty": gettext_noop("Choose the statuses."),
    "no_initial": gettext_noop("Say in which status a ticket begins."),
    "two_initial": gettext_noop("A ticket begins in one status: either “%(status)s” or “%(other)s”."),
    "bad_initial": gettext_noop("A ticket cannot begin as “%(status)s”. Choose a new or an open status."),
    "no_end": gettext_noop("A lifecycle needs a closed status, so that tickets come to an end."),
    "status_twice": gettext_noop("“%(status)s” is there twice."),
    "timer_outside": gettext_noop("“%(status)s” ends in “%(other)s”, which is not in this lifecycle."),
    "timer_wrong": gettext_noop("“%(status)s” cannot end in “%(other)s” by itself."),
    "no_return": gettext_noop("Say to which status a ticket returns that was “%(status)s”."),
    "no_return_held": gettext_noop("Say to which status a request returns whose processing window is left."),
    "bad_held": gettext_noop("Only an open status can be that of a processing window, and “%(status)s” is not."),
    "timer_on_closed": gettext_noop("“%(status)s” is an end: it has no time after which it ends."),
    "needless_hours": gettext_noop("“%(status)s” ends at the chosen moment or with its window, not after hours."),
    "half_timer": gettext_noop("For “%(status)s” say both after how long it ends, and in which status."),
    "bad_hours": gettext_noop("For “%(status)s” choose a time between an hour and a year."),
    "way_twice": gettext_noop("The transition from “%(status)s” to “%(other)s” is there twice."),
    "way_to_itself": gettext_noop("“%(status)s” does not lead to itself."),
    "way_outside": gettext_noop(
        "A transition leads from “%(status)s” to “%(other)s”; not both are in this lifecycle."
    ),
    "way_for_nobody": gettext_noop(
        "Nobody may go from “%(status)s” to “%(other)s”: choose employees or the client."
    ),
    "way_not_for_clients": gettext_noop("Clients cannot go from “%(status)s” to “%(other)s”."),
    "unreachable": gettext_noop("No transition leads to “%(status)s”."),
    "closed_unreachable": gettext_noop("No transition leads to “%(status)s”, so nothing is ever closed by it."),
    "no_way_out": gettext_noop(
        "From “%(status)s” no way leads to a closed status: tickets would stay there for ever."
    ),
    "reopening_without_way": gettext_noop(
        "Nothing leads out of “%(status)s”. Set the days of reopening to 0: closed is final."
    ),
}


def words_of(mistake: Mistake, names: Mapping[str, str]) -> str:
    """The mistake as a sentence; ``names`` are those of the statuses, by code."""
    facts = {
        "status": names.get(mistake.status, mistake.status),
        "other": names.get(mistake.other, mistake.other),
    }
    return _(WORDS[mistake.kind]) % facts


def by_field(mistakes: Iterable[Mistake], names: Mapping[str, str]) -> dict[str, list[str]]:
    """The mistakes at ``places``, ``ways`` and ``reopen_days``."""
    fields: dict[str, list[str]] = {}
    for mistake in mistakes:
        field = "ways" if mistake.kind.startswith("way") else "places"
        field = "reopen_days" if mistake.kind == "reopening_without_way" else field
        fields.setdefault(field, []).append(words_of(mistake, names))
    return fields

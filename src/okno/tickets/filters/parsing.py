"""Reading a list query from the parameters of an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal, cast

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from okno.core.faults import Invalid
from okno.core.named import Named
from okno.tickets.filters.ticket_filter import SECTIONS, SORTS, Person, TicketFilter
from okno.tickets.rating.rules import Level
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State

LARGEST_ID = 2**63 - 1


class Reading:
    """The parameters and the mistakes found in them so far."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self.given = given
        self.problems: dict[str, list[str]] = {}

    def refuse(self, name: str, message: str) -> None:
        """Notes a mistake at a parameter."""
        self.problems.setdefault(name, []).append(message)

    def choice(self, name: str, offered: Iterable[str], default: str) -> str:
        """One of several words."""
        value = self.given.get(name, "").strip() or default
        if value != default and value not in offered:
            self.refuse(name, _("Choose one of: %(words)s.") % {"words": ", ".join(offered)})
            return default
        return value

    def states(self) -> tuple[str, ...]:
        """Codes of states."""
        words = self._words("state")
        known = {state.value for state in State}
        for word in words:
            if word not in known:
                self.refuse("state", _("Choose one of: %(words)s.") % {"words": ", ".join(State)})
        return tuple(word for word in words if word in known)

    def ratings(self) -> tuple[str, ...]:
        """What the clients think: bad, neutral, good."""
        words, known = self._words("rating"), [level.code for level in Level]
        for word in words:
            if word not in known:
                self.refuse("rating", _("Choose one of: %(words)s.") % {"words": ", ".join(known)})
        return tuple(word for word in words if word in known)

    def codes(self, name: str, model: type[Named]) -> tuple[str, ...]:
        """Codes of configured rows: statuses, types, priorities."""
        words = self._words(name)
        if not words:
            return ()
        rows = cast("type[Status]", model).objects
        known = set(rows.filter(code__in=words).values_list("code", flat=True))
        for word in words:
            if word not in known:
                self.refuse(name, _("There is no “%(code)s”.") % {"code": word})
        return tuple(word for word in words if word in known)

    def number(self, name: str) -> int | None:
        """The id of a row."""
        value = self.given.get(name, "").strip()
        if not value:
            return None
        if value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST_ID:
            return int(value)
        self.refuse(name, _("Write the id, a whole number."))
        return None

    def assignee(self) -> Person | None:
        """An agent's id, oneself, or nobody."""
        match self.given.get("assignee", "").strip():
            case "me":
                return "me"
            case "none":
                return "none"
        return self.number("assignee")

    def team(self) -> int | Literal["none"] | None:
        """A team's id, or no team."""
        return "none" if self.given.get("team", "").strip() == "none" else self.number("team")

    def flag(self, name: str) -> bool:
        """Yes or no; nothing is no."""
        value = self.given.get(name, "").strip().lower()
        if value not in {"", "0", "1", "true", "false"}:
            self.refuse(name, _("Write true or false."))
        return value in {"1", "true"}

    def moment(self, name: str) -> datetime | None:
        """A moment in ISO 8601 (RFC 3339); one without a zone is taken as UTC."""
        value = self.given.get(name, "").strip().replace(" ", "+")
        if not value:
            return None
        try:
            moment = parse_datetime(value)
        except ValueError:
            moment = None
        if moment is None:
            self.refuse(name, _("Write a date and time such as 2026-03-01T09:30:00Z."))
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _words(self, name: str) -> list[str]:
        words = [word.strip() for word in self.given.get(name, "").split(",")]
        return list(dict.fromkeys(word for word in words if word))


def parse(given: Mapping[str, str]) -> TicketFilter:
    """The list query that an address asks for; mistakes are named parameter by parameter (``Invalid``)."""
    read = Reading(given)
    chosen = TicketFilter(
        section=read.choice("section", SECTIONS, ""),
        states=read.states(),
        statuses=read.codes("status", Status),
        types=read.codes("type", TicketType),
        priorities=read.codes("priority", Priority),
        assignee=read.assignee(),
        team=read.team(),
        contact=read.number("contact"),
        company=read.number("company"),
        ratings=read.ratings(),
        unread=read.flag("unread"),
        updated_since=read.moment("updated_since"),
        q=" ".join(given.get("q", "").replace("\x00", " ").split())[:500],
        sort=read.choice("sort", [sign + name for name in SORTS for sign in ("-", "")], "-activity"),
    )
    if read.problems:
        raise Invalid(read.problems)
    return chosen

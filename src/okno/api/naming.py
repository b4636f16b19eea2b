"""From ids and codes in a request to the rows they name; what names nothing is a mistake at its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Agent, Company, Contact, Team
from okno.tickets.models import Ticket
from okno.workflow.models import Impact, Priority, Service, TicketType, Urgency


class Names:
    """The rows that a request names, and the mistakes found so far; ``check`` refuses when there are any."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.problems: dict[str, list[str]] = {}

    def refuse(self, field: str, message: str) -> None:
        """Notes a mistake at a field."""
        self.problems.setdefault(field, []).append(message)

    def agent(self, field: str, pk: int | None) -> Agent | None:
        """An agent, active or not: the operation says what a deactivated one may be."""
        return self._row(field, Agent, {"pk": pk})

    def team(self, field: str, pk: int | None) -> Team | None:
        """A team."""
        return self._row(field, Team, {"pk": pk})

    def contact(self, field: str, pk: int | None, present: Contact | None = None) -> Contact | None:
        """A contact whom the caller sees; ``present`` is the one who is named there already and may stay."""
        if present is not None and present.pk == pk:
            return present
        return self._one(field, lambda: contacts_visible_to(self.actor), {"pk": pk})

    def company(self, field: str, pk: int | None, present: Company | None = None) -> Company | None:
        """A company that the caller sees, or the one that is named there already."""
        if present is not None and present.pk == pk:
            return present
        return self._one(field, lambda: companies_visible_to(self.actor), {"pk": pk})

    def kind(self, field: str, code: str | None) -> TicketType | None:
        """A type that may be chosen."""
        return self._row(field, TicketType, {"code": code, "is_active": True})

    def priority(self, field: str, code: str | None) -> Priority | None:
        """A priority that may be chosen."""
        return self._row(field, Priority, {"code": code, "is_active": True})

    def level[Level: (Impact, Urgency, Service)](
        self, field: str, model: type[Level], code: str | None
    ) -> Level | None:
        """An impact, an urgency or a service that may be chosen."""
        return self._row(field, model, {"code": code, "is_active": True})

    def check(self) -> None:
        """Refuses when something was named that is not there."""
        if self.problems:
            raise Invalid(self.problems)

    def _row[M: Model](self, field: str, model: type[M], wanted: dict[str, Any]) -> M | None:
        return self._one(field, cast("Any", model).objects.all, wanted)

    def _one[M: Model](self, field: str, rows: Callable[[], QuerySet[M]], wanted: dict[str, Any]) -> M | None:
        if next(iter(wanted.values())) is None:
            return None
        found = next(iter(rows().filter(**wanted).order_by()), None)
        if found is None:
            self.refuse(field, _("There is no such row, or it cannot be chosen."))
        return found


def expected_version(request: HttpRequest, given: int | None) -> int | None:
    """The version that the caller looked at, from ``If-Match`` or the field ``version``."""
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return given
    text = header.removeprefix("W/").strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid({"If-Match": [_('Write the version of the ticket in quotes, such as "3".')]})
    if given is not None and given != int(text):
        raise Invalid({"version": [_("If-Match names another version.")]})
    return int(text)


def refuse_stale(ticket: Ticket, expected: int | None) -> None:
    """For a change that touches nothing: the version must fit all the same."""
    if expected is not None and ticket.version != expected:
        raise Conflict(
            _("Somebody changed this ticket while you were looking at it. Look again and repeat."),
            details={"version": ticket.version, "expected_version": expected},
        )


def refuse_unknown(request: HttpRequest, known: Sequence[str]) -> None:
    """A mistyped parameter is refused rather than silently ignored."""
    unknown = [name for name in request.GET if name not in known]
    if unknown:
        raise Invalid({name: [_("There is no such parameter.")] for name in unknown})

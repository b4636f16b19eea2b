"""What conditions are told of a ticket, stored or only imagined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from okno.core import clock
from okno.tickets.conditions.fields import Field
from okno.tickets.models import Channel, Ticket
from okno.workflow.selection import default_priority, default_type, initial_status


class Facts:
    """A ticket as conditions see it at a moment; each fact is read once, when it is first asked for.

    ``given`` says facts by name (see ``Field.fact``) instead of the ticket: for one that is imagined.
    """

    def __init__(
        self, ticket: Ticket, *, now: datetime | None = None, given: Mapping[str, object] | None = None
    ) -> None:
        self.ticket = ticket
        self.now = now or clock.now()
        self._known: dict[str, object] = dict(given or {})

    def of(self, field: Field) -> object:
        """The value of a field."""
        name = field.fact or field.key
        if name not in self._known:
            self._known[name] = field.read(self.ticket)
        return self._known[name]


def imagined(*, now: datetime | None = None, given: Mapping[str, object] | None = None, **columns: Any) -> Facts:
    """The facts of a ticket that does not exist, for "which rule would match?".

    Columns are those of ``Ticket``; what is not said is as with a new ticket from the desk, registered now.
    """
    moment = now or clock.now()
    kind = columns.pop("type", None) or default_type()
    status = columns.pop("status", None) or initial_status(kind)
    said = {
        "type": kind,
        "is_internal": kind.is_internal,
        "priority": columns.pop("priority", None) or default_priority(),
        "status": status,
        "state": status.state,
        "channel": Channel.DESK,
        "created_at": moment,
        **columns,
    }
    return Facts(Ticket(**said), now=moment, given=given)

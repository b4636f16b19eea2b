"""The rows of the list as the template draws them: names instead of ids, words instead of codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.jinja import timeago
from okno.desk.promises import Chip, chip
from okno.desk.tickets.columns import USUAL, Cells, cells_of
from okno.desk.tickets.notes import notes_of
from okno.desk.timeline import channel_icon, channel_label
from okno.people.models import label_of
from okno.people.photos import photo_of
from okno.tickets.filters import Line
from okno.tickets.rating.rules import Level
from okno.tickets.rating.wording import LEVELS
from okno.workflow.catalogue import PRIORITIES, STATUSES
from okno.workflow.models import Priority, Status
from okno.workflow.rules import State


class Row(NamedTuple):
    """All that a row shows, and nothing else: rows with equal values look the same."""

    number: int
    subject: str
    is_unread: bool
    priority: tuple[str, str]
    company: str | None
    client: str | None
    is_contact: bool
    status: tuple[str, str]
    note: str
    channel: tuple[str, str]
    assignee_id: int | None
    assignee: str | None
    picture: str
    team: str | None
    due: Chip | None
    at: datetime
    ago: str
    layout: tuple[str, ...]
    created: datetime | None
    cells: Cells
    rating: tuple[int, str] | None


def rows(
    actor: Actor, lines: Sequence[Line], layout: tuple[str, ...] = USUAL, *, with_ratings: bool = True
) -> list[Row]:
    """The rows of these tickets in the language of the reader, with the columns that he has chosen."""
    rating = cache(lambda level: (level, _("Rating: %(word)s") % {"word": LEVELS[Level(level)]}))
    status = cache(lambda pk: mark(STATUSES.of(pk)))
    priority = cache(lambda pk: mark(PRIORITIES.of(pk)))
    now, notes = clock.now(), notes_of(lines)
    channel = cache(lambda code: (channel_icon(code), channel_label(code)))
    return [
        Row(
            number=line.number,
            subject=line.subject,
            is_unread=line.is_news and line.state != State.CLOSED,
            priority=priority(line.priority_id),
            company=line.company,
            client=line.agent_contact if line.contact is None else line.contact,
            is_contact=line.contact is not None,
            status=status(line.status_id),
            note=notes.get(line.id, ""),
            channel=channel(line.channel),
            assignee_id=line.assignee_id,
            assignee=line.assignee,
            picture=photo_of(line.assignee_id),
            team=line.team and label_of({"name": line.team, "names": json.loads(line.team_names or "{}")}),
            due=chip(line, line.time_zone or "", now),
            at=line.activity_at,
            ago=timeago(line.activity_at, short=True),
            layout=layout,
            created=line.created_at if "created" in layout else None,
            cells=cells,
            rating=rating(line.rating) if line.rating and with_ratings else None,
        )
        for line, cells in zip(lines, cells_of(actor, lines, layout), strict=True)
    ]


def mark(row: Status | Priority) -> tuple[str, str]:
    """Its name in the language of the reader, and its colour."""
    return row.name, row.colour

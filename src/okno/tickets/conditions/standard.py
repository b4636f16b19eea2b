"""The fields that every installation has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from babel.dates import get_day_names
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from okno.core.jinja import current_locale
from okno.core.remembered import Memory
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Agent, ClientCategory, Company, Contact, Team
from okno.tickets.conditions.fields import Field, register
from okno.tickets.conditions.rules.kinds import Kind
from okno.tickets.conditions.rules.tree import Clause, Operator, Value
from okno.tickets.conditions.sources import Catalogue, Fixed, References
from okno.tickets.models import Channel, Ticket, Watcher
from okno.tickets.rating.rules import Level
from okno.tickets.rating.wording import LEVELS
from okno.workflow.catalogue import PRIORITIES, SERVICES, STATUSES, TYPES
from okno.workflow.rules import State

TICKET, CLIENT, WORK, REGISTRATION = _("Ticket"), _("Client"), _("Who works on it"), _("Registration")
CATEGORIES = Memory(ClientCategory)
COMPANIES = References(Company, visible=companies_visible_to)
CONTACTS = References(Contact, visible=contacts_visible_to, known_by="addresses__address")
TEAMS = References(
    Team, visible=lambda _actor: Team.objects.all(), offered=lambda: Team.objects.filter(is_active=True)
)
AGENTS = References(
    Agent,
    visible=lambda _actor: Agent.objects.all(),
    offered=lambda: Agent.objects.filter(is_active=True),
    known_by="user__email",
)


def states() -> list[tuple[str, str]]:
    """What a status can stand for, in words."""
    words = {
        State.NEW: pgettext("state of a ticket", "new"),
        State.OPEN: pgettext("state of a ticket", "open"),
        State.WAITING: pgettext("state of a ticket", "waiting for client"),
        State.POSTPONED: pgettext("state of a ticket", "postponed"),
        State.RESOLVED: pgettext("state of a ticket", "resolved"),
        State.CLOSED: pgettext("state of a ticket", "closed"),
    }
    return [(state.value, name) for state, name in words.items()]


def days() -> list[tuple[int, str]]:
    """Monday to Sunday in the language of the reader, numbered as in ISO 8601."""
    names = get_day_names("wide", context="stand-alone", locale=current_locale())
    return [(number + 1, names[number]) for number in range(7)]


class Levels(Fixed):
    """What ratings come to: words for people and stored conditions, numbers in the database."""

    def columns(self, values: Iterable[Value]) -> list[Any]:
        wanted = set(values)
        return [level.value for level in Level if level.code in wanted]


def category_of(ticket: Ticket) -> str | None:
    """The category of the client's company."""
    category = ticket.company.category if ticket.company else None
    return category.code if category else None


def watchers_of(ticket: Ticket) -> frozenset[int]:
    """The agents who follow the ticket; nobody follows one that is only imagined."""
    if ticket.pk is None:
        return frozenset()
    return frozenset(watcher.agent_id for watcher in ticket.watchers.all() if watcher.agent_id)


def ask_watchers(clause: Clause, _now: datetime) -> Q:
    """A row of its own for each agent who is asked for."""
    rows = Watcher.objects.filter(ticket=OuterRef("pk"))
    agents = [int(value) for value in clause.values]
    if clause.operator is Operator.FILLED:
        return Q(Exists(rows.filter(agent__isnull=False)))
    if clause.operator is Operator.ANY_OF:
        return Q(Exists(rows.filter(agent__in=agents)))
    every = Q(pk__isnull=False)
    for agent in agents:
        every &= Q(Exists(rows.filter(agent=agent)))
    return every


def _id_of(name: str) -> Callable[[Ticket], int | None]:
    def read(ticket: Ticket) -> int | None:
        found: int | None = getattr(ticket, f"{name}_id")
        return found

    return read


def _of_ticket() -> Iterable[Field]:
    yield Field(
        key="type", label=_("Type"), section=TICKET, kind=Kind.CHOICE, source=Catalogue(TYPES), column="type_id",
        read=lambda ticket: ticket.type.code,
    )  # fmt: skip
    yield Field(
        key="priority", label=_("Priority"), section=TICKET, kind=Kind.CHOICE, ordered=True, column="priority_id",
        source=Catalogue(PRIORITIES, rank=lambda row: row.rank), read=lambda ticket: ticket.priority.code,
    )  # fmt: skip
    yield Field(
        key="service", label=_("Service"), section=TICKET, kind=Kind.CHOICE, optional=True, column="service_id",
        source=Catalogue(SERVICES), read=lambda ticket: ticket.service.code if ticket.service else None,
    )  # fmt: skip
    yield Field(
        key="status", label=_("Status"), section=TICKET, kind=Kind.CHOICE, source=Catalogue(STATUSES),
        column="status_id", read=lambda ticket: ticket.status.code,
    )  # fmt: skip
    yield Field(
        key="state", label=_("State"), section=TICKET, kind=Kind.CHOICE, column="state",
        source=Fixed(states),
        read=lambda ticket: str(ticket.state),
    )  # fmt: skip
    yield Field(
        key="subject", label=_("Subject"), section=TICKET, kind=Kind.TEXT, column="subject",
        read=lambda ticket: ticket.subject,
    )  # fmt: skip
    yield Field(
        key="reopenings", label=_("Reopenings"), section=TICKET, kind=Kind.NUMBER, column="reopenings",
        read=lambda ticket: ticket.reopenings,
    )  # fmt: skip
    yield Field(
        key="rating", label=_("Rating of the solution"), section=TICKET, kind=Kind.CHOICE, optional=True,
        column="rating", source=Levels(lambda: [(level.code, LEVELS[level]) for level in Level]),
        read=lambda ticket: Level(ticket.rating).code if ticket.rating else None,
    )  # fmt: skip
    yield Field(
        key="internal", label=_("Internal, not shown to clients"), section=TICKET, kind=Kind.FLAG,
        column="is_internal", read=lambda ticket: ticket.is_internal,
    )  # fmt: skip


def _of_people() -> Iterable[Field]:
    yield Field(
        key="category", label=_("Client category"), section=CLIENT, kind=Kind.CHOICE, optional=True,
        source=Catalogue(CATEGORIES), column="company__category_id", read=category_of,
    )  # fmt: skip
    yield Field(
        key="company", label=_("Company"), section=CLIENT, kind=Kind.REFERENCE, optional=True, source=COMPANIES,
        column="company_id", read=_id_of("company"),
    )  # fmt: skip
    yield Field(
        key="contact", label=_("Contact"), section=CLIENT, kind=Kind.REFERENCE, optional=True, source=CONTACTS,
        column="contact_id", read=_id_of("contact"),
    )  # fmt: skip
    yield Field(
        key="team", label=_("Team"), section=WORK, kind=Kind.REFERENCE, optional=True, source=TEAMS,
        column="team_id", read=_id_of("team"),
    )  # fmt: skip
    yield Field(
        key="assignee", label=_("Assignee"), section=WORK, kind=Kind.REFERENCE, optional=True, source=AGENTS,
        column="assignee_id", read=_id_of("assignee"),
    )  # fmt: skip
    yield Field(
        key="watcher", label=_("Watcher"), section=WORK, kind=Kind.MULTIPLE, optional=True, source=AGENTS,
        ask=ask_watchers, read=watchers_of,
    )  # fmt: skip


def _of_registration() -> Iterable[Field]:
    yield Field(
        key="channel", label=_("Way of registration"), section=REGISTRATION, kind=Kind.CHOICE, column="channel",
        source=Fixed(lambda: Channel.choices), read=lambda ticket: str(ticket.channel),
    )  # fmt: skip
    yield Field(
        key="created_by", label=_("Registered by"), section=REGISTRATION, kind=Kind.REFERENCE, optional=True,
        source=AGENTS, column="created_by_agent_id", read=_id_of("created_by_agent"),
    )  # fmt: skip
    labels = {
        "registered_weekday": (_("Weekday of registration"), Kind.WEEKDAY, Fixed(days)),
        "registered_hours": (_("Time of registration"), Kind.HOURS, None),
        "registered_on": (_("Date of registration"), Kind.DATE, None),
    }
    for key, (label, kind, source) in labels.items():
        yield Field(
            key=key, label=label, section=REGISTRATION, kind=kind, source=source, column="created_at",
            fact="registered", read=lambda ticket: ticket.created_at,
        )  # fmt: skip


for _field in (*_of_ticket(), *_of_people(), *_of_registration()):
    register(_field)

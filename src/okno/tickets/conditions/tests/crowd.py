"""Sixty tickets as unlike each other as they can be, for asking conditions of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from random import Random

from okno.fields.catalogue import ATTRIBUTES
from okno.fields.models import Attribute
from okno.people.models import Agent, ClientCategory
from okno.testing.cast import Cast
from okno.tickets.models import Channel, Ticket, Watcher
from okno.workflow.models import Priority, Status, TicketType

NOW = datetime(2026, 4, 3, 12, 0, tzinfo=UTC)
MOMENTS = [
    datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC),  # Kyiv and Warsaw: a moment before the clocks go forward
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    datetime(2025, 10, 26, 0, 30, tzinfo=UTC),  # the hour that comes twice, for the first time
    datetime(2025, 10, 26, 1, 30, tzinfo=UTC),  # ... and again
    datetime(2026, 3, 8, 6, 59, tzinfo=UTC),  # New York
    datetime(2026, 3, 8, 7, 0, tzinfo=UTC),
    datetime(2026, 4, 4, 15, 15, tzinfo=UTC),  # Lord Howe goes back by half an hour
    datetime(2026, 4, 4, 14, 45, tzinfo=UTC),
    datetime(2014, 10, 25, 22, 0, tzinfo=UTC),  # Moscow leaves summer time for good
    datetime(2025, 12, 31, 22, 0, tzinfo=UTC),  # midnight of the new year in Kyiv
    datetime(2025, 12, 31, 23, 0, tzinfo=UTC),  # ... in Warsaw
    datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
    datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC),
    NOW - timedelta(days=1),
    NOW - timedelta(days=7, microseconds=-1),
    NOW,
]
SUBJECTS = [
    "Printer on the second floor",
    "Принтер не печатает ещё с утра",
    "ПРИНТЕР: мятая бумага",
    "Łódź: VPN drops [urgent]",
    "100% CPU, path C:\\temp (again?)",
    "Ґанок і вхід",
    "ещё раз: e-mail",
    "STRASSE and Straße",
    "İstanbul",
    "a.b*c+d{2}^$|",
    "",
]
COUNT = 60


VALUES: dict[str, list[object]] = {
    "model": SUBJECTS[:-1],
    "copies": [-1, 0, 2, 2.5, 3.0],
    "until": ["2025-12-31", "2026-03-28", "2026-04-02", "2026-04-03", "2026-04-04"],
    "class": ["gold", "silver", "old"],
    "parts": [["red"], ["red", "green"], ["green", "old"]],
    "agreed": [True],
    "act": ["token"],
}


def define_attributes(cast: Cast) -> Callable[[Random], dict[str, object]]:
    """An attribute of each kind; the function draws values of some of them."""
    kinds = {"model": "line", "copies": "number", "until": "date", "class": "list", "parts": "multiple"}
    rows = {**kinds, "agreed": "checkbox", "act": "file", "engineer": "person"}
    codes = {"class": ("gold", "silver", "old"), "parts": ("red", "green", "old")}
    for code, kind in rows.items():
        options = [
            {"code": each, "names": {"en": each}, "is_active": each != "old"} for each in codes.get(code, ())
        ]
        Attribute.objects.create(code=code, target="ticket", kind=kind, names={"en": code}, options=options)
    Attribute.objects.create(code="workplaces", target="company", kind="number", names={"en": "Workplaces"})
    Attribute.objects.create(code="vip", target="contact", kind="checkbox", names={"en": "VIP"})
    ATTRIBUTES.forget()
    drawn = {**VALUES, "engineer": [cast.olena.pk, cast.marek.pk]}
    return lambda chance: {code: chance.choice(some) for code, some in drawn.items() if chance.random() < 0.6}


def make_crowd(cast: Cast) -> list[Ticket]:
    """Writes the tickets with all that conditions ask of; the first combinations are the poorest."""
    chance = Random(7)
    agents: list[Agent | None] = [None, cast.olena, cast.taras, cast.marek]
    cast.kawa.category = ClientCategory.objects.get(code="vip")
    cast.kawa.save()
    attributes = define_attributes(cast)
    for company in (cast.kawa, cast.nordwind):
        company.attributes = {"workplaces": chance.choice([1, 12.5])}
        company.save()
    cast.marta.attributes = {"vip": True}
    cast.marta.save()
    statuses, types = list(Status.objects.all()), list(TicketType.objects.all())
    priorities = list(Priority.objects.all())
    tickets = []
    for number, moment in enumerate(islice(cycle(MOMENTS), COUNT)):
        status, kind = chance.choice(statuses), chance.choice(types)
        ticket = Ticket(
            number=5000 + number,
            subject=SUBJECTS[number % len(SUBJECTS)],
            type=kind,
            is_internal=kind.is_internal,
            status=status,
            state=status.state,
            priority=chance.choice(priorities),
            company=chance.choice([None, cast.kawa, cast.nordwind]),
            contact=chance.choice([None, cast.marta, cast.jan, cast.anna]),
            assignee=chance.choice(agents),
            team=chance.choice([None, cast.first_line, cast.second_line]),
            created_by_agent=chance.choice(agents),
            channel=chance.choice(Channel.values),
            reopenings=chance.choice([0, 0, 1, 3]),
            attributes=attributes(chance),
            created_at=moment + timedelta(minutes=chance.choice([0, 0, 17, 600])),
        )
        tickets.append(ticket)
    Ticket.objects.bulk_create(tickets)
    watchers = []
    for ticket in tickets:
        following = chance.sample([cast.olena, cast.taras, cast.marek], chance.randint(0, 3))
        watchers += [Watcher(ticket=ticket, agent=agent) for agent in following]
        if chance.random() < 0.3:
            watchers.append(Watcher(ticket=ticket, team=cast.first_line))
    Watcher.objects.bulk_create(watchers)
    related = ("type", "status", "priority", "company__category", "contact")
    made = Ticket.objects.filter(number__gte=5000)
    return list(made.select_related(*related).prefetch_related("watchers").order_by("number"))

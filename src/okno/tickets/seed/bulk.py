"""Tickets in bulk, for measuring: a hundred thousand with three messages each in less than two minutes.

They go past the operations, by COPY, and look as if these had written them: messages, participants, status
intervals, events, search rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management.color import no_style
from django.db import connection, connections, transaction

from okno.calendars.loading import default_schedule, rules_of
from okno.core import clock
from okno.core.models import Event
from okno.tickets import events as kinds
from okno.tickets.models import Message, Participant, StatusInterval, Ticket, TicketSearch
from okno.tickets.search import Document, learn
from okno.tickets.search.days import day_of
from okno.tickets.search.documents import Pieces
from okno.tickets.seed.chance import Chance
from okno.tickets.seed.copying import NULL, Load, Table, escaped, moment
from okno.tickets.seed.crowd import Crowd, Person, gather
from okno.tickets.seed.fate import Fate, fate_of
from okno.tickets.working_time import working_seconds
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State

BATCH = 5000
MANY = 20_000
YEARS = timedelta(days=730)
PRIORITIES = [("low", 15), ("normal", 60), ("high", 20), ("critical", 5)]
TYPES = [("incident", 45), ("request", 35), ("question", 20)]
CHANNELS = [("email", 80), ("desk", 15), ("api", 5)]


def seed_tickets(
    count: int, *, messages: int = 3, seed: int = 1, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Writes so many tickets with so many messages each; ``progress`` hears how many are there.

    While one batch is sent, the next is made: the two halves of the work keep a core each busy.
    """
    chance = Chance(seed)
    with transaction.atomic():
        crowd = gather(chance, count)
    writer = _Writer(chance, crowd, count, messages)
    with _index_made_at_once(count), ThreadPoolExecutor(1, initializer=_hasten) as sender:
        sending: Future[None] | None = None
        try:
            for start in range(0, count, BATCH):
                end = min(start + BATCH, count)
                batch = writer.make(start, end)
                if sending:
                    sending.result()
                sending = sender.submit(batch.send)
                progress(end)
            if sending:
                sending.result()
        finally:
            sender.submit(connections.close_all).result()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


@contextmanager
def _index_made_at_once(count: int) -> Iterator[None]:
    """For very many rows the index of search is made anew behind them, which costs a third of adding each."""
    if count < MANY:
        yield
        return
    index = next(index for index in TicketSearch._meta.indexes if index.name == "search_vector")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS search_vector")
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            editor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            editor.add_index(TicketSearch, index)


def _hasten() -> None:
    """What a crash takes can be made again, so no commit waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


@dataclass(frozen=True)
class _Batch:
    """Rows of some thousand tickets, and the words of their search rows."""

    loads: list[Load]
    words: set[str]

    def send(self) -> None:
        """All of it in one transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            for load in self.loads:
                load.send()
            learn(self.words)
            for statement in connection.ops.sequence_reset_sql(no_style(), [Ticket, Message]):
                cursor.execute(statement)


class _Writer:
    """Makes rows, ticket by ticket."""

    def __init__(self, chance: Chance, crowd: Crowd, count: int, messages: int) -> None:
        self.chance, self.crowd, self.count, self.per_ticket = chance, crowd, count, messages
        self.end = clock.now()
        self.schedule = rules_of(default_schedule())
        self.types = {each.code: str(each.pk) for each in TicketType.objects.all()}
        self.priorities = {each.code: str(each.pk) for each in Priority.objects.all()}
        self.statuses = {each.state: each for each in Status.objects.filter(is_default=True)}
        self.ticket_id, self.message_id = _next_id(Ticket), _next_id(Message)
        self.number = _take_numbers(count)
        self.tickets = Table(
            Ticket,
            "id", "number", "subject", "type_id", "status_id", "state", "priority_id", "company_id", "contact_id",
            "assignee_id", "team_id", "channel", "is_news", "message_count", "created_at", "activity_at", "resolved_at",
            "closed_at",
        )  # fmt: skip
        self.messages = Table(
            Message,
            "id", "ticket_id", "is_public", "author_kind", "agent_id", "contact_id", "author_name", "channel", "text",
            "created_at",
        )  # fmt: skip
        self.participants = Table(
            Participant, "ticket_id", "address", "name", "contact_id", "is_requester", "is_confirmed", "is_proven"
        )
        self.intervals = Table(StatusInterval, "ticket_id", "status_id", "entered_at", "left_at", "working_seconds")
        self.events = Table(
            Event,
            "kind", "object_kind", "object_id", "data", "actor_kind", "actor_id", "actor_name", "at", "handled_at",
        )  # fmt: skip
        self.search = Table(TicketSearch, "ticket_id", "day", "vector")
        self.words: set[str] = set()

    def make(self, first: int, last: int) -> _Batch:
        """The tickets of these places."""
        for place in range(first, last):
            self._ticket(place)
        tables = (self.tickets, self.messages, self.participants, self.intervals, self.events, self.search)
        words, self.words = self.words, set()
        return _Batch([table.take() for table in tables], words)

    def _ticket(self, place: int) -> None:
        chance = self.chance.random
        share = place / self.count
        start = self.end - YEARS * (1 - share) - timedelta(seconds=chance.random() * 60 + 1)
        fate = fate_of(chance, share, start, self.end, self.per_ticket)
        person = self.crowd.people[int(len(self.crowd.people) * chance.random() ** 2)]
        agent = None if fate.state is State.NEW and chance.random() < 0.7 else chance.choice(self.crowd.agents)
        code = f"SN-{self.number + place}-{chance.randrange(100, 999)}"
        subject = self.chance.subject(person.phrases)
        texts, from_client = self._conversation(person, agent, fate, code)
        active = max(fate.messages[-1], fate.states[-1][1])
        self.tickets.add(
            str(self.ticket_id),
            str(self.number + place),
            escaped(subject.shown),
            self.types[_one_of(chance.choices, TYPES)],
            str(self.statuses[fate.state].pk),
            fate.state,
            self.priorities[_one_of(chance.choices, PRIORITIES)],
            str(person.company),
            str(person.id),
            str(agent[0]) if agent else NULL,
            str(agent[2]) if agent else NULL,
            _one_of(chance.choices, CHANNELS),
            "t" if fate.state is State.NEW or (from_client and fate.state is not State.CLOSED) else "f",
            str(self.per_ticket),
            moment(start),
            moment(active),
            moment(fate.since(State.RESOLVED)),
            moment(fate.since(State.CLOSED)),
        )
        self.participants.add(
            str(self.ticket_id), person.address, escaped(person.name), str(person.id), "t", "t", "t"
        )
        self._intervals(fate)
        self._happenings(fate, person, agent)
        day = day_of(active)
        known = Document(self.number + place, subject.words[0], day, people=person.names, texts=texts)
        vector = known.vector()
        self.words.update(vector.words)
        self.search.add(str(self.ticket_id), str(day), escaped(str(vector)))
        self.ticket_id += 1
        self.message_id += self.per_ticket

    def _conversation(
        self, person: Person, agent: tuple[int, str, int] | None, fate: Fate, code: str
    ) -> tuple[list[Pieces], bool]:
        """Writes the messages by turns; their words for search, newest first, and whether the last is the client's."""
        words: list[Pieces] = []
        from_client = True
        for turn, at in enumerate(fate.messages):
            from_client = turn % 2 == 0 or agent is None
            public = from_client or self.chance.random.random() > 0.2
            text = (self.chance.asked if from_client else self.chance.answered)(person.phrases, code)
            author = ("contact", NULL, str(person.id), escaped(person.name))
            if not from_client and agent:
                author = ("agent", str(agent[0]), NULL, escaped(agent[1]))
            self.messages.add(
                str(self.message_id + turn),
                str(self.ticket_id),
                "t" if public else "f",
                *author,
                "email" if from_client else "desk",
                escaped(text.shown),
                moment(at),
            )
            words.insert(0, text.words)
        return words, from_client

    def _intervals(self, fate: Fate) -> None:
        ends: list[datetime | None] = [at for _state, at in fate.states[1:]]
        for (state, entered), left in zip(fate.states, [*ends, None], strict=True):
            spent = str(working_seconds(self.schedule, entered, left)) if left else NULL
            self.intervals.add(
                str(self.ticket_id), str(self.statuses[state].pk), moment(entered), moment(left), spent
            )

    def _happenings(self, fate: Fate, person: Person, agent: tuple[int, str, int] | None) -> None:
        client = ("contact", str(person.id), escaped(person.name))
        employee = ("agent", str(agent[0]), escaped(agent[1])) if agent else ("system", NULL, "Okno")
        created = {"message": self.message_id, "channel": "email"}
        self._event(kinds.CREATED, created, client, fate.messages[0])
        if agent:
            after = {"agent": {"id": agent[0], "name": agent[1]}, "team": None}
            data = {"before": {"agent": None, "team": None}, "after": after}
            self._event(kinds.ASSIGNED, data, employee, fate.states[-1][1])
        for turn, at in enumerate(fate.messages[1:], 1):
            data = {"message": self.message_id + turn}
            self._event(kinds.MESSAGE_ADDED, data, employee if turn % 2 and agent else client, at)
        for (before, _since), (state, at) in zip(fate.states, fate.states[1:], strict=False):
            data = {"before": self.statuses[before].code, "after": self.statuses[state].code, "reason": {}}
            self._event(kinds.STATUS_CHANGED, data, employee, at)

    def _event(self, kind: str, data: dict[str, object], actor: tuple[str, str, str], at: datetime) -> None:
        facts, when = escaped(json.dumps(data, ensure_ascii=False)), moment(at)
        self.events.add(kind, "ticket", str(self.ticket_id), facts, *actor, when, when)


def _one_of(choices: Callable[..., list[str]], table: list[tuple[str, int]]) -> str:
    (chosen,) = choices([each for each, _weight in table], [weight for _each, weight in table])
    return chosen


def _next_id(model: type[Ticket | Message]) -> int:
    last = model.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def _take_numbers(count: int) -> int:
    """The first of so many ticket numbers in a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('ticket_number', nextval('ticket_number') + %s - 1)", [count])
        (last,) = cursor.fetchone()
    return int(last) - count + 1

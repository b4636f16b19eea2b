"""Live streams of a real web process: who hears of what, and how many may listen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections

from okno.config.command.parts import healthy
from okno.config.tests.processes import free_port, on_test_database, running, wait_until
from okno.core.actor import SYSTEM
from okno.core.live.hub import MOST_OF_ONE
from okno.people.models import Agent, Contact, User
from okno.people.operations.agents import deactivate_agent
from okno.people.operations.roles import change_role, create_role
from okno.testing.cast import Cast, agent
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_note
from okno.tickets.operations.people import add_watcher, remove_watcher

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def port(cast: Cast, tmp_path: Path) -> Iterator[int]:
    """A web process on the test's database."""
    port, log = free_port(), tmp_path / "web.log"
    with running("web", "--checked", "--port", str(port), env=on_test_database(), log=log) as process:
        wait_until(lambda: healthy("127.0.0.1", port), "the web process", log=log, process=process)
        yield port


def session_of(user: User) -> SessionStore:
    """A session in which this account is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session


async def apart(change: Callable[[], object]) -> None:
    """Makes the change in a thread, and leaves no connection behind."""

    def make() -> None:
        try:
            change()
        finally:
            connections.close_all()

    await asyncio.to_thread(make)


class Listener:
    """One open stream and the topics that come over it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.status = 0
        self.is_over = False

    @classmethod
    async def open(cls, port: int, session: str) -> Listener:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        writer.write(f"GET /live HTTP/1.1\r\nHost: okno\r\nCookie: {cookie}\r\n\r\n".encode())
        listener = cls(reader, writer)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
        listener.status = int(head.split()[1])
        if listener.status == 200:
            await asyncio.wait_for(reader.readuntil(b": open\n\n"), 20)
        return listener

    async def topics(self, patience: float) -> list[str]:
        """What came in so many seconds."""
        found: list[str] = []
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                line = await asyncio.wait_for(self.reader.readline(), end - time.monotonic())
            except TimeoutError:
                break
            if not line:
                self.is_over = True
                break
            self.is_over |= line == b"0\r\n"
            if line.startswith(b'data: {"topic":"'):
                found.append(line.decode().split('"')[3])
        return found

    def close(self) -> None:
        self.writer.close()


def ticket_of(agent: Agent) -> Ticket:
    new = NewTicket(subject="Till", message=NewMessage(text="x"), channel="desk", assignee=agent)
    return create_ticket(SYSTEM, new)


def heard(port: int, people: list[User], change: Callable[[], object]) -> list[list[str]]:
    """What each of these hears when the change (a function) is made."""
    sessions = [session_of(user).session_key for user in people]

    async def play() -> list[list[str]]:
        listeners = [await Listener.open(port, session) for session in sessions]
        await apart(change)
        result = await asyncio.gather(*(listener.topics(1.5) for listener in listeners))
        for listener in listeners:
            listener.close()
        return result

    return asyncio.run(play())


def test_only_those_who_see_the_ticket_hear_of_it_t21(cast: Cast, port: int) -> None:
    ticket = ticket_of(cast.taras)
    topic = f"ticket:{ticket.pk}"
    everyone = [cast.olena.user, cast.marek.user]
    olena, marek = heard(port, everyone, lambda: add_note(cast.actor("olena"), ticket, NewMessage(text="canary")))
    assert set(olena) == {topic, "tickets"}
    assert marek == []
    # ... and who loses sight of it hears of that once, to take it off his list.
    assign(cast.actor("olena"), ticket, agent=cast.marek, team=None)
    both = heard(port, everyone, lambda: assign(cast.actor("olena"), ticket, agent=cast.taras, team=None))
    assert [set(each) for each in both] == [{topic, "tickets"}] * 2
    watcher = add_watcher(cast.actor("olena"), ticket, agent=cast.marek)
    (alone,) = heard(port, [cast.marek.user], lambda: remove_watcher(cast.actor("olena"), ticket, watcher))
    assert set(alone) == {topic, "tickets"}


def account_of(contact: Contact) -> User:
    """A portal account of this contact."""
    contact.user = User.objects.create_user(f"{contact.pk}@kawa.example", "x" * 12)
    contact.save()
    return contact.user


def test_strangers_and_who_has_left_have_no_stream(cast: Cast, port: int) -> None:
    async def statuses(sessions: list[str]) -> list[int]:
        return [(await Listener.open(port, session)).status for session in sessions]

    cast.marek.is_active = cast.marta.is_active = False
    cast.marek.save()
    former = session_of(cast.marek.user).session_key
    blocked = session_of(account_of(cast.marta)).session_key
    assert asyncio.run(statuses([blocked or "", former or "", "invented", ""])) == [404] * 4


def test_clients_hear_of_answers_in_their_own_requests_and_of_nothing_else_t21(cast: Cast, port: int) -> None:
    message = NewMessage(text="x", channel="portal", contact=cast.marta)
    own = create_ticket(SYSTEM, NewTicket("Till", message, "portal", contact=cast.marta))
    foreign = ticket_of(cast.taras)
    taras = cast.actor("taras")
    marta, jan = account_of(cast.marta), account_of(cast.jan)

    def heard_when(change: Callable[[], object]) -> list[set[str]]:
        return [set(each) for each in heard(port, [marta, jan], change)]

    assert heard_when(lambda: add_note(taras, own, NewMessage(text="canary"))) == [set(), set()]
    assert heard_when(lambda: add_answer(taras, foreign, NewMessage(text="canary"))) == [set(), set()]
    assert heard_when(lambda: add_answer(taras, own, NewMessage(text="Try now"))) == [
        {f"ticket:{own.pk}", "tickets"},
        set(),
    ]


def test_five_hundred_streams(cast: Cast, port: int) -> None:
    ticket = ticket_of(cast.marek)
    crowd = [agent(f"Agent {n}", f"agent{n}@vikno.example", "lead", password=None) for n in range(50)]
    sessions = [session_of(each.user).session_key or "" for each in crowd]

    async def play() -> tuple[list[list[str]], float]:
        listeners = []
        for _turn in range(10):
            listeners += await asyncio.gather(*(Listener.open(port, session) for session in sessions))
        assert {listener.status for listener in listeners} == {200}
        await apart(lambda: add_note(SYSTEM, ticket, NewMessage(text="all of you")))
        started = time.monotonic()
        firsts = await asyncio.gather(*(listener.reader.readuntil(b"tickets") for listener in listeners))
        took = time.monotonic() - started
        for listener in listeners:
            listener.close()
        return [[first.decode()] for first in firsts], took

    firsts, took = asyncio.run(play())
    assert len(firsts) == 500
    assert all(f"ticket:{ticket.pk}" in first for (first,) in firsts)
    assert took < 5, f"the last of 500 streams heard after {took:.1f} s"


def test_a_person_has_so_many_streams_and_the_oldest_gives_way(cast: Cast, port: int) -> None:
    ticket = ticket_of(cast.marek)
    session = session_of(cast.marek.user).session_key or ""

    async def play() -> tuple[bytes, list[list[str]]]:
        oldest = await Listener.open(port, session)
        others = [await Listener.open(port, session) for _each in range(MOST_OF_ONE)]
        said = await asyncio.wait_for(oldest.reader.readuntil(b"\r\n0\r\n\r\n"), 20)  # the end of the answer
        await apart(lambda: add_note(SYSTEM, ticket, NewMessage(text="all of you")))
        heard = await asyncio.gather(*(other.topics(1.5) for other in others))
        for listener in (oldest, *others):
            listener.close()
        return said, heard

    said, heard = asyncio.run(play())
    assert b'"topic":"rest"' in said
    assert [set(each) for each in heard] == [{f"ticket:{ticket.pk}", "tickets"}] * MOST_OF_ONE


def test_the_stream_comes_through_a_restart_of_the_database_connection(cast: Cast, port: int) -> None:
    session = session_of(cast.olena.user).session_key or ""
    ticket = ticket_of(cast.taras)

    async def play() -> list[str]:
        listener = await Listener.open(port, session)

        def break_listening() -> None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE query = 'LISTEN okno_live' AND datname = current_database()"
                )
                assert cursor.rowcount == 1

        await apart(break_listening)
        first = await listener.topics(3)
        await apart(lambda: add_note(SYSTEM, ticket, NewMessage(text="after")))
        second = await listener.topics(2)
        return [*first, "|", *second]

    assert asyncio.run(play()) == ["*", "|", f"ticket:{ticket.pk}", "tickets"]


def test_a_changed_role_is_heard_at_once_and_an_ended_session_ends_the_stream_t21(cast: Cast, port: int) -> None:
    role = create_role(SYSTEM, "All eyes", ["tickets.view_all"])
    Agent.objects.filter(pk=cast.marek.pk).update(role=role)
    session = session_of(cast.marek.user).session_key
    others = session_of(cast.taras.user).session_key

    async def play() -> None:
        marek, taras = await Listener.open(port, session), await Listener.open(port, others)
        ticket = await asyncio.to_thread(ticket_of, cast.taras)
        assert f"ticket:{ticket.pk}" in await marek.topics(1.0)
        await apart(lambda: change_role(SYSTEM, role, "All eyes", ["tickets.view:own"]))
        assert await marek.topics(1.0) == ["*"]
        await apart(lambda: assign(SYSTEM, ticket, agent=cast.taras, team=cast.first_line))
        assert f"ticket:{ticket.pk}" not in await marek.topics(1.0)
        await taras.topics(0.1)
        await apart(lambda: deactivate_agent(SYSTEM, cast.marek))
        assert await marek.topics(1.0) == []
        assert marek.is_over
        assert await taras.topics(0.5) == []  # nobody else is troubled
        marek.close()
        taras.close()

    asyncio.run(play())

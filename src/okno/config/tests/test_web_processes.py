"""Two web processes of one `okno serve`: what one does, the other tells; none falls for good, none is left behind."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from okno.config.command.parts import healthy
from okno.config.tests.processes import free_port, on_test_database, running, wait_until
from okno.config.tests.test_live import Listener, session_of, ticket_of
from okno.testing.cast import Cast
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SECRET = "k" * 32
TRIES = 24  # so many connections that all land at one process one time in millions


class Serving:
    """A running `okno serve` with two web processes."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    @property
    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    @property
    def web(self) -> list[int]:
        """The web processes, by the names under which the system lists them."""
        return [pid for pid in self.children if Path(f"/proc/{pid}/comm").read_text().startswith("okno web")]

    def at(self, port: int) -> int:
        """The process at the other end of a connection from this port."""
        rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        inode = next(row[9] for row in rows if (row[1][-4:], row[2][-4:]) == (f"{self.port:04X}", f"{port:04X}"))
        return next(
            pid
            for pid in self.web
            for each in Path(f"/proc/{pid}/fd").iterdir()
            if each.is_symlink() and os.readlink(each) == f"socket:[{inode}]"
        )

    def is_up(self) -> bool:
        return (
            self.log.read_text().count("web 2 started") > 0
            and len(self.web) == 2
            and healthy("127.0.0.1", self.port)
        )


@pytest.fixture
def serving(cast: Cast, tmp_path: Path) -> Iterator[Serving]:
    port, log = free_port(), tmp_path / "serve.log"
    arguments = ["serve", "--port", str(port), "--web-processes", "2", "--no-mail"]
    with running(*arguments, env=on_test_database(), log=log) as process:
        served = Serving(process, port, log)
        wait_until(served.is_up, "two web processes", log=log, process=process)
        time.sleep(1)  # the second one's listening
        yield served


async def listeners_at_both(serving: Serving, session: str) -> dict[int, Listener]:
    """A stream of this session at each web process."""
    found: dict[int, Listener] = {}
    for _each in range(TRIES):
        listener = await Listener.open(serving.port, session)
        assert listener.status == 200
        pid = serving.at(listener.writer.get_extra_info("sockname")[1])
        if pid in found:
            listener.close()
        found.setdefault(pid, listener)
        if len(found) == 2:
            break
    assert set(found) == set(serving.web)
    return found


def write_note(connection: http.client.HTTPConnection, ticket: Ticket, session: str) -> int:
    """An agent types in the ticket; over this connection, and so through its process."""
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={SECRET}"
    headers = {"Cookie": cookies, "X-CSRFToken": SECRET, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/tickets/{ticket.number}/presence/", "typing=1", headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_what_one_process_does_the_streams_of_both_tell(cast: Cast, serving: Serving) -> None:
    ticket = ticket_of(cast.marek)
    mine, theirs = (session_of(each.user).session_key or "" for each in (cast.marek, cast.olena))

    async def play() -> tuple[int, list[list[str]]]:
        listeners = await listeners_at_both(serving, theirs)
        connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=20)
        status = await asyncio.to_thread(write_note, connection, ticket, mine)
        connection.close()
        heard = await asyncio.gather(*(listener.topics(2) for listener in listeners.values()))
        for listener in listeners.values():
            listener.close()
        return status, list(heard)

    status, heard = asyncio.run(play())
    assert status == 200
    assert heard == [[f"presence:{ticket.pk}"]] * 2


def test_a_web_process_that_falls_is_started_again_and_none_outlives_the_supervisor(serving: Serving) -> None:
    first, second = serving.web
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len(set(serving.web) - {first, second}) == 1, "another web process", log=serving.log)
    assert second in serving.web
    assert healthy("127.0.0.1", serving.port)
    everyone = serving.children
    assert len(everyone) == 3
    memory = sum(shared_memory(pid) for pid in [serving.process.pid, *everyone])
    assert memory < 300, f"{memory:.0f} MB"
    serving.process.kill()
    wait_until(
        lambda: not any(Path(f"/proc/{pid}/fd").exists() and not ended(pid) for pid in everyone),
        "the end",
        limit=10,
    )


def test_all_stop_in_time_while_streams_are_open(cast: Cast, serving: Serving) -> None:
    session = session_of(cast.olena.user).session_key or ""
    everyone = serving.children

    async def play() -> float:
        listeners = await listeners_at_both(serving, session)
        asked = time.monotonic()
        serving.process.terminate()
        code = await asyncio.to_thread(serving.process.wait, 15)
        for listener in listeners.values():
            listener.close()
        assert code == 0
        return time.monotonic() - asked

    assert asyncio.run(play()) < 8
    assert all(ended(pid) for pid in everyone)
    said = serving.log.read_text()
    assert said.count("web stopped") == 2
    assert "did not stop in time" not in said
    assert "Traceback" not in said


def shared_memory(pid: int) -> float:
    """Megabytes, those that several processes share divided among them."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


def ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True

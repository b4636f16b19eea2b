"""``okno demo`` as a newcomer types it: it starts, shows links, keeps what was done, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from okno.config.tests.processes import COMMAND, environment, free_port, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the database's own user may enter."""
    made = Path(tempfile.mkdtemp(prefix="okno-demo-test-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


class RunningDemo:
    """A demo that is ready."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, smtp: int, log: Path) -> None:
        self.process, self.port, self.smtp, self.log = process, port, smtp, log

    @property
    def links(self) -> dict[str, str]:
        """The paths of the sign-in links by the name of the role."""
        found = re.findall(
            r"^ +(\S.*?) \([^)]*\)\s+http://[^/]+(/demo/sign-in/\S+)", self.log.read_text(), re.MULTILINE
        )
        return dict(found)

    def get(self, path: str, cookie: str = "") -> tuple[int, dict[str, str], str]:
        """Status, headers and text of an answer; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read().decode(errors="replace")

    def sign_in(self, role: str) -> str:
        """The cookie of somebody who opened the link of this role."""
        status, headers, _text = self.get(self.links[role])
        assert status == 302
        return headers["set-cookie"].split(";")[0]


@contextmanager
def demo(folder: Path, *options: str) -> Iterator[RunningDemo]:
    """A demo in this folder while the block runs; Ctrl+C at its end, as the newcomer does it."""
    port, smtp = free_port(), free_port()
    log = folder.with_suffix(f".{port}.log")
    arguments = ["demo", "--port", str(port), "--smtp-port", str(smtp), "--data", str(folder), "--no-browser"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, *arguments, *options], env=environment(), stdout=out, stderr=out, start_new_session=True
        )
    running = RunningDemo(process, port, smtp, log)
    try:
        wait_until(lambda: "Ctrl+C stops it" in log.read_text() or process.poll() is not None, "the demo", log=log)
        assert process.poll() is None, log.read_text()
        yield running
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            assert process.wait(30) == 0, log.read_text()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert_nothing_left(folder, port)
    log.unlink()


def assert_nothing_left(folder: Path, port: int) -> None:
    """No process with this folder in its command line or surroundings, and the port is free."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            facts = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in facts and int(process.name) != os.getpid():
            left.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    assert left == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_newcomer_sees_a_working_desk_and_finds_it_again(folder: Path) -> None:
    with demo(folder) as first:
        assert set(first.links) == {"Administrator", "Lead specialist", "Specialist", "Client"}
        cookie = first.sign_in("Administrator")
        status, _headers, page = first.get("/tickets/?section=active", cookie)
        assert status == 200
        assert "Card terminal on the second till says OFFLINE" in page
        assert first.get("/demo/sign-in/1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/")[0] == 404
        send_letter(first.smtp, "Is anybody there?")
        wait_until(lambda: "Is anybody there?" in first.get("/tickets/?section=active", cookie)[2], "the letter")
        wait_until(lambda: '"worker_age": null' not in first.get("/healthz")[2], "a sign of life from the worker")
        key = (folder / "secret.key").read_text()
    with demo(folder) as second:
        cookie = second.sign_in("Lead specialist")
        assert "Is anybody there?" in second.get("/tickets/?section=active", cookie)[2]
        assert (folder / "secret.key").read_text() == key
    with demo(folder, "--fresh") as third:
        cookie = third.sign_in("Administrator")
        page = third.get("/tickets/?section=active", cookie)[2]
        assert "Is anybody there?" not in page
        assert "Card terminal on the second till says OFFLINE" in page


def send_letter(port: int, subject: str) -> None:
    text = f"From: Jan Kowal <jan@nordwind.example>\nTo: support@vikno.example\nSubject: {subject}\n\nHello!\n"
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as server:
        server.sendmail("jan@nordwind.example", ["support@vikno.example"], text)


def refused(*arguments: str) -> str:
    """What the command says when it refuses: one sentence or two, no traceback."""
    done = subprocess.run(
        [*COMMAND, *arguments], check=False, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("okno: ")
    return done.stderr


def test_a_taken_port_is_named(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused("demo", "--port", str(port), "--data", str(folder / "new"), "--no-browser")
    assert str(port) in said
    assert "--port" in said
    assert not (folder / "new").exists()


def test_a_folder_of_something_else_is_left_alone(folder: Path) -> None:
    treasure = folder / "photos.txt"
    treasure.write_text("do not lose")
    said = refused("demo", "--fresh", "--port", str(free_port()), "--data", str(folder), "--no-browser")
    assert "left alone" in said
    assert treasure.read_text() == "do not lose"


def test_killed_at_once_it_starts_again(folder: Path) -> None:
    """The power goes: the next start finds a database that is whole."""
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "demo", "--port", str(port), "--data", str(folder), "--no-browser"],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_until(lambda: (folder / "postgres").exists() or process.poll() is not None, "the first files")
    time.sleep(2)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with demo(folder) as again:
        assert again.get("/healthz")[0] == 200

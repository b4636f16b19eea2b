"""Fixtures of the browser tests: a whole demo in its own processes, and Chromium to use it with.

Where Chromium is absent the tests are skipped and say so; with ``OKNO_REQUIRE_ALL=1`` its absence is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

CHROMIUM = os.environ.get("OKNO_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_WITHIN = 300
PATIENCE = 30_000
"""Milliseconds for which a page is waited for: two demos and two browsers may share two cores."""


@dataclass
class Demo:
    """A running demo: where its pages are, where letters go, and the sign-in links by role."""

    url: str
    smtp_port: int
    data: Path
    links: dict[str, str] = field(default_factory=dict)


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _need_chromium() -> None:
    if Path(CHROMIUM).exists():
        return
    if os.environ.get("OKNO_REQUIRE_ALL") == "1":
        pytest.fail(f"Chromium is not at {CHROMIUM}, and every real part is required here")
    pytest.skip(f"Chromium is not at {CHROMIUM}: install Debian's chromium or set OKNO_CHROMIUM")


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """A fresh demo in processes of its own, for all browser tests of the run."""
    folder = Path(tempfile.mkdtemp(prefix="okno-demo-"))
    folder.chmod(0o711)  # the database of a root's demo is another user's, and would else lie elsewhere
    running = Demo(f"http://127.0.0.1:{free_port()}", free_port(), folder / "data")
    log = folder / "output.txt"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("OKNO_", "DATABASE_URL"))}
    command = [
        sys.executable, "-m", "okno.config.command", "demo", "--fresh", "--no-browser", "--data", str(running.data),
        "--port", running.url.rsplit(":", 1)[1], "--smtp-port", str(running.smtp_port),
    ]  # fmt: skip
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment, start_new_session=True)
    try:
        _wait_until_ready(process, running, log)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(process: subprocess.Popen[bytes], running: Demo, log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        printed = log.read_text(errors="replace")
        for role, _name, link in re.findall(
            r"(Administrator|Lead specialist|Specialist|Client) \(([^)]*)\)\s+(http\S+)", printed
        ):
            running.links[role.split()[0].lower()] = link
        if len(running.links) == 4 and _answers(running.url + "/healthz"):
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    pytest.fail(f"the demo did not become ready:\n{log.read_text(errors='replace')[-4000:]}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium.

    For one module at a time: the synchronous driver keeps an event loop running in this thread, beside which tests
    that start a loop of their own fail, and Django refuses its own synchronous calls.
    """
    _need_chromium()
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """Opens a page of the demo as somebody: ``browse("administrator", width=390, dark=True)``."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def note_failure(answer: Response) -> None:
        if answer.status >= 500:
            troubles.append(f"{answer.status} {answer.url}")

    def open_page(role: str = "administrator", *, width: int = 1440, height: int = 900, dark: bool = False) -> Page:
        scheme: Literal["dark", "light"] = "dark" if dark else "light"
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, base_url=demo.url
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("response", note_failure)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        if role:
            page.goto(demo.links[role])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == [], "the server or a script failed while the page was used"

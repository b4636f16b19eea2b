"""The mail intake in processes of its own, on the test's database, for tests that kill them."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from django.db import connection

CHILD = "okno.testing.mail_child"


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that works on the database of the running test."""
    facts = connection.settings_dict
    query = urlencode({key: facts[name] for key, name in (("host", "HOST"), ("port", "PORT")) if facts[name]})
    who = quote(facts["USER"], safe="") + (f":{quote(facts['PASSWORD'], safe='')}" if facts["PASSWORD"] else "")
    url = f"postgresql://{who}@/{quote(str(facts['NAME']), safe='')}?{query}"
    return {**os.environ, "DATABASE_URL": url, "OKNO_LOG_LEVEL": "ERROR", **more}


def run(*arguments: str, fault: str = "", seconds: float = 60) -> int:
    """Runs a role to its end, with a fault if wanted; gives the exit code (-9 = killed)."""
    command = [sys.executable, "-m", CHILD, *arguments]
    more = {"OKNO_FAULT": fault} if fault else {}
    return subprocess.run(command, env=environment(**more), timeout=seconds, check=False).returncode


class Nursery:
    """A role that is forked anew each time it is killed."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", CHILD, "nursery", *arguments]
        self._process = subprocess.Popen(
            command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._numbers: list[int] = []
        self.kills = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        output = self._process.stdout
        for line in output if output is not None else ():
            self._numbers.append(int(line))

    @property
    def is_ready(self) -> bool:
        """Whether the first process has begun."""
        return bool(self._numbers)

    def kill(self) -> bool:
        """Kills the present process, if a new one has begun since the last time."""
        if len(self._numbers) <= self.kills:
            return False
        os.kill(self._numbers[-1], signal.SIGKILL)
        self.kills += 1
        return True

    def keep_killing(self, stop: threading.Event, lives: Iterator[float]) -> None:
        """Lets each process live for one of these times, in seconds."""
        while not stop.is_set():
            if len(self._numbers) > self.kills:
                time.sleep(next(lives))
                self.kill()
            time.sleep(0.01)

    def stop(self) -> None:
        """Ends the role and its nursery."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(20)


class Killer:
    """Kills the processes of nurseries after random lives until told to stop."""

    def __init__(self, nurseries: list[Nursery], *, seed: int, life: tuple[float, float]) -> None:
        self._nurseries = nurseries
        self.stopping = threading.Event()
        self._threads = [
            threading.Thread(
                target=each.keep_killing, args=(self.stopping, _lives(seed + number, life)), daemon=True
            )
            for number, each in enumerate(nurseries)
        ]

    @property
    def kills(self) -> int:
        """How many processes were killed."""
        return sum(nursery.kills for nursery in self._nurseries)

    def start(self) -> None:
        """Begins."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends, and returns when the last kill is over."""
        self.stopping.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()


def _lives(seed: int, life: tuple[float, float]) -> Iterator[float]:
    chance = random.Random(seed)
    while True:
        yield chance.uniform(*life)

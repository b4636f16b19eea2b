"""How fast letters are stored, processed and followed up: `python bench/mail_intake.py [--letters 2000]`.

Prints one JSON object: letters a second, milliseconds a letter at p50 and p95, statements a letter, the time that
these took (the floor), and the processor time of our own side, which says the same on a busy machine. What follows
a letter is done by the worker afterwards: the words for search, the confirmation or the reason why there is none.
Its own durable database, in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from okno.core.embedded import EmbeddedPostgres

WORDS = ["oven", "till", "printer", "Gdynia", "Sopot", "order", "invoice", "network", "cable", "screen", "password"]
QUOTED = "\n".join(f"> line {number} of what we wrote to you before about this request" for number in range(25))


def letter(number: int, answers: int | None) -> bytes:
    """A typical letter: text and HTML, every third a reply with a quotation, every eighth with a file of 20 KB."""
    words = " ".join(WORDS[(number * 7 + step) % len(WORDS)] for step in range(60))
    quoted = (
        f"\n\nOn Mon, Nov 2, 2026 at 10:12 AM Support <support@vikno.example> wrote:\n{QUOTED}\n" if answers else ""
    )
    sender = f"client{(answers or number) % 500}@kawa.example"
    file = (
        f'--a\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="{number}.pdf"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{(f'{number:08d}AAAA' * 6 + chr(13) + chr(10)) * 270}\r\n"
        if number % 8 == 0
        else ""
    )
    reference = f"In-Reply-To: <bench.{answers}@kawa.example>\r\n" if answers else ""
    html = "".join(f"<p>{words}</p>" for _paragraph in range(5))
    return (
        f"Received: from mx.kawa.example by mx.vikno.example; Sat, 21 Nov 2026 10:00:00 +0000\r\n"
        f"From: Client {number} <{sender}>\r\nTo: Support <support@vikno.example>\r\n"
        f"Subject: Request {number} {words[:40]}\r\n"
        f"Date: Sat, 21 Nov 2026 10:{number // 60 % 60:02d}:{number % 60:02d} +0000\r\n"
        f"Message-ID: <bench.{number}@kawa.example>\r\n{reference}MIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\n'
        'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\n{words}{quoted}\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{html}</body></html>\r\n--b--\r\n"
        f"{file}--a--\r\n"
    ).encode()


def prepare(folder: Path) -> EmbeddedPostgres:
    """A new database with the cast and one mailbox."""
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "postgres")
    os.environ |= {
        "DATABASE_URL": server.start(),
        "OKNO_DATA": str(folder / "data"),
        "OKNO_SECRET_KEY": "of a bench and of no value",
        "OKNO_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "okno.config.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from okno.channels.email.models import Mailbox
    from okno.testing.cast import make_cast

    make_cast()
    Mailbox.objects.create(name="Support", address="support@vikno.example")
    return server


def store(letters: list[bytes], batch: int) -> dict[str, float]:
    """Stores letters in transactions of ``batch``."""
    from okno.channels.email.models import Mailbox
    from okno.channels.email.receiving.storing import Incoming, store_letters

    box = Mailbox.objects.get()
    times = []
    with Counting() as counted:
        for start in range(0, len(letters), batch):
            piece = letters[start : start + batch]
            began = time.perf_counter()
            store_letters([Incoming(raw, "smtp", mailbox=box) for raw in piece])
            times += [(time.perf_counter() - began) / len(piece)] * len(piece)
    return summary(times, sum(times), counted)


def process() -> dict[str, float]:
    """Processes all that waits, in this process."""
    from okno.channels.email.intake.processing import process_letters

    return worked_off(process_letters)


def follow_up() -> dict[str, float]:
    """Does what follows from the letters that were processed."""
    from okno.core.drains import handle_events

    return worked_off(handle_events)


def worked_off(batch: Callable[[], int]) -> dict[str, float]:
    """Has all that waits done, batch by batch."""
    times: list[float] = []
    with Counting() as counted:
        while True:
            start = time.perf_counter()
            taken = batch()
            if not taken:
                break
            times += [(time.perf_counter() - start) / taken] * taken
    return summary(times, sum(times), counted)


def process_in(count: int) -> float:
    """Processes all that waits, in several processes; returns the seconds."""
    from django.db import connections

    connections.close_all()
    began = time.perf_counter()
    children = []
    for _child in range(count):
        number = os.fork()
        if number == 0:
            process()
            os._exit(0)
        children.append(number)
    for number in children:
        os.waitpid(number, 0)
    return time.perf_counter() - began


class Counting:
    """Counts statements and the time that they took."""

    def __enter__(self) -> Counting:
        from django.db import connection

        self.count, self.seconds, self.cpu = 0, 0.0, time.process_time()
        self._wrapper = connection.execute_wrapper(self._execute)
        self._wrapper.__enter__()
        return self

    def _execute(self, execute: object, sql: str, parameters: object, many: bool, context: object) -> object:
        assert callable(execute)
        began = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - began

    def __exit__(self, *_what: object) -> None:
        self._wrapper.__exit__(None, None, None)
        self.cpu = time.process_time() - self.cpu


def summary(times: list[float], seconds: float, counted: Counting) -> dict[str, float]:
    """The figures of one run."""
    ordered = sorted(times)
    return {
        "letters_per_second": round(len(times) / seconds, 1),
        "p50_ms": round(statistics.median(ordered) * 1000, 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1000, 2),
        "statements_per_letter": round(counted.count / len(times), 1),
        "sql_ms_per_letter": round(counted.seconds / len(times) * 1000, 2),
        "cpu_ms_per_letter": round(counted.cpu / len(times) * 1000, 2),
    }


def check(expected: int) -> None:
    """The figures count only if every letter became a message."""
    from okno.channels.email.models import Letter

    done = Letter.objects.filter(state="done").count()
    if done != expected:
        raise SystemExit(f"{done} of {expected} letters were taken")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="okno-bench-"))
    server = prepare(folder)
    try:
        count = options.letters
        # A third answers a letter of the round before.
        first = [letter(number, None) for number in range(1, count + 1)]
        second = [letter(count + number, number if number % 3 == 0 else None) for number in range(1, count + 1)]
        figures: dict[str, object] = {"letters": count, "bytes_per_letter": sum(map(len, second)) // count}
        figures["storing_by_25"] = store(first, 25)
        figures["processing_one_process"] = process()
        check(count)
        figures["following_up"] = follow_up()
        figures["storing_one_by_one"] = store(second, 1)
        seconds = process_in(options.processes)
        check(2 * count)
        figures["load_average"] = os.getloadavg()[0]
        figures[f"processing_{options.processes}_processes"] = {"letters_per_second": round(count / seconds, 1)}
        print(json.dumps(figures, indent=2))
    finally:
        from django.db import connections

        connections.close_all()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

"""Processes that fetch, receive and process are killed while letters flow: each letter exists once, none is missing."""

from __future__ import annotations

import hashlib
import smtplib
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from okno.channels.email.drains import process_letters
from okno.channels.email.intake.claiming import LEASE
from okno.channels.email.models import FolderPosition, Letter, Mailbox
from okno.channels.email.passwords import sealed
from okno.channels.email.receiving.fetching import fetch_once
from okno.channels.email.receiving.storing import store_letter
from okno.core import clock, files
from okno.testing import dovecot, mail_processes
from okno.testing.cast import Cast
from okno.testing.dovecot import Dovecot, free_port
from okno.testing.mail_processes import Killer, Nursery
from okno.tickets.models import Message, Ticket

pytestmark = [pytest.mark.imap, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

LETTERS = 2000
KILLS = 200
MOST_KILLS = 300
CONVERSATIONS = 50
IMAP, SMTP = "support@okno.example", "desk@okno.example"
DELETING = "archive@okno.example"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    dovecot.require()
    folder = Path(tempfile.mkdtemp(prefix="okno-dovecot-"))
    made = Dovecot(folder).start()
    yield made
    made.stop()
    dovecot.clear(folder)


def mailbox(server: Dovecot, address: str, after_import: str = "seen") -> Mailbox:
    return Mailbox.objects.create(
        name=address,
        address=address,
        imap_host="127.0.0.1",
        imap_port=server.port,
        imap_security="none",
        imap_password=sealed(dovecot.PASSWORD),
        after_import=after_import,
        since=clock.now(),
    )


def raw(number: int, *, answers: int | None = None) -> bytes:
    """Letter by its number; one in four has a file, one in four answers a conversation that is there."""
    sender = f"client{(answers if answers is not None else number) % 97}@kawa.example"
    lines = [
        f"From: Client {number} <{sender}>",
        f"To: {IMAP}",
        f"Subject: Request {number}",
        f"Date: Sat, 21 Nov 2026 12:{number // 60 % 60:02d}:{number % 60:02d} +0000",
        f"Message-ID: <chaos.{number}@kawa.example>",
        *([f"In-Reply-To: <begin.{answers}@kawa.example>"] if answers is not None else []),
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain; charset=utf-8",
        "",
        f"marker-{number}-end",
        *(
            ["--b", f'Content-Disposition: attachment; filename="{number}.txt"', "", f"file {number}"]
            if number % 4 == 0
            else []
        ),
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()


def begin(number: int) -> bytes:
    return (
        raw(number).replace(b"<chaos.", b"<begin.").replace(b"marker-", b"beginning-").replace(b"Request", b"Begin")
    )


def flow(number: int) -> bytes:
    return raw(number, answers=number % CONVERSATIONS if number % 4 == 1 else None)


class Senders:
    """Puts the letters in: half into mailboxes on the IMAP server, half to the SMTP port."""

    def __init__(self, server: Dovecot, port: int) -> None:
        self._server = server
        self._port = port
        self._threads = [
            threading.Thread(target=self._append, args=(IMAP, 0)),
            threading.Thread(target=self._append, args=(DELETING, 1)),
            threading.Thread(target=self._send, args=(2,)),
            threading.Thread(target=self._send, args=(3,)),
        ]
        self.tries = 0
        self.failures: list[str] = []

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def are_busy(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def _append(self, user: str, remainder: int) -> None:
        client = self._server.client(user)
        for number in range(remainder, LETTERS, 4):
            client.append("INBOX", flow(number))
            time.sleep(0.06)
        client.logout()

    def _send(self, remainder: int) -> None:
        """As a mail server does: again and again until somebody has said 250."""
        for number in range(remainder, LETTERS, 4):
            end = time.monotonic() + 120
            while not self._was_taken(flow(number)):
                if time.monotonic() > end:
                    self.failures.append(f"letter {number} was never taken")
                    return
                time.sleep(0.05)
            time.sleep(0.04)

    def _was_taken(self, letter: bytes) -> bool:
        self.tries += 1
        try:
            with smtplib.SMTP("127.0.0.1", self._port, timeout=10) as client:
                client.sendmail("client@kawa.example", [SMTP], letter)
        except (OSError, smtplib.SMTPException):
            return False
        return True


@pytest.mark.chaos
def test_killed_two_hundred_times_t7_t8(server: Dovecot, cast: Cast) -> None:
    mailbox(server, IMAP)
    mailbox(server, DELETING, "delete")
    desk = Mailbox.objects.create(name=SMTP, address=SMTP)
    for number in range(CONVERSATIONS):
        store_letter(begin(number), source="smtp", mailbox=desk)
    while process_letters():
        pass
    port = free_port()
    nurseries = [Nursery("fetch"), Nursery("smtp", str(port)), Nursery("process"), Nursery("process")]
    senders = Senders(server, port)
    killer = Killer(nurseries, seed=20261121, life=(0.1, 2.0))
    started = time.monotonic()
    try:
        wait_until(lambda: all(nursery.is_ready for nursery in nurseries), 90)
        senders.start()
        killer.start()
        wait_until(lambda: killer.kills >= (KILLS if not senders.are_busy() else MOST_KILLS), 300, told)
        killer.stop()
        wait_until(lambda: not senders.are_busy(), 300, told)
        wait_until(lambda: Letter.objects.filter(state="done").count() >= LETTERS + CONVERSATIONS, 180, told)
        wait_until(lambda: is_tidy(server), 60)
    finally:
        killer.stop()
        for nursery in nurseries:
            nursery.stop()
    while process_letters():
        pass
    seconds = time.monotonic() - started
    states = Counter(Letter.objects.values_list("state", flat=True))
    print(
        f"\nchaos: {killer.kills} kills in {seconds:.0f} s; {LETTERS} letters, {senders.tries} tries to send; "
        f"rows {dict(states)}; {Ticket.objects.count()} tickets, {Message.objects.count()} messages; "
        f"most attempts {max(Letter.objects.values_list('attempts', flat=True))}"
    )
    assert senders.failures == []
    assert killer.kills >= KILLS
    check_everything(states)


def is_tidy(server: Dovecot) -> bool:
    """Whether the server shows that every letter was taken: one mailbox read, the other empty."""
    client = server.client(IMAP)
    client.select_folder("INBOX", readonly=True)
    unseen = client.search(["UNSEEN"])
    client.logout()
    client = server.client(DELETING)
    left = client.select_folder("INBOX", readonly=True)[b"EXISTS"]
    client.logout()
    return not unseen and not left


def check_everything(states: Counter[str]) -> None:
    """Each letter became one message, in the right ticket; what came twice is known as the same; all raw is there."""
    assert set(states) <= {"done", "ignored"}
    assert states["done"] == LETTERS + CONVERSATIONS
    assert all(
        one["ignored"] == "duplicate"
        for one in Letter.objects.filter(state="ignored").values_list("outcome", flat=True)
    )
    answers = sum(number % 4 == 1 for number in range(LETTERS))
    assert Ticket.objects.count() == LETTERS - answers + CONVERSATIONS
    markers = Counter(Message.objects.filter(text__startswith="marker-").values_list("text", flat=True))
    assert markers == Counter(f"marker-{number}-end" for number in range(LETTERS))
    assert Message.objects.count() == LETTERS + CONVERSATIONS
    kept = {hashlib.sha256(flow(number)).hexdigest() for number in range(LETTERS)}
    done = Letter.objects.filter(state="done", header_id__startswith="<chaos.").select_related(
        "raw", "ticket", "message"
    )
    assert {one.raw.sha256 for one in done} == kept
    for one in done.iterator():
        assert hashlib.sha256(files.read(one.raw)).hexdigest() == one.raw.sha256
        number = int(one.header_id[7:].partition("@")[0])
        assert one.message is not None
        assert one.message.text == f"marker-{number}-end"
        assert one.message.attachments.count() == (1 if number % 4 == 0 else 0)
    for number in range(CONVERSATIONS):
        began = Letter.objects.get(header_id=f"<begin.{number}@kawa.example>")
        mine = sum(each % 4 == 1 and each % CONVERSATIONS == number for each in range(LETTERS))
        assert began.ticket is not None
        assert began.ticket.messages.count() == mine + 1
        assert began.ticket.message_count == mine + 1


FETCHING = [
    "after_fetch", "after_file", "after_stored", "before_commit", "after_commit", "before_flag", "after_flag",
    "after_deleted",
]  # fmt: skip
PROCESSING = ["claimed", "parsed:3", "letter_filed:3", "before_letter_commit", "after_letter_commit"]


def test_killed_at_every_step_t7(server: Dovecot, cast: Cast) -> None:
    for number, place in enumerate(FETCHING):
        killed_while_fetching(server, place, list(range(number * 20, number * 20 + 20, 4)))
    for number, place in enumerate(PROCESSING, start=len(FETCHING)):
        killed_while_processing(place, list(range(number * 20, number * 20 + 20, 4)))


def killed_while_fetching(server: Dovecot, place: str, numbers: list[int]) -> None:
    address = f"{place}@okno.example"
    box = mailbox(server, address, "delete")
    server.append(address, *(flow(number) for number in numbers))
    client = server.client(address)
    assert mail_processes.run("fetch-once", fault=place) == -9, place
    present = client.select_folder("INBOX", readonly=True)[b"EXISTS"]
    assert present + Letter.objects.filter(mailbox=box).count() >= len(numbers), place
    assert fetch_once(box) in {0, len(numbers)}, place
    assert client.select_folder("INBOX", readonly=True)[b"EXISTS"] == 0, place
    client.logout()
    assert FolderPosition.objects.get(mailbox=box).missing == 0, place
    assert Letter.objects.filter(mailbox=box).count() == len(numbers), place
    check_processed(numbers, place)
    box.delete()


def killed_while_processing(place: str, numbers: list[int]) -> None:
    for number in numbers:
        store_letter(flow(number), source="smtp")
    assert mail_processes.run("process-once", fault=place) == -9, place
    check_processed(numbers, place)


def check_processed(numbers: list[int], place: str) -> None:
    """Each of the letters is one ticket with one message, after the lease of a dead worker is over."""
    with clock.frozen_at(clock.now() + LEASE * 2):
        while process_letters():
            pass
    for number in numbers:
        letter = Letter.objects.get(header_id=f"<chaos.{number}@kawa.example>")
        assert letter.state == "done", place
        assert Ticket.objects.filter(subject=f"Request {number}").count() == 1, place
        assert Message.objects.filter(text=f"marker-{number}-end").count() == 1, place


def test_killed_before_the_answer_to_the_sender_t8(cast: Cast) -> None:
    Mailbox.objects.create(name=SMTP, address=SMTP)
    port = free_port()
    killed = threading.Thread(target=mail_processes.run, args=("smtp", str(port)), kwargs={"fault": "before_250"})
    killed.start()
    wait_until(lambda: can_connect(port), 30)
    with pytest.raises((smtplib.SMTPException, OSError)):
        smtplib.SMTP("127.0.0.1", port, timeout=10).sendmail("a@b.example", [SMTP], raw(1))
    killed.join(20)
    store_letter(raw(1), source="smtp", mailbox=None)
    while process_letters():
        pass
    assert Counter(Letter.objects.values_list("state", flat=True)) == {"done": 1, "ignored": 1}
    assert Ticket.objects.get().message_count == 1


def can_connect(port: int) -> bool:
    try:
        smtplib.SMTP("127.0.0.1", port, timeout=2).quit()
    except OSError:
        return False
    return True


def told() -> str:
    """What has not come to its end."""
    states = Counter(Letter.objects.values_list("state", "source"))
    late = list(Letter.objects.filter(state="stored").values("id", "attempts", "next_attempt_at", "last_error")[:5])
    positions = list(FolderPosition.objects.values("mailbox__address", "last_uid", "finished_uid", "on_server"))
    errors = list(Mailbox.objects.values_list("address", "last_error", "last_success_at"))
    return f"{states} {Letter.objects.filter(state='failed').values_list('last_error', 'attempts')} {late} {positions} {errors}"


def wait_until(condition: object, seconds: float, otherwise: object = str) -> None:
    assert callable(condition)
    assert callable(otherwise)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"this did not happen in time {otherwise()}")

"""Letters made to hurt: each becomes a ticket with the letter as it came, soon, and the inbox goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import pytest

from okno.channels.email.intake import filing, isolation, processing, reading
from okno.channels.email.intake.case import Case, Match, Outcome
from okno.channels.email.intake.claiming import LEASE, claim
from okno.channels.email.intake.failing import PAUSES
from okno.channels.email.intake.isolation import Unreadable, parse_apart
from okno.channels.email.intake.knowledge import Knowledge
from okno.channels.email.models import Letter
from okno.channels.email.reasons import explain
from okno.channels.email.receiving.storing import store_letter
from okno.channels.email.rules import parse_letter
from okno.channels.email.tests.writing import drain, letter, mailbox, take
from okno.core import clock, files
from okno.testing.cast import Cast
from okno.testing.letters import CORPUS
from okno.testing.letters.hostile import HOSTILE
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_letters_become_tickets_soon_t10_t15_t16_t34(cast: Cast, name: str) -> None:
    raw = HOSTILE[name]()
    stored = store_letter(raw, source="smtp", mailbox=mailbox())
    started = time.process_time()
    drain()
    assert time.process_time() - started < 5
    stored.refresh_from_db()
    assert stored.state in {"done", "ignored"}
    if stored.state == "done":
        assert stored.ticket is not None
        assert stored.ticket.subject.strip()
    if stored.outcome.get("problems") and stored.outcome.get("raw_attached"):
        attached = Ticket.objects.get().messages.get().attachments.get(name="letter.eml")
        assert attached.file == stored.raw


MEASURED = """
import os, resource, sys
import django
django.setup()
from okno.channels.email.intake.content import is_heavy
from okno.channels.email.rules import parse_letter
from okno.core.html import sanitise
from okno.testing.letters import CORPUS
from okno.testing.letters.hostile import HOSTILE

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

def read(raw):
    parsed = parse_letter(raw)
    if not is_heavy(parsed.html):
        sanitise(parsed.html)

read(CORPUS[0].raw)
start = peak()
for name in sorted(HOSTILE):
    child = os.fork()
    if not child:
        raw = HOSTILE[name]()
        if len(raw) < 50 * 1024 * 1024:
            read(raw)
            print(name, peak() - start, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.slow
def test_hostile_letters_need_little_memory_t15() -> None:
    """Each one that the size limit lets in, read in a process of its own, costs that process at most 256 MB."""
    done = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True)
    costs = {name: int(megabytes) for name, megabytes in (line.split() for line in done.stdout.splitlines())}
    assert len(costs) >= 50
    assert {name: cost for name, cost in costs.items() if cost > 256} == {}


def test_a_letter_that_cannot_be_filed_is_filed_unread_w4(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_anything: object) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(filing, "message_of", broken)
    raw = letter()
    taken = take(raw)
    ticket = Ticket.objects.get()
    assert (taken.state, taken.ticket, ticket.subject) == ("done", ticket, "The oven is cold")
    message = ticket.messages.get()
    assert (message.author_kind, message.is_verified) == ("outsider", False)
    assert files.read(message.attachments.get().file) == raw
    assert "could not be read" in explain(message.reason)


def test_one_bad_letter_does_not_stop_the_others_w4(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(case: Case, match: Match, knowledge: Knowledge) -> Outcome:
        if "bad" in case.parsed.subject:
            raise OSError("the storage is full")
        return normal(case, match, knowledge)

    normal = processing.file
    monkeypatch.setattr(processing, "file", sometimes)
    box = mailbox()
    for number in range(10):
        subject = "bad" if number == 3 else f"good {number}"
        store_letter(letter(subject=subject, message_id=f"<{number}@x>"), source="smtp", mailbox=box)
    drain()
    assert Ticket.objects.count() == 9
    waiting = Letter.objects.get(state="stored")
    assert "storage is full" in waiting.last_error
    moment = clock.now()
    for pause in PAUSES:
        moment += pause * 2
        with clock.frozen_at(moment):
            drain()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.outcome["failed"]) == ("failed", "gave_up")
    assert "storage is full" in explain(waiting.outcome)


def test_a_letter_that_killed_its_workers_is_read_apart_w4(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = []

    def noted(raw: bytes) -> object:
        apart.append(raw)
        return parse_apart(raw)

    monkeypatch.setattr(reading, "parse_apart", noted)
    stored = store_letter(letter(), source="smtp", mailbox=mailbox())
    Letter.objects.filter(pk=stored.pk).update(attempts=3)
    drain()
    stored.refresh_from_db()
    assert stored.state == "done"
    assert len(apart) == 1


def test_a_letter_that_kills_even_apart_shows_its_header_w4(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def deadly(raw: bytes) -> object:
        if b"oven in Gdynia" in raw:
            raise Unreadable("killed")
        return parse_apart(raw)

    monkeypatch.setattr(reading, "parse_apart", deadly)
    raw = letter()
    stored = store_letter(raw, source="smtp", mailbox=mailbox())
    Letter.objects.filter(pk=stored.pk).update(attempts=3)
    drain()
    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.contact) == ("The oven is cold", cast.marta)
    assert files.read(ticket.messages.get().attachments.get().file) == raw


def test_a_letter_of_dead_workers_ends_on_the_visible_list(cast: Cast) -> None:
    stored = store_letter(letter(), source="smtp", mailbox=mailbox())
    Letter.objects.filter(pk=stored.pk).update(attempts=processing.MOST_INTERRUPTIONS)
    drain()
    stored.refresh_from_db()
    assert stored.state == "failed"
    assert "interrupted" in explain(stored.outcome)


def test_a_claimed_letter_is_left_alone_for_a_moment(cast: Cast) -> None:
    store_letter(letter(), source="smtp", mailbox=mailbox())
    assert len(claim()) == 1
    assert claim() == []
    with clock.frozen_at(clock.now() + LEASE * 2):
        assert len(claim()) == 1


@pytest.mark.parametrize("number", range(0, len(CORPUS), 9))
def test_a_letter_read_apart_is_the_same_letter(number: int) -> None:
    raw = CORPUS[number].raw
    here, apart = parse_letter(raw), parse_apart(raw)
    blank = {"html": "", "html_quoted": "", "html_full": ""}
    assert replace(apart, **blank) == replace(here, **blank)


def test_reading_apart_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "WALL_SECONDS", 0.001)
    with pytest.raises(Unreadable, match="too long"):
        parse_apart(letter())

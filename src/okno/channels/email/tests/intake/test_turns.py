"""Two batches of answers to the same tickets, in opposite order, on two connections: they wait in turn."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from okno.channels.email.intake import processing
from okno.channels.email.models import Letter
from okno.channels.email.receiving.storing import Incoming, store_letters
from okno.channels.email.tests.writing import drain, letter, mailbox
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def stored(name: str, answers: str = "") -> int:
    raw = letter(
        message_id=f"<{name}@kawa.example>", **({"In_Reply_To": f"<{answers}@kawa.example>"} if answers else {})
    )
    store_letters([Incoming(raw, "pipe", mailbox=mailbox())])
    return Letter.objects.get(header_id=f"<{name}@kawa.example>").pk


def test_batches_of_answers_lock_tickets_in_one_order(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        stored(name)
    drain()
    batches = [
        [stored("a1", "first"), stored("a2", "second")],
        [stored("b1", "second"), stored("b2", "first")],
    ]
    given, met, ends = iter(batches), threading.Barrier(2), []
    begun, waited = threading.Lock(), threading.local()

    def claim() -> list[int]:
        with begun:
            return next(given)

    def meet(place: str) -> None:
        """After its first letter each waits for the other, as long as there may be one to wait for."""
        if place == "letter_filed" and not getattr(waited, "once", False):
            waited.once = True
            try:
                met.wait(1.5)
            except threading.BrokenBarrierError:
                return

    def run() -> None:
        try:
            ends.append(processing.process_letters())
        except Exception as error:  # a deadlock shows here
            ends.append(repr(error))
        finally:
            connection.close()

    monkeypatch.setattr(processing, "claim", claim)
    monkeypatch.setattr(processing, "fault_point", meet)
    monkeypatch.setattr(processing, "BATCH_SECONDS", 30)
    threads = [threading.Thread(target=run) for _batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert ends == [2, 2]
    for name in ("first", "second"):
        ticket = Letter.objects.get(header_id=f"<{name}@kawa.example>").ticket
        assert ticket is not None
        assert ticket.messages.count() == 3

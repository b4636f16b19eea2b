"""What a letter costs, in statements, on top of those that its batch takes anyway."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okno.channels.email.intake import processing
from okno.channels.email.models import Letter
from okno.channels.email.receiving.storing import Incoming, store_letters
from okno.channels.email.tests.writing import drain, letter, mailbox
from okno.core.drains import handle_events
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db
FEW, MANY = 4, 14  # both within one batch


@pytest.fixture(autouse=True)
def one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a batch would end by its time, and what each batch takes anyway would be counted twice."""
    monkeypatch.setattr(processing, "BATCH_SECONDS", 60)


def each(
    work: Callable[[], int], written: Callable[[str], bytes], *, before: Callable[[], int] | None = None
) -> float:
    """How many statements the work takes for one letter more; ``before`` is done uncounted."""
    spent = []
    for count in (0, FEW, MANY):  # the first round is for what a process reads once
        raws = [written(f"{count}.{number}") for number in range(count)]
        store_letters([Incoming(raw, "pipe", mailbox=mailbox()) for raw in raws])
        if before:
            before()
        with CaptureQueriesContext(connection) as counted:
            work()
        spent.append(len(counted))
    return (spent[2] - spent[1]) / (MANY - FEW)


def of_new_sender(name: str) -> bytes:
    return letter(f"Client <c{name}@kawa.example>", message_id=f"<{name}@kawa.example>")


def test_a_request_of_somebody_new(cast: Cast) -> None:
    assert each(drain, of_new_sender) <= 14  # six of them are savepoints and notifications
    assert Letter.objects.filter(state="done").count() == FEW + MANY


def test_an_answer(cast: Cast) -> None:
    store_letters([Incoming(letter(message_id="<first@kawa.example>"), "pipe", mailbox=mailbox())])
    drain()
    answer = {"In_Reply_To": "<first@kawa.example>"}
    assert each(drain, lambda name: letter(message_id=f"<{name}@kawa.example>", **answer)) <= 16
    assert Letter.objects.get(header_id="<first@kawa.example>").ticket.messages.count() == 1 + FEW + MANY


def test_what_follows_a_request(cast: Cast) -> None:
    assert each(handle_events, of_new_sender, before=drain) <= 18  # with the confirmation in its final bytes


def test_storing(cast: Cast) -> None:
    box = mailbox()
    with CaptureQueriesContext(connection) as counted:
        store_letters([Incoming(of_new_sender(str(number)), "pipe", mailbox=box) for number in range(20)])
    assert len(counted) <= 6  # however many they are

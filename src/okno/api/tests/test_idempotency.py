"""A retried write is done once, also when both arrive at the same moment or the process dies between (T30)."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory

from okno.api.idempotency import fingerprint
from okno.api.tests.conftest import Caller, error_of
from okno.core import clock, idempotency
from okno.core.models import Event, IdempotentAnswer
from okno.testing.cast import make_cast
from okno.tickets.models import Attachment, Message, Ticket


def test_same_key_and_request_get_the_same_answer(caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    first = program.post("tickets", {"subject": "Once"}, Idempotency_Key="k1")
    again = program.post("tickets", {"subject": "Once"}, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert first["Content-Type"] == again["Content-Type"]
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Ticket.objects.count() == 1
    assert Event.objects.filter(kind="ticket.created").count() == 1


def test_same_key_and_another_request_are_refused(caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    number = program.post("tickets", {"subject": "Once"}, Idempotency_Key="k1").json()["number"]
    error_of(program.post("tickets", {"subject": "Twice"}, Idempotency_Key="k1"), 409, "idempotency_mismatch")
    error_of(
        program.post(f"tickets/{number}/notes", {"text": "x"}, Idempotency_Key="k1"), 409, "idempotency_mismatch"
    )
    assert Ticket.objects.count() == 1


def test_what_is_kept_of_a_request_cannot_be_guessed_without_the_key_t28(settings: Any) -> None:
    request = RequestFactory().post("/api/v1/tickets", {"secret": "tulip"}, content_type="application/json")
    kept = fingerprint(request)
    assert fingerprint(request) == kept
    settings.SECRET_KEY = "another"
    assert fingerprint(request) != kept


def test_keys_are_of_one_token(caller: Callable[..., Caller]) -> None:
    for name in ("olena", "taras"):
        assert caller(name).post("tickets", {"subject": name}, Idempotency_Key="k1").status_code == 201
    assert Ticket.objects.count() == 2


def test_every_method_that_writes_is_done_once(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program = caller("olena")
    path = f"tickets/{ticket.number}"
    watcher = program.post(f"{path}/watchers", {"agent": 10**9})
    assert watcher.status_code == 422
    calls: list[tuple[str, str, Any]] = [
        ("POST", f"{path}/answers", {"text": "Done"}),
        ("POST", f"{path}/notes", {"text": "For us"}),
        ("PATCH", path, {"priority": "high"}),
        ("PUT", f"{path}/status", {"status": "waiting"}),
        ("POST", f"{path}/claim", {}),
    ]
    for index, (method, address, data) in enumerate(calls):
        first = program.call(method, address, data, Idempotency_Key=f"k{index}")
        version = Ticket.objects.get().version
        again = program.call(method, address, data, Idempotency_Key=f"k{index}")
        assert first.status_code < 300, first.content
        assert (again.status_code, again.json()) == (first.status_code, first.json())
        assert Ticket.objects.get().version == version
    assert Message.objects.count() == 3


def test_a_deletion_is_done_once(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program = caller("olena")
    added = program.post(f"tickets/{ticket.number}/participants", {"email": "piotr@kawa.example"}).json()
    path = f"tickets/{ticket.number}/participants/{added['id']}"
    for replayed in (None, "true"):
        answer = program.delete(path, Idempotency_Key="gone")
        assert (answer.status_code, answer.get("Idempotency-Replayed")) == (204, replayed)
    error_of(program.delete(path), 404, "not_found")


def test_an_upload_is_done_once_in_spite_of_its_boundary(caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    ids = set()
    for boundary in ("AAA", "BBB"):
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
            f"Content-Type: text/plain\r\n\r\nhello\r\n--{boundary}--\r\n"
        )
        answer = program.client.generic(
            "POST", "/api/v1/attachments", body, content_type=f"multipart/form-data; boundary={boundary}",
            headers={"Idempotency-Key": "file"},
        )  # fmt: skip
        ids.add(answer.json()["id"])
    assert len(ids) == 1
    assert Attachment.objects.count() == 1
    other = program.client.post(
        "/api/v1/attachments", {"file": SimpleUploadedFile("a.txt", b"other")}, headers={"Idempotency-Key": "file"}
    )
    error_of(other, 409, "idempotency_mismatch")


def test_a_refusal_is_not_remembered(caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    assert program.post("tickets", {"subject": ""}, Idempotency_Key="k1").status_code == 422
    assert not IdempotentAnswer.objects.exists()
    assert program.post("tickets", {"subject": "Now right"}, Idempotency_Key="k1").status_code == 201


@pytest.mark.parametrize("key", ["x" * 201, "naïve", "a\tb"])
def test_keys_of_other_letters_are_refused(caller: Callable[..., Caller], key: str) -> None:
    answer = caller("olena").post("tickets", {"subject": "x"}, Idempotency_Key=key)
    assert error_of(answer, 422, "invalid")["fields"].keys() == {"Idempotency-Key"}


def test_answers_are_kept_for_a_day(caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    program.post("tickets", {"subject": "x"}, Idempotency_Key="k1")
    assert idempotency.forget_old() == 0
    with clock.frozen_at(clock.now() + timedelta(hours=25)):
        assert idempotency.forget_old() == 1


def test_a_failure_at_the_end_leaves_neither_change_nor_answer(
    caller: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answer and change stand in one transaction, so what breaks after the change takes both back."""

    def broken(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr("okno.api.idempotency.remember", broken)
    program = caller("olena")
    error_of(program.post("tickets", {"subject": "x"}, Idempotency_Key="k1"), 500, "internal")
    assert not Ticket.objects.exists()
    assert not IdempotentAnswer.objects.exists()


def together(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What ``count`` threads get that begin at the same moment, each with a connection of its own."""
    barrier, got = threading.Barrier(count), []

    def one(index: int) -> None:
        try:
            barrier.wait()
            got.append(act(index))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.fixture
def token(transactional_db: None, django_db_serialized_rollback: None) -> str:
    """A token in a database whose transactions are real."""
    from okno.api.operations.tokens import create_token

    cast = make_cast(password=None)
    return create_token(
        cast.actor("olena"), cast.olena, name="x", scopes=["tickets:read", "tickets:write", "people:read"]
    )[1]


def test_one_of_many_at_once_does_the_work_t30(token: str) -> None:
    answers = together(8, lambda _: Caller(token).post("tickets", {"subject": "Once"}, Idempotency_Key="same"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content and json.loads(answer.content)["number"] for answer in answers}) == 1
    assert [answer.get("Idempotency-Replayed") for answer in answers].count("true") == 7
    assert Ticket.objects.count() == 1


def test_who_waits_too_long_is_told_so(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "CLAIM", idempotency.CLAIM.replace("'8s'", "'100ms'"))
    working, go_on = threading.Event(), threading.Event()

    from okno.api.tickets import answering

    posted = answering._posted

    def slow(message: Message) -> Any:
        working.set()
        assert go_on.wait(10)
        return posted(message)

    monkeypatch.setattr(answering, "_posted", slow)
    number = Caller(token).post("tickets", {"subject": "x"}).json()["number"]

    def act(index: int) -> Any:
        if index == 1:
            assert working.wait(10)
        try:
            return Caller(token).post(f"tickets/{number}/notes", {"text": "x"}, Idempotency_Key="same")
        finally:
            go_on.set()

    answers = sorted(together(2, act), key=lambda answer: answer.status_code)
    assert answers[0].status_code == 201
    error_of(answers[1], 409, "in_progress")
    assert Message.objects.filter(is_public=False).count() == 1


def test_one_owner_of_many_claims_and_no_lost_update_t30(token: str) -> None:
    number = Caller(token).post("tickets", {"subject": "x"}).json()["number"]
    path = f"tickets/{number}"

    def act(index: int) -> int:
        program = Caller(token)
        if index % 2:
            return program.patch(path, {"subject": f"Of {index}"}, If_Match='"1"').status_code
        return program.post(f"{path}/notes", {"text": f"note {index}"}).status_code

    statuses = together(12, act)
    ticket = Ticket.objects.get()
    assert statuses.count(201) == 6
    assert statuses.count(200) <= 1
    assert statuses.count(200) + statuses.count(409) == 6
    assert ticket.version == 1 + 6 + statuses.count(200)
    assert ticket.message_count == 7

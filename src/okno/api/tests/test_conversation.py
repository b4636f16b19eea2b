"""Answers, notes and files through the API."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from okno.api.tests.conftest import Caller, error_of, fields_of
from okno.core import clock
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Attachment, Message, Ticket
from okno.tickets.operations.messages import NewMessage, add_client_message
from okno.tickets.operations.uploading import LARGEST_FILE, forget_waiting


def send(program: Caller, name: str = "photo.txt", content: bytes = b"hello") -> HttpResponse:
    """A file sent as a form."""
    return program.client.post("/api/v1/attachments", {"file": SimpleUploadedFile(name, content)})


def test_answer_goes_to_the_client_and_accepts_the_ticket(caller: Callable[..., Caller], ticket: Ticket) -> None:
    first = ticket.messages.get()
    body = caller("taras").post(
        f"tickets/{ticket.number}/answers",
        {"html": "<p>Switch it <b>off</b></p>", "last_seen_message": first.pk, "status": "waiting"},
    )
    assert body.status_code == 201
    posted = body.json()
    assert (posted["is_public"], posted["text"], posted["author"]["name"]) == (True, "Switch it off", "Taras Vovk")
    assert posted["ticket"] == {"number": ticket.number, "status": "waiting", "state": "waiting", "version": 2}


def test_a_stale_answer_is_not_sent_t30(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    first = ticket.messages.get()
    newer = add_client_message(cast.actor("marta"), ticket, NewMessage(text="It works again", channel="email"))
    program, path = caller("taras"), f"tickets/{ticket.number}/answers"
    answer = program.post(path, {"text": "We come", "last_seen_message": first.pk})
    assert error_of(answer, 409, "stale_conversation") == {"count": 1, "messages": [newer.pk]}
    assert Message.objects.count() == 2
    assert program.post(path, {"text": "We come", "last_seen_message": newer.pk}).status_code == 201
    anyway = {"text": "We come", "last_seen_message": first.pk, "send_anyway": True}
    assert program.post(path, anyway).status_code == 201


def test_a_note_is_never_the_clients_to_see(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    posted = caller("taras").post(f"tickets/{ticket.number}/notes", {"text": "They owe us"}).json()
    assert posted["is_public"] is False
    assert posted["ticket"]["state"] == "new"
    assert access.messages_visible_to(cast.actor("marta")).count() == 1


@pytest.mark.parametrize("kind", ["answers", "notes"])
def test_an_empty_message_is_refused(caller: Callable[..., Caller], ticket: Ticket, kind: str) -> None:
    program, path = caller("taras"), f"tickets/{ticket.number}/{kind}"
    for data in ({}, {"text": "  "}, {"html": "<p> </p>"}):
        assert fields_of(program.post(path, data)) == {"html"}
    assert fields_of(program.post(path, {"text": "a", "html": "b"})) == {"html"}
    assert fields_of(program.post(path, {"text": "a", "is_public": True})) == {"is_public"}


def test_files_are_sent_ahead_and_taken_by_a_message(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program = caller("taras")
    form = send(program, "../../отчёт\r\n.txt", b"form").json()
    assert "/" not in form["name"]
    in_json = {
        "name": "b.png",
        "content": base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode(),
        "type": "text/html",
    }
    json = program.post("attachments", in_json).json()
    assert (json["type"], json["size"]) == ("image/png", 48)
    posted = program.post(
        f"tickets/{ticket.number}/answers", {"text": "See", "attachments": [form["id"], json["id"]]}
    )
    assert [each["id"] for each in posted.json()["attachments"]] == [form["id"], json["id"]]
    again = program.post(f"tickets/{ticket.number}/answers", {"text": "See", "attachments": [form["id"]]})
    assert fields_of(again) == {"attachments"}
    twice = program.post("tickets", {"subject": "x", "attachments": [form["id"], form["id"]]})
    assert fields_of(twice) == {"attachments"}


def test_download_is_to_be_saved_only(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program = caller("taras")
    sent = send(program, 'page "1".html', b"<script>alert(1)</script>").json()
    program.post(f"tickets/{ticket.number}/notes", {"text": "See", "attachments": [sent["id"]]})
    answer = program.get(f"attachments/{sent['id']}")
    assert b"".join(answer) == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_an_upload_is_its_senders_until_a_message_takes_it_t14(
    caller: Callable[..., Caller], ticket: Ticket
) -> None:
    taras, olena = caller("taras"), caller("olena")
    sent = send(taras).json()["id"]
    assert taras.get(f"attachments/{sent}").status_code == 200
    error_of(olena.get(f"attachments/{sent}"), 404, "not_found")
    assert fields_of(olena.post(f"tickets/{ticket.number}/notes", {"text": "x", "attachments": [sent]})) == {
        "attachments"
    }
    taras.post(f"tickets/{ticket.number}/notes", {"text": "x", "attachments": [sent]})
    assert olena.get(f"attachments/{sent}").status_code == 200
    error_of(caller("marek").get(f"attachments/{sent}"), 404, "not_found")


def test_uploads_that_cannot_be_taken(caller: Callable[..., Caller]) -> None:
    program = caller("taras")
    assert fields_of(program.post("attachments", {"name": "a", "content": "%%%"})) == {"content"}
    assert fields_of(program.post("attachments", {"content": ""})) == {"name"}
    assert fields_of(program.post("attachments", {"name": "", "content": "", "path": "/etc"})) == {"name", "path"}
    assert fields_of(program.client.post("/api/v1/attachments", {"other": "x"})) == {"file"}
    assert fields_of(program.client.post("/api/v1/attachments", {"file": "not a file"})) == {"file"}
    assert fields_of(send(program, "big.bin", b"0" * (LARGEST_FILE + 1))) == {"file"}
    error_of(
        program.client.generic("POST", "/api/v1/attachments", "{", content_type="application/json"),
        400,
        "malformed_json",
    )
    broken = program.client.generic("POST", "/api/v1/attachments", "x", content_type="multipart/form-data")
    error_of(broken, 400, "malformed")
    error_of(program.get("attachments/nothing"), 404, "not_found")


def test_forgotten_uploads_are_removed_after_a_day(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program = caller("taras")
    taken, waiting = send(program).json()["id"], send(program).json()["id"]
    program.post(f"tickets/{ticket.number}/notes", {"text": "x", "attachments": [taken]})
    assert forget_waiting() == 0
    with clock.frozen_at(clock.now() + timedelta(hours=25)):
        assert forget_waiting() == 1
    assert Attachment.objects.get().token == taken
    assert waiting != taken

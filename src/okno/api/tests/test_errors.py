"""Whatever goes wrong has one shape, says what was wrong, and tells nothing of the inside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.api.tests.conftest import Caller, error_of, fields_of
from okno.tickets.models import Ticket


def test_unknown_address(db: None) -> None:
    for path in (
        "/api/",
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v2/tickets",
        "/api/v1/tickets/",
        "/api/v1/tickets/abc",
    ):
        error_of(Client().get(path), 404, "no_such_address")
        error_of(Client(enforce_csrf_checks=True).post(path), 404, "no_such_address")


def test_wrong_method(caller: Callable[..., Caller]) -> None:
    answer = caller("olena").delete("tickets")
    error_of(answer, 405, "method_not_allowed")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("body", ["{", "[1,", "nonsense", '{"subject": NaN', "[" * 100_000])
def test_malformed_json(caller: Callable[..., Caller], body: str) -> None:
    client = caller("olena").client
    answer = client.generic("POST", "/api/v1/tickets", body, content_type="application/json")
    error_of(answer, 400, "malformed_json")


def test_other_media_types_are_refused(caller: Callable[..., Caller]) -> None:
    client = caller("olena").client
    answer = client.generic("POST", "/api/v1/tickets", "<a/>", content_type="text/xml")
    error_of(answer, 415, "unsupported_media_type")
    error_of(client.post("/api/v1/tickets", {"subject": "as a form"}), 400, "malformed_json")


def test_too_large(caller: Callable[..., Caller]) -> None:
    client = caller("olena").client
    answer = client.generic(
        "POST", "/api/v1/tickets", "{}", content_type="application/json", CONTENT_LENGTH=str(31 * 1024**2)
    )
    assert error_of(answer, 413, "too_large") == {"limit": 30 * 1024**2}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"subject"}),
        ([], {"body"}),
        ("text", {"body"}),
        (None, {"body"}),
        ({"subject": ""}, {"subject"}),
        ({"subject": "  \n "}, {"subject"}),
        ({"subject": "x" * 5001}, {"subject"}),
        ({"subject": 7}, {"subject"}),
        ({"subject": None}, {"subject"}),
        ({"subject": "x", "colour": "red", "number": 5}, {"colour", "number"}),
        ({"subject": "x", "text": "a\u0000b"}, {"text"}),
        ({"subject": "x", "text": "\ud800"}, {"text"}),
        ({"subject": "x", "text": "a", "html": "<p>a</p>"}, {"html"}),
        ({"subject": "x", "contact": "1"}, {"contact"}),
        ({"subject": "x", "contact": 2**63}, {"contact"}),
        ({"subject": "x", "contact": 10**9, "company": 10**9}, {"contact", "company"}),
        ({"subject": "x", "contact_email": "nobody"}, {"contact_email"}),
        ({"subject": "x", "contact_email": "a@b.example", "contact": 1}, {"contact_email", "contact"}),
        ({"subject": "x", "type": "none", "priority": "none"}, {"type", "priority"}),
        ({"subject": "x", "assignee": 10**9, "team": 10**9}, {"assignee", "team"}),
        ({"subject": "x", "attachments": ["nothing"]}, {"attachments"}),
        ({"subject": "x", "attachments": "nothing"}, {"attachments"}),
        ({"subject": "x", "attachments": [1]}, {"attachments.0"}),
        ({"subject": "x", "author": "boss"}, {"author"}),
    ],
)
def test_mistakes_are_named_by_field_and_nothing_is_made(
    caller: Callable[..., Caller], body: object, fields: set[str]
) -> None:
    import json

    client = caller("olena").client
    answer = client.generic("POST", "/api/v1/tickets", json.dumps(body), content_type="application/json")
    assert fields_of(answer) == fields
    assert not Ticket.objects.exists()


def test_no_body_at_all(caller: Callable[..., Caller]) -> None:
    assert fields_of(caller("olena").call("POST", "tickets")) == {"body"}


@pytest.mark.parametrize(
    "query",
    ["colour=red", "state=old", "limit=0", "limit=101", "limit=x", "cursor=abc", "contact=x", "updated_since=now",
     "sort=subject", "assignee=you", "section=ours", "unread=perhaps", "team=me"],
)  # fmt: skip
def test_wrong_parameters_are_named(caller: Callable[..., Caller], query: str) -> None:
    assert fields_of(caller("olena").get(f"tickets?{query}")) == {query.partition("=")[0]}


def test_an_error_of_ours_says_nothing_and_changes_nothing(
    caller: Callable[..., Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("okno.api.tickets.creating.ticket_out", broken)
    answer = caller("olena").post("tickets", {"subject": "x"})
    error_of(answer, 500, "internal")
    assert b"secret" not in answer.content
    assert not Ticket.objects.exists()


def test_messages_speak_the_callers_language(caller: Callable[..., Caller]) -> None:
    answer = caller("olena").get("statuses", Accept_Language="pl")
    assert answer.json()[0]["name"] == "Nowe"
    assert answer["Content-Language"] == "pl"

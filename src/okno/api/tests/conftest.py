"""Callers of the API: members of the cast with tokens."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from okno.api.operations.tokens import create_token
from okno.api.scopes import SCOPES
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage


class Caller:
    """A program that calls the API with a token."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> HttpResponse:
        """One call; ``data`` is sent as JSON."""
        body = "" if data is None else json.dumps(data)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = "application/json" if body else ""
        return self.client.generic(method, f"/api/v1/{path}", body, content_type=kind, headers=names)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        return self.call("POST", path, {} if data is None else data, **headers)

    def put(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        return self.call("PUT", path, data, **headers)

    def patch(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        return self.call("PATCH", path, data, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.call("DELETE", path, **headers)


@pytest.fixture
def caller(cast: Cast) -> Callable[..., Caller]:
    """Makes a caller for a member of the cast, with all scopes or those named."""

    def one(name: str, *scopes: str) -> Caller:
        agent = getattr(cast, name)
        _token, text = create_token(agent.as_actor(), agent, name="test", scopes=scopes or tuple(SCOPES))
        return Caller(text)

    return one


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """Marta's ticket, of the first line and therefore not Marek's to see."""
    new = NewTicket(
        subject="Printer is silent",
        message=NewMessage(text="It blinks red.", contact=cast.marta),
        channel="email",
        contact=cast.marta,
        team=cast.first_line,
    )
    return create_ticket(cast.actor("olena"), new)


def error_of(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The details of an error, after its shape was checked."""
    assert answer.status_code == status, answer.content
    body = json.loads(answer.content)
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "details"}
    assert body["error"]["message"]
    assert body["error"]["code"] == code, body
    details: dict[str, Any] = body["error"]["details"]
    return details


def fields_of(answer: HttpResponse) -> set[str]:
    """The names of the fields that were refused."""
    return set(error_of(answer, 422, "invalid")["fields"])

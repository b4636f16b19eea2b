"""A form, and what a visitor's browser does with it."""

from __future__ import annotations

import base64
import json
from typing import Any

import altcha
import pytest
from django.test import Client

from okno.channels.email.models import Mailbox
from okno.channels.web_form.models import WebForm
from okno.channels.web_form.operations.forms import FormFacts, create_form
from okno.channels.web_form.proof import new_work
from okno.channels.web_form.rules import Field
from okno.testing.cast import Cast

ASKED = [
    Field("name"),
    Field("email"),
    Field("text", required=True),
    Field("files"),
    Field("own_1", labels={"en": "Order"}),
]


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return Mailbox.objects.create(
        name="Vikno Service", address="support@vikno.example", is_default=True, smtp_host="127.0.0.1"
    )


@pytest.fixture
def form(cast: Cast) -> WebForm:
    return create_form(cast.actor("olena"), FormFacts(name="Site", asked=ASKED))


def solved(form: WebForm) -> str:
    """The answer to a fresh puzzle of the form, found as a browser finds it."""
    challenge = altcha.Challenge.from_dict(new_work(form, hard=False))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    text = json.dumps({"challenge": challenge.to_dict(), "solution": solution.to_dict()})
    return base64.b64encode(text.encode()).decode()


def send(form: WebForm, *, ip: str = "203.0.113.7", proof: str | None = None, **values: Any) -> Any:
    """One post as the script sends it."""
    data = {"text": "The oven is cold", **values}
    data["proof"] = solved(form) if proof is None else proof
    return Client(REMOTE_ADDR=ip).post(f"/form/{form.key}/?language=en", data)

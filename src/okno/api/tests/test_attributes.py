"""Attributes in the API: what there is, values of tickets and clients, mistakes at ``attributes.CODE``, files."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from okno.api.tests.conftest import Caller, error_of, fields_of
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute
from okno.fields.rules import Option
from okno.testing.cast import Cast
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db
CANARY = "canary-91c2"


@pytest.fixture
def _defined(cast: Cast) -> None:
    gold = [Option("gold", {"en": "Gold", "pl": "Złoty"})]
    plain = AttributeFacts(target="ticket", kind="line", names={})
    for facts in (
        replace(plain, names={"en": "Model"}, is_required=True, types=["incident"]),
        replace(plain, names={"en": "Margin"}, seen_by=["lead"]),
        replace(plain, names={"en": "Act"}, kind="file"),
        replace(plain, names={"en": "Class"}, target="company", kind="list", options=gold),
        replace(plain, names={"en": "Job"}, target="contact"),
    ):
        create_attribute(cast.actor("olena"), facts)


def codes(answer: Any) -> list[str]:
    return [each["code"] for each in answer.json()]


@pytest.mark.usefixtures("_defined")
def test_definitions_are_listed_to_those_who_see_them(caller: Callable[..., Caller]) -> None:
    answer = caller("olena").get("attributes", Accept_Language="pl")
    assert sorted(codes(answer)) == ["act", "class", "job", "margin", "model"]
    [kind] = [each for each in answer.json() if each["code"] == "class"]
    assert kind["options"] == [{"code": "gold", "name": "Złoty", "is_active": True}]
    assert "margin" not in codes(caller("marek").get("attributes"))
    assert "margin" in codes(caller("taras").get("attributes"))


@pytest.mark.usefixtures("_defined")
def test_values_of_tickets(caller: Callable[..., Caller]) -> None:
    program = caller("taras")
    new = {"subject": "Printer", "type": "incident"}
    assert fields_of(program.post("tickets", new)) == {"attributes.model"}
    assert fields_of(program.post("tickets", {**new, "attributes": {"model": "HP", "nothing": 1}})) == {
        "attributes.nothing"
    }
    for half in ({"subject": "\ud800"}, {"attributes": {"model": "\ud800"}}):  # T34
        assert program.post("tickets", {**new, **half}).status_code == 422
    made = program.post("tickets", {**new, "attributes": {"model": "HP", "margin": CANARY}}).json()
    assert made["attributes"] == {"model": "HP", "margin": CANARY, "act": None}
    path = f"tickets/{made['number']}"
    changed = program.patch(path, {"attributes": {"model": "Canon"}, "subject": "Copier"}, If_Match='"1"').json()
    assert (changed["attributes"]["model"], changed["subject"]) == ("Canon", "Copier")
    stale = program.patch(path, {"attributes": {"model": "HP"}}, If_Match='"1"')
    error_of(stale, 409, "conflict")
    assert fields_of(program.patch(path, {"attributes": {"model": 5}})) == {"attributes.model"}
    assert fields_of(program.patch(path, {"attributes": {"model": {"a": 1}}})) == {"attributes.model"}
    assert fields_of(program.patch(path, {"subject": "x", "attributes": {"model": "x" * 501}})) == {
        "attributes.model"
    }
    assert program.get(path).json()["subject"] == "Copier"  # all that is named, or nothing at all


@pytest.mark.usefixtures("_defined")
def test_what_a_role_may_not_see_is_nowhere(cast: Cast, caller: Callable[..., Caller]) -> None:
    new = {"subject": "Printer", "type": "incident", "assignee": cast.marek.pk}
    made = caller("taras").post("tickets", {**new, "attributes": {"model": "HP", "margin": CANARY}}).json()
    path = f"tickets/{made['number']}"
    caller("taras").patch(path, {"attributes": {"margin": f"{CANARY} again"}})
    for address in (path, f"{path}/events", "tickets", "attributes"):
        assert CANARY not in caller("marek").get(address).content.decode()
        assert CANARY in caller("taras").get(address).content.decode() or address == "attributes"
    assert fields_of(caller("marek").patch(path, {"attributes": {"margin": "x"}})) == {"attributes.margin"}


@pytest.mark.usefixtures("_defined")
def test_values_of_clients(cast: Cast, caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    made = program.post("companies", {"name": "New", "attributes": {"class": "gold"}}).json()
    assert made["attributes"] == {"class": "gold"}
    path = f"companies/{made['id']}"
    assert fields_of(program.patch(path, {"attributes": {"class": "lead"}})) == {"attributes.class"}
    assert program.patch(path, {"name": "Newer"}).json()["attributes"] == {"class": "gold"}
    assert program.patch(path, {"attributes": {"class": None}}).json()["attributes"] == {"class": None}
    changed = program.patch(f"contacts/{cast.jan.pk}", {"attributes": {"job": "Cook"}}).json()
    assert changed["attributes"] == {"job": "Cook"}


@pytest.mark.usefixtures("_defined")
def test_a_file_is_sent_first(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}"
    file = {"name": "act.txt", "content": base64.b64encode(CANARY.encode()).decode()}
    sent = program.post("attachments", file).json()
    token = program.patch(path, {"attributes": {"act": sent["id"]}}).json()["attributes"]["act"]
    answer: Any = program.get(f"attributes/files/{token}")
    assert b"".join(answer.streaming_content) == CANARY.encode()
    assert answer["Content-Disposition"].startswith("attachment")
    error_of(caller("marek").get(f"attributes/files/{token}"), 404, "not_found")
    assert fields_of(program.patch(path, {"attributes": {"act": "no-such-token"}})) == {"attributes.act"}

"""Lifecycles, services and levels through the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from okno.api.tests.conftest import Caller, error_of, fields_of
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.tests.lifecycles import bend
from okno.workflow import catalogue
from okno.workflow.models import Service


@pytest.fixture
def services(db: None) -> Service:
    top = Service.objects.create(code="net", names={"en": "Network"})
    Service.objects.create(code="wifi", names={"en": "Wi-Fi"}, parent=top)
    catalogue.forget()
    return top


def test_what_is_possible_and_why_not(caller: Callable[..., Caller], ticket: Ticket) -> None:
    bend("new", "closed", by_agents=False, by_client=True)
    bend("new", "resolved", comment="required", required=["service"])
    found = {
        row["status"]["code"]: row for row in caller("taras").get(f"tickets/{ticket.number}/transitions").json()
    }
    assert found["open"] == {
        "status": {"code": "open", "name": "Open", "state": "open"},
        "name": "Take into work",
        "is_allowed": True,
        "refusal": "",
        "needs_until": False,
        "needs_comment": False,
        "comment_is_public": False,
        "missing": [],
    }
    assert found["postponed"]["needs_until"]
    assert (found["resolved"]["needs_comment"], found["resolved"]["missing"]) == (True, ["service"])
    assert not found["closed"]["is_allowed"]
    assert "Only the client" in found["closed"]["refusal"]


def test_a_refusal_says_why_and_what_is_possible(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}/status"
    program.put(path, {"status": "closed"})
    details = error_of(program.put(path, {"status": "waiting"}), 409, "no_transition")
    assert details == {"reason": "no_way", "before": "closed", "after": "waiting", "possible": ["open"]}


def test_postponing_needs_its_moment(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}/status"
    for wrong in ({}, {"until": "2020-01-01T00:00:00Z"}, {"until": "2030-01-01T00:00:00"}, {"until": "soon"}):
        assert fields_of(program.put(path, {"status": "postponed", **wrong})) == {"until"}
    body = program.put(
        path, {"status": "postponed", "until": "2030-01-01T00:00:00Z", "comment": "He is away"}
    ).json()
    assert (body["until_at"], body["status"]["state"]) == ("2030-01-01T00:00:00Z", "postponed")
    assert (body["messages"][-1]["text"], body["messages"][-1]["is_public"]) == ("He is away", False)


def test_a_comment_meant_for_colleagues_never_goes_to_the_client_t20(
    caller: Callable[..., Caller], ticket: Ticket
) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}"
    ways = {row["status"]["code"]: row for row in program.get(f"{path}/transitions").json()}
    assert not ways["waiting"]["comment_is_public"]
    bend("new", "waiting", comment_is_public=True)
    wanted = {"status": "waiting", "comment": "He never pays", "comment_is_public": False}
    details = error_of(program.put(f"{path}/status", wanted), 409, "comment_visibility")
    assert details == {"comment_is_public": True}
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.messages.filter(text="He never pays").exists()) == ("new", False)
    body = program.put(f"{path}/status", {**wanted, "comment_is_public": True}).json()
    assert (body["messages"][-1]["text"], body["messages"][-1]["is_public"]) == ("He never pays", True)


def test_waiting_tickets_say_when_they_close(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}"
    assert program.put(f"{path}/status", {"status": "waiting"}).json()["closes_at"]


def test_impact_urgency_and_service(cast: Cast, caller: Callable[..., Caller], services: Service) -> None:
    program = caller("olena")
    new = {"subject": "x", "impact": "company", "urgency": "now", "service": "wifi"}
    made = program.post("tickets", new).json()
    assert made["priority"]["code"] == "critical"
    assert made["service"] == {"code": "wifi", "name": "Network / Wi-Fi"}
    path = f"tickets/{made['number']}"
    changed = program.patch(path, {"impact": "person", "service": None}).json()
    assert (changed["priority"]["code"], changed["service"]) == ("high", None)
    assert not changed["priority_is_manual"]
    assert program.patch(path, {"priority": "low"}).json()["priority_is_manual"]
    assert fields_of(program.patch(path, {"service": "none", "impact": "none"})) == {"service", "impact"}
    assert fields_of(program.post("tickets", {**new, "urgency": "never"})) == {"urgency"}
    listed = program.get("services").json()
    assert [(row["code"], row["parent"]) for row in listed] == [("net", None), ("wifi", "net")]
    assert [row["code"] for row in program.get("impacts").json()] == ["person", "team", "company"]
    assert [row["code"] for row in program.get("urgencies").json()] == ["later", "soon", "now"]

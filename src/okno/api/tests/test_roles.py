"""Nobody reaches or changes through the API what is not his: by role, by scope, by object (T14, T26)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okno.api.openapi import document, operations, scopes_of
from okno.api.tests.conftest import Caller, error_of
from okno.core.models import Event
from okno.people.models import Agent, Company, Contact, Role, TeamMember, User
from okno.testing.cast import Cast
from okno.tickets.models import Attachment, Message, Participant, Ticket, Watcher
from okno.tickets.operations.people import add_participant, add_watcher

OPERATIONS = [(method, path, operation["operationId"]) for path, method, operation in operations(document())]
OF_A_TICKET = [each for each in OPERATIONS if "{number}" in each[1]]
BODIES: dict[str, dict[str, Any]] = {
    "change_ticket": {"subject": "Mine now"},
    "change_status": {"status": "closed"},
    "assign_ticket": {"agent": None, "team": None},
    "answer_ticket": {"text": "Hello"},
    "add_note": {"text": "Hello"},
    "add_participant": {"email": "thief@mail.example"},
    "add_watcher": {"agent": 0},
    "create_ticket": {"subject": "x"},
    "create_company": {"name": "x"},
    "create_contact": {"name": "x"},
    "change_company": {"name": "x"},
    "change_contact": {"name": "x"},
    "upload_attachment": {"name": "x", "content": ""},
}
NEEDED_RIGHTS = {
    "create_ticket": "tickets.create",
    "answer_ticket": "tickets.answer",
    "add_note": "tickets.note",
    "change_ticket": "tickets.edit",
    "change_status": "tickets.status",
    "assign_ticket": "tickets.assign",
    "claim_ticket": "tickets.assign",
    "add_participant": "tickets.edit",
    "confirm_participant": "tickets.edit",
    "remove_participant": "tickets.edit",
    "add_watcher": "tickets.edit",
    "remove_watcher": "tickets.edit",
    "create_company": "people.manage",
    "change_company": "people.manage",
    "create_contact": "people.manage",
    "change_contact": "people.manage",
}


def snapshot() -> str:
    """Everything that a request could change, apart from tokens and remembered answers."""
    models = (
        Ticket,
        Message,
        Attachment,
        Participant,
        Watcher,
        Company,
        Contact,
        Agent,
        User,
        Role,
        TeamMember,
        Event,
    )
    return json.dumps([list(model._default_manager.order_by("pk").values()) for model in models], default=str)


@pytest.fixture
def places(cast: Cast, ticket: Ticket) -> dict[str, object]:
    """Real values for every placeholder, all of a ticket that Marek does not see."""
    actor = cast.actor("olena")
    return {
        "number": ticket.number,
        "participant": add_participant(actor, ticket, "piotr@kawa.example").pk,
        "watcher": add_watcher(actor, ticket, agent=cast.taras).pk,
        "company": cast.kawa.pk,
        "contact": cast.marta.pk,
        "token": "none",
        "article": 1,
        "language": "en",
    }


def body_for(name: str, cast: Cast) -> dict[str, Any] | None:
    body = BODIES.get(name)
    return {"agent": cast.taras.pk} if name == "add_watcher" else body


@pytest.mark.parametrize("operation", OF_A_TICKET, ids=lambda each: each[2])
def test_a_ticket_of_others_does_not_exist_t14(
    operation: tuple[str, str, str], cast: Cast, caller: Callable[..., Caller], places: dict[str, object]
) -> None:
    """Every operation that takes a number answers 404 for a ticket that the agent does not see."""
    method, path, name = operation
    address = path.removeprefix("/api/v1/").format(**places)
    marek = caller("marek")
    before = snapshot()
    error_of(marek.call(method.upper(), address, body_for(name, cast)), 404, "not_found")
    assert snapshot() == before


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each[2])
def test_without_the_scope_nothing_is_reached_t14(
    operation: tuple[str, str, str], cast: Cast, caller: Callable[..., Caller], places: dict[str, object]
) -> None:
    """Whatever scopes a token has, without those of the operation the answer is 403."""
    method, path, name = operation
    address = path.removeprefix("/api/v1/").format(**places)
    needed = scopes_of(name)
    for missing in needed:
        others = [
            scope for scope in ("tickets:read", "tickets:write", "people:read", "people:write") if scope != missing
        ]
        program = caller("olena", *others)
        before = snapshot()
        error_of(program.call(method.upper(), address, body_for(name, cast)), 403, "missing_scope")
        assert snapshot() == before
    error_of(Caller("").call(method.upper(), address, body_for(name, cast)), 401, "unauthenticated")


@pytest.mark.parametrize("name", sorted(NEEDED_RIGHTS))
def test_without_the_right_nothing_is_done_t14(
    name: str, cast: Cast, caller: Callable[..., Caller], places: dict[str, object]
) -> None:
    """A role that lacks the right is refused with the reason, however wide the token is."""
    method, path = next((each[0], each[1]) for each in OPERATIONS if each[2] == name)
    role = Role.objects.get(code="administrator")
    role.rights = [right for right in role.rights if right != NEEDED_RIGHTS[name]]
    role.save()
    program = caller("olena")
    before = snapshot()
    answer = program.call(method.upper(), path.removeprefix("/api/v1/").format(**places), body_for(name, cast))
    error_of(answer, 403, "forbidden")
    assert snapshot() == before


def test_assignee_at_creation_needs_the_right_to_assign_t26(cast: Cast, caller: Callable[..., Caller]) -> None:
    role = Role.objects.get(code="specialist")
    role.rights.remove("tickets.assign")
    role.save()
    program = caller("marek")
    error_of(program.post("tickets", {"subject": "x", "assignee": cast.marek.pk}), 403, "forbidden")
    assert program.post("tickets", {"subject": "x"}).status_code == 201


FIELDS = sorted(
    {
        field.name
        for model in (Ticket, Message, Contact, Company, Agent, User, Role)
        for field in model._meta.get_fields()
    }
    | {"rights", "role_id", "agent_id", "is_admin", "scopes", "limits", "kind", "actor", "__class__", "created_at"}
)


@pytest.mark.parametrize("name", sorted(BODIES))
@pytest.mark.parametrize("who", ["olena", "marek"])
def test_fields_outside_the_schema_change_nothing_t26(
    who: str, name: str, cast: Cast, caller: Callable[..., Caller], places: dict[str, object]
) -> None:
    """No request of a role changes a field that the operation does not declare, in body or address."""
    made = document()
    method, path = next((each[0], each[1]) for each in OPERATIONS if each[2] == name)
    operation = made["paths"][path][method]
    shape = operation["requestBody"]["content"]["application/json"]["schema"]
    shape = made["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]] if "$ref" in shape else shape
    strange = [field for field in FIELDS if field not in shape["properties"]]
    program = caller(who)
    address = path.removeprefix("/api/v1/").format(**places)
    before = snapshot()

    @settings(
        max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        st.dictionaries(st.sampled_from(strange), st.sampled_from([1, True, "x", None, [], {"id": 1}]), min_size=1)
    )
    def run(extra: dict[str, Any]) -> None:
        body = {**(body_for(name, cast) or {}), **extra}
        answer = program.call(method.upper(), address, body)
        assert answer.status_code in {403, 404, 422}, answer.content
        if answer.status_code == 422:
            assert set(error_of(answer, 422, "invalid")["fields"]) >= set(extra)
        assert snapshot() == before

    run()

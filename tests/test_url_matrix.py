"""Every URL x every role (T14): generated from the routes, so that a new one without a policy fails.

Anonymous people are led to the sign-in page; strangers (a client's person with an account, an agent who may
not see the object) get 404; agents without the right get 403; nobody ever gets a server error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from okno.core.actor import SYSTEM
from okno.core.http.policy import Policy, policy_of
from okno.people.models import User
from okno.testing.cast import Cast
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

VALUES = {
    "number": "999999999",
    "pk": "999999999",
    "token": "no-such-token-at-all",
    "kind": "answer",
    "key": "a-b-c",
}
FOREIGN_PREFIXES = ("account/",)


def routes(
    resolver: URLResolver | None = None, prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, object]]:
    """Each route of the product: its pattern, its full name, its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from routes(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield pattern, ":".join([*names, entry.name or ""]), entry.callback


ROUTES = list(routes())


def filled(pattern: str) -> str:
    """The pattern with values that name nothing that exists."""
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: VALUES.get(match[1], "1"), pattern)
    path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda match: VALUES.get(match[1], "1"), path)
    return "/" + path.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


def policy(view: object, name: str) -> Policy | None:
    return policy_of(view, name)


def test_every_route_declares_a_policy_t14() -> None:
    missing = [pattern for pattern, name, view in ROUTES if policy(view, name) is None]
    assert missing == []
    assert len(ROUTES) > 60


@pytest.fixture
def clients(cast: Cast) -> dict[str, Client]:
    """A signed-in browser for each role, and for a client's person with an account."""
    jan = cast.jan
    jan.user = User.objects.create_user("jan@nordwind.example", "a long password 1")
    jan.save()
    browsers = {"anonymous": Client(raise_request_exception=False)}
    people = {
        "administrator": cast.olena.user,
        "lead": cast.taras.user,
        "specialist": cast.marek.user,
        "contact": jan.user,
    }
    for name, user in people.items():
        browsers[name] = Client(raise_request_exception=False)
        browsers[name].force_login(user)
    return browsers


OWN = [entry for entry in ROUTES if not entry[0].startswith(("account/", "api/", "static"))]


@pytest.mark.django_db
@pytest.mark.parametrize(("pattern", "name", "view"), OWN, ids=[entry[0] for entry in OWN])
def test_role_by_url_t14(pattern: str, name: str, view: object, clients: dict[str, Client]) -> None:
    declared = policy(view, name)
    assert declared is not None
    path = filled(pattern)
    for role, browser in clients.items():
        for method in ("get", "post"):
            status = getattr(browser, method)(path).status_code
            assert status < 500, (role, method, path, status)
            if declared.level == "contact" and role != "contact":
                assert status == (302 if role == "anonymous" else 404), (role, method, path, status)
            if declared.level != "agent":
                continue
            if role == "anonymous":
                assert status == 302, (role, method, path, status)
            elif role == "contact":
                assert status == 404, (role, method, path, status)
            elif declared.right and declared.right not in rights(role):
                assert status == 403, (role, method, path, status)
            elif "<" in pattern and method == "get":
                assert status in {404, 405, 302}, (role, method, path, status)


def rights(role: str) -> set[str]:
    from okno.people.models import Role

    return set(Role.objects.get(code=role).rights)


@pytest.mark.django_db
def test_a_ticket_of_others_does_not_exist_for_a_specialist_t14(clients: dict[str, Client], cast: Cast) -> None:
    """Every URL of a ticket, of its messages and files answers 404 to an agent who may not see it."""
    ticket = create_ticket(
        SYSTEM,
        NewTicket(subject="Not for Marek", message=NewMessage(text="secret"), channel="email", contact=cast.jan),
    )
    assign(SYSTEM, ticket, agent=cast.olena, team=cast.first_line)
    message = ticket.messages.get()
    mine = {"number": str(ticket.number), "pk": str(message.pk)}
    seen = 0
    for pattern, _name, _view in ROUTES:
        if not pattern.startswith(("tickets/<int:number>/", "messages/<int:pk>/")):
            continue
        path = "/" + re.sub(
            r"<(?:\w+:)?(\w+)>", lambda match: mine.get(match[1], VALUES.get(match[1], "1")), pattern
        )
        for method in ("get", "post"):
            answer = getattr(clients["specialist"], method)(path)
            assert answer.status_code in {404, 405}, (method, path, answer.status_code)
            assert b"secret" not in answer.content
            seen += answer.status_code == 404
    assert seen >= 20

"""No request changes what its role may not: extra parameters, other ids, privileged names, in any shape (T26)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okno.api.operations.tokens import create_token
from okno.api.scopes import SCOPES
from okno.core.actor import SYSTEM
from okno.core.configuration import export
from okno.people.models import Agent, Role, Team, User
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.tests.standing import everything, new_ticket
from tests.test_url_matrix import ROUTES, VALUES

pytestmark = pytest.mark.django_db
PRIVILEGED = (
    "role", "role_id", "is_active", "is_staff", "is_superuser", "rights", "teams", "email", "address", "password",
    "is_public", "is_internal", "assignee", "assignee_id", "team", "team_id", "created_at", "updated_at", "version",
    "number", "id", "pk", "agent", "author", "author_id", "channel", "state", "status", "closed_at", "company",
    "contact", "scopes", "settings", "value", "members", "heir", "key", "reset", "token",
)  # fmt: skip
POSTS = sorted(
    pattern
    for pattern, _name, _view in ROUTES
    if pattern.startswith(("manage/", "tickets/", "messages/", "account/", "api/v1/"))
    and not pattern.startswith(("account/login", "account/logout", "account/password", "account/2fa"))
)


class Siege:
    """Somebody without rights, what is not his, and what he may throw at it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.hidden = new_ticket(cast)
        assign(SYSTEM, self.hidden, agent=cast.olena, team=cast.first_line)
        cast.jan.user = User.objects.create_user("jan@nordwind.example", "a long password 1")
        cast.jan.save()
        _token, self.bearer = create_token(cast.marek.as_actor(), cast.marek, name="x", scopes=tuple(SCOPES))
        self.ids = [str(row.pk) for row in (cast.olena, cast.marek, cast.first_line, cast.olena.role, self.hidden)]

    def browser(self, who: str) -> Client:
        cache.clear()
        if who == "token":
            return Client(headers={"Authorization": f"Bearer {self.bearer}"}, raise_request_exception=False)
        client = Client(raise_request_exception=False)
        client.force_login(self.cast.marek.user if who == "specialist" else self.cast.jan.user)
        return client

    def path(self, pattern: str, number: str) -> str:
        mine = {"number": str(self.hidden.number), "pk": number}
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: mine.get(match[1], VALUES.get(match[1], "1")), pattern)
        path = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda match: mine.get(match[1], VALUES.get(match[1], "1")), path)
        return "/" + re.sub(r"[\^$\\]|\\Z", "", path)

    def state(self) -> dict[str, Any]:
        """What neither a specialist of another team nor a client may change, whatever is sent."""
        hidden = Ticket.objects.get(pk=self.hidden.pk)
        kept = {
            name: rows
            for name, rows in everything(hidden).items()
            if name in {"ticket", "messages", "intervals", "watchers"}
        }
        return {
            "configuration": export(SYSTEM),
            "employees": list(Agent.objects.order_by("pk").values_list("pk", "role", "is_active", "most_open")),
            "others": list(Agent.objects.exclude(pk=self.cast.marek.pk).order_by("pk").values()),
            "accounts": list(User.objects.order_by("pk").values_list("pk", "email", "password", "is_active")),
            "teams": list(Team.objects.order_by("pk").values_list("pk", "agents")),
            "ticket": kept,
        }


@pytest.fixture
def siege(cast: Cast) -> Siege:
    return Siege(cast)


values = st.one_of(
    st.sampled_from(
        ["on", "1", "true", "administrator", "settings.manage", "tickets.view_all", "2001-01-01T00:00:00Z", ""]
    ),
    st.integers(1, 9).map(str),
)
extras = st.dictionaries(st.sampled_from(PRIVILEGED), values, min_size=3, max_size=12)
requests = st.tuples(
    st.sampled_from(["specialist", "contact", "token"]), st.sampled_from(POSTS), st.integers(0, 4), extras,
    st.sampled_from(["form", "json", "query"]), st.sampled_from(["post", "put", "patch", "delete"]),
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(attacks=st.lists(requests, min_size=5, max_size=15))
def test_nothing_that_is_sent_changes_what_is_not_ones_own_t26(siege: Siege, attacks: list[Any]) -> None:
    before = siege.state()
    with transaction.atomic():
        for who, pattern, place, fields, shape, method in attacks:
            path, sent = siege.path(pattern, siege.ids[place]), dict(fields)
            browser = siege.browser(who)
            if shape == "json":
                answer = getattr(browser, method)(path, json.dumps(sent), content_type="application/json")
            elif shape == "query":
                answer = browser.post(path, query_params=sent)
            else:
                answer = browser.post(path, sent)
            assert answer.status_code < 500, (who, method, path, sent)
        assert siege.state() == before, attacks
        transaction.set_rollback(True)


@pytest.mark.parametrize("extra", PRIVILEGED)
def test_ones_own_card_takes_nothing_else_t26(siege: Siege, extra: str) -> None:
    before, marek = siege.state(), siege.cast.marek
    card = {"name": "Marek L.", "language": "en", "time_zone": "Europe/Warsaw", "signature": ""}
    admin = str(Role.objects.get(code="administrator").pk)
    answer = siege.browser("specialist").post("/account/profile/", {**card, extra: admin})
    assert answer.status_code == 303
    assert siege.state() == before
    assert Agent.objects.get(pk=marek.pk).name == "Marek L."


def test_a_new_ticket_takes_no_privileged_field_from_the_api_t26(siege: Siege) -> None:
    browser = siege.browser("token")
    wanted = {
        "number": 5,
        "created_at": "2001-01-01T00:00:00Z",
        "version": 99,
        "id": 7,
        "author_id": siege.cast.olena.pk,
    }
    for name, value in wanted.items():
        sent = json.dumps({"subject": f"With {name}", name: value})
        answer = browser.post("/api/v1/tickets", sent, content_type="application/json")
        made = Ticket.objects.filter(subject=f"With {name}").first()
        assert answer.status_code in {201, 422}, (name, answer.content)
        if made is not None:
            assert (made.number != 5, made.created_at.year > 2001, made.pk != 7) == (True, True, True)
            assert made.created_by_agent_id == siege.cast.marek.pk

"""Tokens: made once, stored as a hash, limited by scopes, ended by time or by hand (T23)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, RequestFactory

from okno.api.authentication import authenticate
from okno.api.models import ApiToken
from okno.api.operations.tokens import create_token, revoke_token, tokens_visible_to
from okno.api.scopes import limits_of
from okno.api.tests.conftest import Caller, error_of
from okno.core import clock
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.core.models import Event
from okno.testing.cast import PASSWORD, Cast

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_token_is_random_and_only_its_hash_is_stored_t23(cast: Cast) -> None:
    made = [create_token(cast.actor("taras"), cast.taras, name="x", scopes=["tickets:read"])[1] for _ in range(3)]
    assert len(set(made)) == 3
    for text in made:
        assert text.startswith("okno_")
        assert len(text) >= 5 + 43  # 256 bits in base64
    for row in ApiToken.objects.values():
        assert not any(text in str(row.values()) for text in made)
    assert not any(text in str(event.data) for text in made for event in Event.objects.all())


@pytest.mark.parametrize(
    "header",
    [
        "", "Bearer", "Bearer ", "Bearer okno_", "Bearer okno_wrong", "okno_wrong", "Basic b2s6b2s=", "Bearer []",
        "Bearer null", "Bearer okno_%00", "Bearer \xe9\xff", "Bearer okno_" + "x" * 5000,
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_without_a_valid_token_nothing_is_answered_t23(header: str) -> None:
    for method in ("GET", "POST"):
        answer = Client().generic(method, "/api/v1/tickets", headers={"Authorization": header} if header else {})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert "okno_wrong" not in answer.content.decode()


def test_a_session_is_no_token(cast: Cast) -> None:
    client = Client()
    assert client.login(email="olena@vikno.example", password=PASSWORD)
    error_of(client.get("/api/v1/tickets"), 401, "unauthenticated")


def test_scopes_limit_the_agent(caller: Callable[..., Caller]) -> None:
    reader = caller("olena", "tickets:read")
    assert reader.get("tickets").status_code == 200
    assert error_of(reader.post("tickets", {"subject": "x"}), 403, "missing_scope") == {
        "missing": ["tickets:write"]
    }
    error_of(reader.get("companies"), 403, "missing_scope")
    writer = caller("olena", "tickets:write")
    assert writer.post("tickets", {"subject": "x"}).status_code == 201
    error_of(writer.get("tickets"), 403, "missing_scope")
    for path in ("me", "statuses", "types", "priorities", "agents", "teams"):
        assert caller("marek", "people:read").get(path).status_code == 200


def test_scope_does_not_give_what_the_role_lacks(caller: Callable[..., Caller]) -> None:
    assert caller("marek").get("companies").json()["items"] == []
    error_of(caller("marek").post("contacts", {"name": "New"}), 403, "forbidden")


def test_token_ends_by_time_by_hand_and_with_its_agent(cast: Cast, caller: Callable[..., Caller]) -> None:
    actor = cast.actor("taras")
    with clock.frozen_at(NOW):
        end = NOW + timedelta(days=1)
        token, text = create_token(actor, cast.taras, name="x", scopes=["tickets:read"], expires_at=end)
        assert Caller(text).get("me").status_code == 200
    with clock.frozen_at(NOW + timedelta(days=1)):
        error_of(Caller(text).get("me"), 401, "token_expired")
    ApiToken.objects.filter(pk=token.pk).update(expires_at=None)
    assert Caller(text).get("me").status_code == 200
    revoke_token(actor, token.pk)
    error_of(Caller(text).get("me"), 401, "token_revoked")
    other = caller("taras")
    cast.taras.is_active = False
    cast.taras.save()
    error_of(other.get("me"), 401, "invalid_token")


def test_last_use_is_noted_once_a_minute(cast: Cast, caller: Callable[..., Caller]) -> None:
    program = caller("taras")

    def used_at() -> datetime | None:
        return ApiToken.objects.get().last_used_at

    assert used_at() is None
    for seconds, noted in ((0, 0), (30, 0), (61, 61)):
        with clock.frozen_at(NOW + timedelta(seconds=seconds)):
            assert program.get("me").status_code == 200
        assert used_at() == NOW + timedelta(seconds=noted)


def test_own_tokens_only_unless_agents_are_managed(cast: Cast) -> None:
    token, _text = create_token(cast.actor("marek"), cast.marek, name="x", scopes=["tickets:read"])
    with pytest.raises(Forbidden):
        create_token(cast.actor("taras"), cast.marek, name="x", scopes=["tickets:read"])
    with pytest.raises(NotVisible):
        revoke_token(cast.actor("taras"), token.pk)
    assert not tokens_visible_to(cast.actor("taras")).exists()
    assert not tokens_visible_to(cast.actor("marta")).exists()
    create_token(cast.actor("olena"), cast.marek, name="y", scopes=["tickets:read"])
    assert revoke_token(cast.actor("olena"), token.pk).revoked_at is not None
    assert Event.objects.filter(kind="token.revoked").count() == 1


def test_a_token_makes_no_token_t26(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        create_token(
            cast.olena.as_actor(limits=frozenset({"agents.manage"})), cast.olena, name="x", scopes=["tickets:read"]
        )
    with pytest.raises(Forbidden):
        create_token(cast.actor("marta"), cast.olena, name="x", scopes=["tickets:read"])


def test_mistakes_are_named(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        create_token(
            cast.actor("taras"), cast.taras, name=" ", scopes=["all"], expires_at=NOW - timedelta(days=900)
        )
    assert set(caught.value.fields) == {"name", "scopes", "expires_at"}


def test_me(cast: Cast, caller: Callable[..., Caller]) -> None:
    me = caller("taras", "tickets:read").get("me").json()
    assert me["agent"] == {"id": cast.taras.pk, "name": "Taras Vovk"}
    assert me["rights"] == ["tickets.view_all"]
    assert me["token"]["scopes"] == ["tickets:read"]


def test_the_bearer_is_the_agent_as_everywhere_within_the_scopes(cast: Cast) -> None:
    cast.taras.user.language = "uk"
    cast.taras.user.save()
    _token, text = create_token(cast.actor("taras"), cast.taras, name="x", scopes=["tickets:read"])
    request = RequestFactory().get("/", headers={"Authorization": f"Bearer {text}"})
    authenticate(request)
    expected = cast.taras.as_actor(limits=limits_of(["tickets:read"]))
    assert expected.teams
    assert vars(request)["bearer"] == expected

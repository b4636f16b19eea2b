"""The page of tokens: shown once, kept apart from others', ended by a button."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from okno.api.models import ApiToken
from okno.api.operations.tokens import create_token
from okno.testing.cast import Cast

PAGE = "/account/tokens/"


@pytest.fixture
def browser(cast: Cast) -> Client:
    """Taras, signed in."""
    client = Client()
    client.force_login(cast.taras.user)
    return client


def test_a_token_is_shown_once_and_works_t23(browser: Client) -> None:
    answer = browser.post(PAGE, {"name": "Monitoring", "scopes": ["tickets:read"], "days": "90"})
    found = re.search(r'value="(okno_[\w-]+)"', answer.content.decode())
    assert found
    text = found[1]
    assert "no-store" in answer["Cache-Control"]
    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").status_code == 200
    again = browser.get(PAGE).content.decode()
    assert text not in again
    assert text[:10] in again
    token = ApiToken.objects.get()
    assert token.expires_at is not None
    assert (token.expires_at - token.created_at).days in {89, 90}


def test_mistakes_are_named_and_what_was_typed_is_kept(browser: Client) -> None:
    answer = browser.post(PAGE, {"name": "My robot", "days": "7"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="My robot"' in page
    assert page.count("field-error") == 2
    assert not ApiToken.objects.exists()


def test_revoking_ends_ones_own_token_only(browser: Client, cast: Cast) -> None:
    own, text = create_token(cast.actor("taras"), cast.taras, name="of Taras", scopes=["tickets:read"])
    other, _text = create_token(cast.actor("marek"), cast.marek, name="of Marek", scopes=["tickets:read"])
    assert browser.post(f"{PAGE}{own.pk}/revoke/").status_code == 302
    assert browser.post(f"{PAGE}{other.pk}/revoke/").status_code == 404
    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").status_code == 401
    assert ApiToken.objects.get(pk=other.pk).revoked_at is None
    page = browser.get(PAGE).content.decode()
    assert "of Taras" in page
    assert "of Marek" not in page


def test_the_page_is_for_agents(cast: Cast) -> None:
    assert Client().get(PAGE).status_code == 302

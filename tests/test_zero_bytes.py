"""A zero byte, which no text of the database can hold, is a mistake of who sent it and never one of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.api.operations.tokens import create_token
from okno.testing.cast import Cast

ADDRESSES = (
    "/attachments/%00/",
    "/tickets/?status=%00",
    "/tickets/new/clients/?q=a%00",
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_path_with_a_zero_byte_leads_nowhere_and_a_query_is_read_without_it(cast: Cast, address: str) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.olena.user)
    assert browser.get(address).status_code == (404 if address.startswith("/attachments/") else 200)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_form_with_a_zero_byte_is_refused(cast: Cast) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.olena.user)
    answer = browser.post("/tickets/new/drafts/new/", {"html": "<p>x</p>", "subject": "a\x00b"})
    assert answer.status_code == 422


@pytest.mark.django_db
def test_the_api_is_not_upset_either(cast: Cast) -> None:
    _, token = create_token(cast.actor("olena"), cast.olena, name="x", scopes=["tickets:read"])
    browser = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})
    assert browser.get("/api/v1/tickets?status=%00").status_code < 500

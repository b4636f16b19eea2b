"""The form of a new ticket takes whatever its address says."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.testing.cast import Cast


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["²", "٣", "-1", "0", "9" * 30, "x"])
def test_a_client_that_is_none_is_left_out(cast: Cast, number: str) -> None:
    browser = Client()
    browser.force_login(cast.olena.user)
    page = browser.get("/tickets/new/", {"contact": number, "company": number})
    assert page.status_code == 200
    assert cast.kawa.name not in page.content.decode()

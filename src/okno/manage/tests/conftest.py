"""Signed-in browsers for the members of the cast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.testing.cast import Cast


@pytest.fixture
def as_(cast: Cast) -> Callable[[str], Client]:
    """``as_("olena")`` is the browser of the administrator."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name).user)
        return client

    return browser


@pytest.fixture
def olena(as_: Callable[[str], Client]) -> Client:
    """The administrator's browser."""
    return as_("olena")

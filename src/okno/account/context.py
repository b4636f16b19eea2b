"""What the pages of signing in may offer beside the password."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from okno.people.operations.coming_in import links_are_offered, registration_is_open


class WaysIn:
    """Asked only by the page that draws them."""

    @property
    def by_letter(self) -> bool:
        return links_are_offered()

    @property
    def by_registration(self) -> bool:
        return registration_is_open()


WAYS = WaysIn()


def ways_in(request: HttpRequest) -> dict[str, Any]:
    """For templates: ``ways_in``."""
    return {"ways_in": WAYS}

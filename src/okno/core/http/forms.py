"""The secret of forms, made once for a page however many forms stand on it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from markupsafe import Markup


class _Secret:
    """Masked anew for every answer; a page without forms asks for none, and so sets no cookie."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def token(self) -> str:
        return get_token(self.request)

    @cached_property
    def field(self) -> Markup:
        return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(self.token)


def form_secret(request: HttpRequest) -> dict[str, Any]:
    """For templates: ``csrf_token`` and ``csrf_input``, as Django names them."""
    secret = _Secret(request)
    return {
        "csrf_token": SimpleLazyObject(lambda: secret.token),
        "csrf_input": SimpleLazyObject(lambda: secret.field),
    }

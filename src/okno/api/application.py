"""The application that routes calls of API v1; each part of it brings a router."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from okno.api import attachments, attributes, errors, me, reference, request_forms
from okno.api.door import guarded
from okno.api.knowledge import articles
from okno.api.people import companies, contacts
from okno.api.routers import CHAPTERS
from okno.api.tickets import (
    answering,
    assigning,
    changing,
    conversation,
    creating,
    listing,
    participants,
    reading,
    transitions,
    watchers,
)
from okno.core.faults import Fault
from okno.core.http.policy import token_bearers

PARTS = (
    articles,
    *(listing, creating, reading, changing, transitions, assigning),
    *(conversation, answering, attachments, participants, watchers, companies, contacts),
    *(reference, attributes, request_forms, me),
)
"""The modules that put their operations on the routers."""


def make() -> NinjaAPI:
    """The application with its routers and its one error shape; the document and the page are our own."""
    api = NinjaAPI(title="Okno", version="1", urls_namespace="api-v1", openapi_url=None, docs_url=None)
    for router in CHAPTERS:
        api.add_router("", router)
    for kind in (Fault, ValidationError, HttpError, Exception):
        api.add_exception_handler(kind, errors.refused)
    return api


API = make()


def patterns() -> list[URLPattern | URLResolver]:
    """The addresses of every operation, each behind the door."""
    found: list[URLPattern | URLResolver] = []
    for pattern in API.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = guarded(pattern.callback)
            found.append(pattern)
    return found


@csrf_exempt
@token_bearers
def no_such_address(request: HttpRequest, path: str = "") -> HttpResponse:
    """The answer under ``/api/`` to whatever is no operation."""
    return errors.error_answer(errors.NoSuchAddress(_("There is no such address in the API. See /api/docs.")))

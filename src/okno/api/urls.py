"""The URLs of the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from okno.api.application import no_such_address, patterns
from okno.api.docs import docs_page
from okno.api.openapi import openapi_json

urlpatterns: list[URLPattern | URLResolver] = [
    path("docs", docs_page, name="api-docs"),
    path("v1/openapi.json", openapi_json, name="api-document"),
    path("v1/", include((patterns(), "api-v1"))),
    re_path(r"^(?P<path>.*)$", no_such_address, name="api-nowhere"),
]

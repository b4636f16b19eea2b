"""The URLs of the settings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from okno.manage import index

app_name = "manage"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="index"),
]

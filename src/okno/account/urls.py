"""The URLs of the account face: what a signed-in person sets for himself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from okno.account import preferences

app_name = "account"

urlpatterns: list[URLPattern | URLResolver] = [
    path("profile/", preferences.profile, name="profile"),
    path("language/", preferences.language, name="language"),
]

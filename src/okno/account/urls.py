"""The URLs of the account face: what a signed-in person sets for himself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from okno.account import preferences, tokens

app_name = "account"

urlpatterns: list[URLPattern | URLResolver] = [
    path("profile/", preferences.profile, name="profile"),
    path("language/", preferences.language, name="language"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
]

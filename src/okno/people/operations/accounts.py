"""Accounts: what a person chooses for himself."""

from __future__ import annotations

from okno.people.models import User


def change_preferences(user: User, *, language: str | None = None, time_zone: str | None = None) -> None:
    """Keeps the person's own language and time zone; what is not given stays as it is."""
    if language is not None:
        user.language = language
    if time_zone is not None:
        user.time_zone = time_zone
    user.save(update_fields=["language", "time_zone"])

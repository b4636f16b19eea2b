"""What must hold before anything runs; Django asks this at every management command."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def secret_key_is_present(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without the key nothing could be signed or decrypted, and a guessable one would open every door (T28)."""
    if settings.SECRET_KEY != settings.NO_KEY:
        return []
    return [
        Error(
            f"There is no secret key: {settings.SECRET_KEY_FILE} is missing.",
            hint="Put the file back from a backup, or set OKNO_SECRET_KEY. The first `okno` start makes a new one.",
            id="okno.E001",
        )
    ]

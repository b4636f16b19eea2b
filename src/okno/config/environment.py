"""Strict reading of settings from the environment: a mistyped value stops the start with a clear message.

Every variable is named ``OKNO_<NAME>`` (``DATABASE_URL`` excepted); a secret may also come from the
file named by ``<NAME>_FILE``.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse


class EnvironmentMistake(SystemExit):
    """A variable of the environment holds something that cannot be used."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"okno: {name}={value!r} cannot be used: {expected}")


def text(name: str, default: str = "") -> str:
    """The value of a variable, or the content of the file that ``<name>_FILE`` names."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise EnvironmentMistake(f"{name}_FILE", file, str(error)) from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """A yes or no; anything but the usual words for these is a mistake."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise EnvironmentMistake(name, value, "write yes or no")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise EnvironmentMistake(name, value, "write a whole number") from error


def words(name: str, default: str = "") -> list[str]:
    """A list of words parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str, **options: object) -> dict[str, object]:
    """Django's description of the database that a ``postgresql://`` URL names.

    A socket folder may stand as the host (``postgresql://okno@/okno?host=/run/okno``). ``options`` are further ones
    of the driver.
    """
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise EnvironmentMistake("DATABASE_URL", url, "write postgresql://user:password@host:port/name")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "okno",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": unquote(parts.hostname or "") or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query | options,
    }

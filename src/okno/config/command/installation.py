"""Where this installation lives: its data folder, its secret key, and its database, started or found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okno.config.command.refusal import Refusal


def data_folder() -> Path:
    """The data folder that the options or the environment name."""
    return Path(os.environ["OKNO_DATA"])


def make_data_folder(folder: Path) -> None:
    """Makes the data folder and the secret key in it, each only when it is missing."""
    from okno.core.secrets import make_key_file

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (os.environ.get("OKNO_SECRET_KEY") or os.environ.get("OKNO_SECRET_KEY_FILE")):
            make_key_file(folder / "secret.key")
    except OSError as error:
        raise Refusal(
            f"The data folder {folder} cannot be used: {error.strerror}.",
            "Choose another one with --data, or make this one writable for you.",
        ) from error


@contextmanager
def database() -> Iterator[str]:
    """The address of the database while the block runs, also set as ``DATABASE_URL``.

    ``DATABASE_URL`` names a server of one's own; without it the embedded server of the data folder is
    found running, or started for the time of the block.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    from okno.core.embedded import EmbeddedPostgres

    with EmbeddedPostgres(data_folder()) as server:
        url = server.start()
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            close_connections()
            del os.environ["DATABASE_URL"]


@contextmanager
def ready(*, migrated: bool = True) -> Iterator[None]:
    """Django with the database of this installation, its tables up to date unless ``migrated`` is false."""
    make_data_folder(data_folder())
    with database():
        set_up_django()
        if migrated:
            from okno.config.command.schema import require_present

            require_present()
        yield


def set_up_django() -> None:
    """Loads settings and packages; refuses without a secret key (T28)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okno.config.settings")
    import django
    from django.conf import settings

    if settings.SECRET_KEY == settings.NO_KEY:
        raise Refusal(
            f"There is no secret key: {settings.SECRET_KEY_FILE} is missing and OKNO_SECRET_KEY is not set.",
            "Without the key, sessions and stored passwords cannot be read. Put the file back from a backup.",
        )
    django.setup()


def close_connections() -> None:
    """Lets go of the database before its server stops."""
    import sys

    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()

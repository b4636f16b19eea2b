"""Fixtures that every test of the product may use: the cast, a folder for files, settings read afresh."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("OKNO_DATA", tempfile.mkdtemp(prefix="okno-test-"))
os.environ.setdefault("OKNO_SECRET_KEY", "a key for tests only, of no value to anybody")


@pytest.fixture(autouse=True)
def _fresh_settings_and_fast_passwords(settings: Any) -> Iterator[None]:
    """Each test reads the settings table afresh; passwords are hashed in no time, as nobody attacks them here."""
    from okno.calendars import loading as schedules
    from okno.core import settings_store
    from okno.routing import memory
    from okno.sla import loading
    from okno.tickets import working_time
    from okno.workflow import catalogue

    catalogue.forget()
    schedules.forget()
    loading.forget()
    memory.forget()
    working_time.forget()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings_store.forget()
    yield
    settings_store.forget()


@pytest.fixture
def files_folder(settings: object) -> Path:
    """Where the files of this test run are stored."""
    return Path(os.environ["OKNO_DATA"]) / "files"


@pytest.fixture
def cast(db: None) -> object:
    """The named cast in the test's database."""
    from okno.testing.cast import make_cast

    return make_cast()

"""The clocks of these tests are those of UTC, so that their tables can be read."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _clocks_of_utc(settings: Any) -> None:
    settings.DISPLAY_TIME_ZONE = "UTC"

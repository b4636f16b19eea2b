"""What the API leaves behind is tidied away by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from okno.api.tests.conftest import Caller
from okno.config.schedule import tidy_api
from okno.core import clock
from okno.core.models import IdempotentAnswer
from okno.tickets.models import Attachment


def test_tidying_is_scheduled_every_hour() -> None:
    assert "api.tidy" in app.tasks
    crons = [
        periodic.cron
        for periodic in app.periodic_registry.periodic_tasks.values()
        if periodic.task.name == "api.tidy"
    ]
    assert crons == ["17 * * * *"]


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_what_is_older_than_a_day_is_forgotten(caller: Callable[..., Caller], hours: int, left: int) -> None:
    caller("olena").post("attachments", {"name": "a", "content": "aGk="}, Idempotency_Key="k")
    with clock.frozen_at(clock.now() + timedelta(hours=hours)):
        tidy_api(0)
    assert (Attachment.objects.count(), IdempotentAnswer.objects.count()) == (left, left)

"""Sessions that have expired are forgotten by the worker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from okno.config.schedule import tidy_sessions
from okno.testing.cast import Cast


@pytest.mark.django_db
def test_expired_sessions_are_forgotten_and_others_stay(cast: Cast) -> None:
    early, present = Client(), Client()
    early.force_login(cast.olena.user)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    present.force_login(cast.marek.user)
    tidy_sessions(0)
    assert Session.objects.get().session_key == present.session.session_key

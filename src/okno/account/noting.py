"""Who of the employees signed in, and who tried to: written down for the audit log (F226)."""

from __future__ import annotations

from typing import Any

from okno.account import events as kinds
from okno.core import events
from okno.core.actor import SYSTEM
from okno.people.models import Agent, User


def note_sign_in(user: Any, address: str) -> None:
    """An employee came in, all factors proven; clients are not written down."""
    agent = Agent.objects.select_related("role", "user").filter(user=user.pk).first()
    if agent is not None:
        events.record(agent.as_actor(), kinds.SIGNED_IN, agent.user, {"name": agent.name, "address": address})


def note_failure(email: str, address: str) -> None:
    """Somebody did not know an employee's password. Who tries accounts that do not exist is not written down."""
    user = User.objects.filter(email=email.strip().lower(), agent__isnull=False).first()
    if user is not None:
        events.record(SYSTEM, kinds.SIGN_IN_FAILED, user, {"email": user.email, "address": address})

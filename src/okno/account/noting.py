"""Who of the employees signed in, who tried to, and by what: written down for the audit log (F226)."""

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


def note_password(request: Any, user: Any, **_more: Any) -> None:
    """An employee has another password, by himself or by a letter."""
    _note(user, kinds.PASSWORD_CHANGED, {})


def note_factor_added(request: Any, user: Any, authenticator: Any, **_more: Any) -> None:
    """An employee signs in by another factor."""
    _note(user, kinds.FACTOR_ADDED, {"factor": authenticator.type})


def note_factor_removed(request: Any, user: Any, authenticator: Any, **_more: Any) -> None:
    """A factor of an employee is gone."""
    _note(user, kinds.FACTOR_REMOVED, {"factor": authenticator.type})


def note_factor_renewed(request: Any, user: Any, authenticator: Any, **_more: Any) -> None:
    """An employee has other recovery codes."""
    _note(user, kinds.FACTOR_RENEWED, {"factor": authenticator.type})


def _note(user: Any, kind: str, data: dict[str, str]) -> None:
    agent = Agent.objects.select_related("role", "user").filter(user=user.pk).first()
    if agent is not None:
        events.record(agent.as_actor(), kind, agent.user, {"name": agent.name, **data})


def note_failure(email: str, address: str) -> None:
    """Somebody did not know an employee's password. Who tries accounts that do not exist is not written down."""
    user = User.objects.filter(email=email.strip().lower(), agent__isnull=False).first()
    if user is not None:
        events.record(SYSTEM, kinds.SIGN_IN_FAILED, user, {"email": user.email, "address": address})

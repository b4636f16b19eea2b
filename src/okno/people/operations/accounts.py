"""Accounts: what a person chooses for himself."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.people import events as kinds
from okno.people.models import Agent, User

SIGNATURE_LIMIT = 2000
MOST_COLUMNS = 50


def change_preferences(user: User, *, language: str | None = None, time_zone: str | None = None) -> None:
    """Keeps the person's own language and time zone; what is not given stays as it is."""
    before = {"language": user.language, "time_zone": user.time_zone}
    if language is not None:
        user.language = language
    if time_zone is not None:
        user.time_zone = time_zone
    after = {"language": user.language, "time_zone": user.time_zone}
    with transaction.atomic():
        user.save(update_fields=["language", "time_zone"])
        agent = Agent.objects.filter(user=user).first() if before != after else None
        if agent is not None:
            data = {"before": before, "after": after}
            events.record(agent.as_actor(), kinds.AGENT_PREFERENCES_CHANGED, agent, data)


def keep_list_columns(user: User, columns: Sequence[str]) -> None:
    """Keeps which columns the person's list of tickets has, in their order; none means the usual ones (F77)."""
    user.list_columns = list(columns)[:MOST_COLUMNS]
    user.save(update_fields=["list_columns"])


def end_sessions(user: User) -> None:
    """Ends all sessions of one's own account."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def change_own_card(actor: Actor, agent: Agent, *, name: str, signature: str) -> Agent:
    """An employee's own name, as clients see it, and the words under his answers."""
    if not actor.is_agent or actor.id != agent.pk:
        raise Forbidden(_("This is somebody else's profile."))
    name, signature = " ".join(name.split()), signature.strip()
    problems = {}
    if not name or len(name) > 120:
        problems["name"] = [_("Write a name of at most %(limit)d characters.") % {"limit": 120}]
    if len(signature) > SIGNATURE_LIMIT:
        problems["signature"] = [_("No more than %(limit)d characters.") % {"limit": SIGNATURE_LIMIT}]
    if problems:
        raise Invalid(problems)
    with transaction.atomic():
        locked = Agent.objects.select_for_update().get(pk=agent.pk)
        changed = [
            field for field, value in (("name", name), ("signature", signature)) if getattr(locked, field) != value
        ]
        locked.name, locked.signature = name, signature
        locked.save(update_fields=["name", "signature"])
        if changed:
            events.record(actor, kinds.AGENT_CHANGED, locked, {"fields": changed})
    return locked

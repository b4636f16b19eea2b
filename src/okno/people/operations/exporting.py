"""Clients that are taken away as a file: who took which is written down."""

from __future__ import annotations

from collections.abc import Mapping

from okno.core import events
from okno.core.actor import Actor
from okno.people import access
from okno.people import events as kinds
from okno.people.models import Agent


def note_export(actor: Actor, kind: str, form: str, filters: Mapping[str, str]) -> None:
    """Writes down that the actor took clients away; whoever sees them may."""
    access.require(actor, "people.view")
    subject = Agent.objects.get(pk=actor.id or 0)
    events.record(actor, kinds.EXPORTED, subject, {"kind": kind, "format": form, "filters": dict(filters)})

"""The photo of an employee: one's own, or anybody's by those who manage employees (F155)."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events, files, media
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.core.models import StoredFile
from okno.people import events as kinds
from okno.people import photos
from okno.people.models import Agent

RIGHT = "agents.manage"
LARGEST_FILE = 15 * 1024 * 1024
SIZES = (320, 96)
"""Pixels of the sides: for pages about the person, and beside the name everywhere else."""

SMALLEST = 64


def may_set_photo(actor: Actor, agent: Agent) -> bool:
    """Oneself, and whoever manages employees."""
    return actor.kind == "system" or (actor.is_agent and (actor.id == agent.pk or actor.has(RIGHT)))


def set_photo(actor: Actor, agent: Agent, content: bytes) -> Agent:
    """Replaces the photo by a square out of a picture, written anew: nothing else of the file is kept.

    What is no picture, or one too small or too large to be shown, is refused at its field (T13, T15).
    """
    _require(actor, agent)
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise Invalid({"photo": [_("The file is larger than %(limit)d MB.") % {"limit": limit}]})
    squares = media.square_pictures(content, SIZES, smallest=SMALLEST)
    if squares is None:
        text = _(
            "This is no picture that can be shown. PNG, JPEG, GIF and WebP from %(least)d × %(least)d pixels are."
        )
        raise Invalid({"photo": [text % {"least": SMALLEST}]})
    large, small = files.store_many(squares)
    return _write(actor, agent, secrets.token_urlsafe(18), large, small)


def remove_photo(actor: Actor, agent: Agent) -> Agent:
    """Takes the photo away; initials stand in its place again."""
    _require(actor, agent)
    return _write(actor, agent, "", None, None)


def photo_file(name: str, *, is_large: bool) -> StoredFile | None:
    """The file that is handed out under this name."""
    if not name:
        return None
    agent = Agent.objects.filter(photo_name=name).select_related("photo", "photo_small").first()
    return (agent.photo if is_large else agent.photo_small) if agent is not None else None


def _require(actor: Actor, agent: Agent) -> None:
    if not may_set_photo(actor, agent):
        raise Forbidden(_("Only the employee and an administrator choose the photo."))


def _write(actor: Actor, agent: Agent, name: str, large: StoredFile | None, small: StoredFile | None) -> Agent:
    with transaction.atomic():
        locked = Agent.objects.select_for_update(of=("self",), no_key=True).get(pk=agent.pk)
        if locked.photo_name or name:
            locked.photo_name, locked.photo, locked.photo_small = name, large, small
            locked.save(update_fields=["photo_name", "photo", "photo_small"])
            events.record(actor, kinds.AGENT_CHANGED, locked, {"fields": ["photo"]})
    photos.forget()
    return locked

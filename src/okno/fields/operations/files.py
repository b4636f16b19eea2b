"""Files that become values: sent first, taken by the row that is then written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from okno.core import clock, files
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.core.media import clean_name, real_type
from okno.core.models import StoredFile
from okno.fields import access
from okno.fields.models import Attribute, ValueFile

LARGEST = 25 * 1024 * 1024
KEPT = timedelta(hours=24)
"""For how long a file waits for the row whose value it is to be."""


def send_file(
    actor: Actor, attribute: Attribute, *, name: str, content: bytes, declared: str = "", creating: bool = False
) -> ValueFile:
    """Stores a file that only its sender may make a value of the attribute."""
    if attribute.kind != Attribute.Kind.FILE or not access.may_change(actor, attribute, creating=creating):
        raise Forbidden(_("Your role or token does not allow this."))
    if len(content) > LARGEST:
        raise Invalid({"file": [_("A file has at most %(limit)d MB.") % {"limit": LARGEST // 1024**2}]})
    return adopt(actor, attribute, files.store(content), name=name, kind=real_type(content, name, declared))


def adopt(actor: Actor, attribute: Attribute, file: StoredFile, *, name: str, kind: str) -> ValueFile:
    """Makes a stored file one that its sender may make a value of the attribute."""
    return ValueFile.objects.create(
        token=secrets.token_urlsafe(20),
        attribute=attribute,
        uploaded_by=sender_of(actor),
        file=file,
        name=clean_name(name),
        type=kind,
        size=file.size,
        created_at=clock.now(),
    )


def sender_of(actor: Actor) -> str:
    """How the sender of a file is remembered."""
    return f"{actor.kind}:{actor.id}"


def is_there(actor: Actor, attribute: Attribute, token: str, holder: int | None) -> bool:
    """Whether the token is a file that the actor sent for this attribute, or the row's own."""
    own = Q(holder__isnull=True, uploaded_by=sender_of(actor))
    if holder is not None:
        own |= Q(holder=holder)
    return ValueFile.objects.filter(own, token=token, attribute=attribute).exists()


def take_files(actor: Actor, tokens: Iterable[str], holder: int) -> None:
    """Gives waiting files of the actor to the row whose values they are; call it in the row's transaction."""
    wanted = list(tokens)
    if wanted:
        ValueFile.objects.filter(token__in=wanted, holder__isnull=True, uploaded_by=sender_of(actor)).update(
            holder=holder
        )


def forget_waiting() -> int:
    """Removes files that nobody took within a day; returns how many."""
    removed, _kinds = ValueFile.objects.filter(holder__isnull=True, created_at__lt=clock.now() - KEPT).delete()
    return removed

"""Canned replies: written, changed, switched off and deleted by those who may change settings (F182)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events, html
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.tickets import events as kinds
from okno.tickets.models import CannedReply

RIGHT = "settings.manage"
VARIABLES = ("client", "first_name", "company", "number", "subject", "agent")
"""What may stand in a reply behind a dollar sign and is filled in when the reply is inserted."""

LONGEST = 100_000
_SHORTCUT = re.compile(r"[^\W_][\w-]{0,39}")
_VARIABLE = re.compile(r"(?<!\$)\$(?:\{([a-z_]+)\}|([a-z_]+))")


@dataclass(frozen=True)
class CannedFacts:
    """What a canned reply says and by what it is found."""

    title: str
    html: str
    group: str = ""
    shortcut: str = ""
    language: str = ""
    is_active: bool = True
    is_closing: bool = False


def create_canned(actor: Actor, facts: CannedFacts) -> CannedReply:
    """Writes a new reply."""
    _require(actor)
    checked = _checked(facts, None)
    with transaction.atomic():
        reply = CannedReply.objects.create(**vars(checked))
        events.record(actor, kinds.CANNED_CREATED, reply, {"title": reply.title})
    return reply


def change_canned(actor: Actor, reply: CannedReply, facts: CannedFacts) -> CannedReply:
    """Replaces everything that the reply says."""
    _require(actor)
    checked = _checked(facts, reply)
    with transaction.atomic():
        locked = CannedReply.objects.select_for_update().get(pk=reply.pk)
        changed = [name for name, value in vars(checked).items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, getattr(checked, name))
        if changed:
            locked.save(update_fields=changed)
            events.record(actor, kinds.CANNED_CHANGED, locked, {"title": locked.title, "fields": changed})
    return locked


def delete_canned(actor: Actor, reply: CannedReply) -> None:
    """Deletes the reply; what was sent with it stays as it was sent."""
    _require(actor)
    with transaction.atomic():
        locked = CannedReply.objects.select_for_update().get(pk=reply.pk)
        events.record(actor, kinds.CANNED_DELETED, locked, {"title": locked.title})
        locked.delete()


def unknown_variables(markup: str) -> list[str]:
    """Variables of the text that nobody fills in, such as a misspelt one."""
    named = [braced or bare for braced, bare in _VARIABLE.findall(html.to_text(markup))]
    return [name for name in dict.fromkeys(named) if name not in VARIABLES]


def _require(actor: Actor) -> None:
    if not actor.has(RIGHT):
        raise Forbidden(_("Your role does not change settings."))


def _checked(facts: CannedFacts, reply: CannedReply | None) -> CannedFacts:
    clean = CannedFacts(
        title=" ".join(facts.title.split()),
        html=html.strict(facts.html),
        group=" ".join(facts.group.split()),
        shortcut=facts.shortcut.strip().lstrip("/"),
        language=facts.language,
        is_active=facts.is_active,
        is_closing=facts.is_closing,
    )
    problems = _problems(clean, reply)
    if problems:
        raise Invalid(problems)
    return clean


def _problems(facts: CannedFacts, reply: CannedReply | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    limits = (("title", facts.title, 120), ("group", facts.group, 80), ("html", facts.html, LONGEST))
    for name, value, limit in limits:
        if len(value) > limit:
            found[name] = [_("No more than %(limit)d characters.") % {"limit": limit}]
    if not facts.title:
        found["title"] = [_("Write a title.")]
    unknown = unknown_variables(facts.html)
    if not html.to_text(facts.html).strip():
        found["html"] = [_("Write the text of the reply.")]
    elif unknown:
        names = ", ".join(f"${name}" for name in unknown)
        found["html"] = [_("Unknown variables: %(names)s. A dollar sign itself is written $$.") % {"names": names}]
    if facts.shortcut and not _SHORTCUT.fullmatch(facts.shortcut):
        found["shortcut"] = [_("One word of letters and digits, at most 40 characters.")]
    elif facts.shortcut and _taken(facts.shortcut, reply):
        found["shortcut"] = [_("Another reply has this shortcut.")]
    if facts.language and facts.language not in dict(settings.LANGUAGES):
        found["language"] = [_("Choose one of the offered values.")]
    return found


def _taken(shortcut: str, reply: CannedReply | None) -> bool:
    others = CannedReply.objects.filter(shortcut__iexact=shortcut).exclude(pk=reply.pk if reply else 0)
    return others.exists()

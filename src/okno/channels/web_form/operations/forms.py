"""Web forms: made, changed, switched off, deleted, and given another signing secret."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from okno.channels.web_form import events as kinds
from okno.channels.web_form.models import WebForm
from okno.channels.web_form.rules import BUILT_IN, MOST_OWN, Field
from okno.channels.web_form.tokens import new_key, new_secret
from okno.channels.web_form.words import TEXTS
from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.core.text import one_line
from okno.people.access import require
from okno.people.models import Team
from okno.workflow.models import TicketType

RIGHT = "settings.manage"
LONGEST_TEXT = 500
COLOUR = re.compile(r"#[0-9a-f]{6}")
HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True)
class FormFacts:
    """Everything about a form that a person sets. ``texts`` are by name and language, ``asked`` in their order."""

    name: str
    asked: Sequence[Field]
    language: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    colour: str = "#2f6f9f"
    side: str = WebForm.Side.RIGHT
    theme: str = WebForm.Theme.AUTO
    has_launcher: bool = True
    asks_consent: bool = False
    origins: Sequence[str] = ()
    type: TicketType | None = None
    team: Team | None = None
    is_active: bool = True


def create_form(actor: Actor, facts: FormFacts) -> WebForm:
    """Makes a form; it takes requests at once."""
    require(actor, RIGHT)
    form = filled(WebForm(key=new_key()), facts)
    with transaction.atomic():
        form.save()
        events.record(actor, kinds.CREATED, form, {"name": form.name})
    return form


def change_form(actor: Actor, form: WebForm, facts: FormFacts) -> WebForm:
    """Changes a form; pages that show it follow within a minute."""
    require(actor, RIGHT)
    with transaction.atomic():
        locked = WebForm.objects.select_for_update().get(pk=form.pk)
        before = {name: getattr(locked, name) for name in COLUMNS}
        filled(locked, facts)
        changed = [name for name in COLUMNS if getattr(locked, name) != before[name]]
        if changed:
            locked.save()
            events.record(actor, kinds.CHANGED, locked, {"name": locked.name, "fields": changed})
    return locked


def switch_form(actor: Actor, form: WebForm, *, is_active: bool) -> WebForm:
    """Off, a form is shown nowhere and takes nothing; what it brought stays."""
    require(actor, RIGHT)
    with transaction.atomic():
        locked = WebForm.objects.select_for_update().get(pk=form.pk)
        if locked.is_active != is_active:
            locked.is_active = is_active
            locked.save(update_fields=["is_active"])
            events.record(actor, kinds.SWITCHED, locked, {"name": locked.name, "active": is_active})
    return locked


def replace_team(actor: Actor, team: Team, other: Team) -> None:
    """What comes by them goes to the other team; whoever may delete the team may do this."""
    for locked in WebForm.objects.select_for_update().filter(team=team).order_by("pk"):
        locked.team = other
        locked.save(update_fields=["team"])
        events.record(actor, kinds.CHANGED, locked, {"name": locked.name, "fields": ["team"]})


def delete_form(actor: Actor, form: WebForm) -> None:
    """Deletes a form for good; its tickets stay, and pages that still call it show nothing."""
    require(actor, RIGHT)
    with transaction.atomic():
        locked = WebForm.objects.select_for_update().get(pk=form.pk)
        events.record(actor, kinds.DELETED, locked, {"name": locked.name})
        locked.delete()


def make_secret(actor: Actor, form: WebForm) -> str:
    """Another secret for programs that sign whom they mean (F219); the former one is worth nothing at once.

    It is given back this once and can never be read again.
    """
    require(actor, RIGHT)
    text, stored = new_secret()
    with transaction.atomic():
        locked = WebForm.objects.select_for_update().get(pk=form.pk)
        locked.secret = stored
        locked.save(update_fields=["secret"])
        events.record(actor, kinds.SECRET_MADE, locked, {"name": locked.name})
    return text


def filled(form: WebForm, facts: FormFacts) -> WebForm:
    """The form, unsaved, with checked facts; also for the preview of what nobody has saved yet."""
    problems: dict[str, list[str]] = {}
    form.name = one_line(facts.name)[:120]
    if not form.name:
        problems["name"] = [_("Write the name.")]
    if not COLOUR.fullmatch(facts.colour.lower()):
        problems["colour"] = [_("Write a colour as #rrggbb.")]
    form.origins = [_host(each) for each in facts.origins if each.strip()]
    wrong = [each for each in form.origins if not HOST.fullmatch(each)]
    if wrong:
        problems["origins"] = [_("“%(name)s” is not the name of a site.") % {"name": wrong[0][:100]}]
    problems |= _problems_of_fields(facts.asked)
    if any(len(text) > LONGEST_TEXT for texts in facts.texts.values() for text in texts.values()):
        problems["texts"] = [_("No more than %(limit)d characters.") % {"limit": LONGEST_TEXT}]
    if problems:
        raise Invalid(problems)
    form.colour = facts.colour.lower()
    form.fields = [each.as_data() for each in facts.asked]
    form.texts = {name: _spoken(facts.texts.get(name, {})) for name in TEXTS}
    for name in ("language", "side", "theme", "has_launcher", "asks_consent", "type", "team", "is_active"):
        setattr(form, name, getattr(facts, name))
    return form


def _problems_of_fields(asked: Sequence[Field]) -> dict[str, list[str]]:
    codes = [each.code for each in asked]
    if not {"text", "files"} & set(codes) and not any(code not in BUILT_IN for code in codes):
        return {"asked": [_("The form asks for nothing. Show the text of the request or another field.")]}
    if len(set(codes)) != len(codes) or len([code for code in codes if code not in BUILT_IN]) > MOST_OWN:
        return {"asked": [_("Each field once, and at most %(most)d of your own.") % {"most": MOST_OWN}]}
    nameless = [each for each in asked if each.code not in BUILT_IN and not any(each.labels.values())]
    return {"asked": [_("Give each field of your own a name.")]} if nameless else {}


def _spoken(texts: Mapping[str, str]) -> dict[str, str]:
    known = dict(settings.LANGUAGES)
    return {code: text.strip() for code, text in texts.items() if code in known and text.strip()}


def _host(written: str) -> str:
    """The host of what may have been written as a whole address."""
    bare = written.strip().lower()
    bare = re.sub(r"^[a-z]+://", "", bare)
    return re.sub(r"(:[0-9]{1,5})?(/.*)?$", "", bare).removeprefix("*.")


COLUMNS = tuple(each.name if each.name != "asked" else "fields" for each in fields(FormFacts))


def facts_of(form: WebForm) -> dict[str, Any]:
    """The columns of a form, for whoever shows them."""
    return {name: getattr(form, name) for name in COLUMNS}

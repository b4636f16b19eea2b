"""Mailboxes: added, changed, switched off, deleted. Passwords come in and never go out again (T28)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okno.channels.email import mailbox_events as kinds
from okno.channels.email.access import require
from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.operations.mailbox_facts import FIELDS, check, lacks_password, sealed_passwords
from okno.channels.email.outgoing.letters import CHANNEL, route_of
from okno.core import deliveries, events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.people.models import Team


def create_mailbox(actor: Actor, values: Mapping[str, Any], *, drops_passwords: bool = False) -> Mailbox:
    """Adds a mailbox; the first one becomes the default. Mistakes are named field by field.

    One that comes without its passwords (``drops_passwords``) is switched off until they are entered.
    """
    require(actor)
    mailbox = filled(Mailbox(), values, drops_passwords=drops_passwords)
    mailbox.is_default = mailbox.is_default or not Mailbox.objects.filter(is_default=True).exists()
    with _one_address(mailbox), transaction.atomic():
        mailbox.save()
        _one_default(mailbox)
        events.record(actor, kinds.CREATED, mailbox, {"address": mailbox.address})
        _release_all()
    return mailbox


def change_mailbox(
    actor: Actor, mailbox: Mailbox, values: Mapping[str, Any], *, drops_passwords: bool = False
) -> Mailbox:
    """Changes what is given. An empty password keeps the stored one, unless server or user became another.

    Then the password must be entered again; ``drops_passwords`` forgets it and switches the mailbox off instead.
    """
    require(actor)
    with _one_address(mailbox), transaction.atomic():
        locked = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
        before = {name: getattr(locked, name) for name in FIELDS}
        filled(locked, values, drops_passwords=drops_passwords)
        changed = [name for name in FIELDS if getattr(locked, name) != before[name]]
        _forget_old_troubles(locked, changed)
        locked.save()
        _one_default(locked)
        if changed:
            events.record(actor, kinds.CHANGED, locked, {"address": locked.address, "fields": changed})
            _release_all()
    return locked


def switch_mailbox(actor: Actor, mailbox: Mailbox, *, active: bool) -> Mailbox:
    """Switches a mailbox on or off: off, nothing is fetched, taken or sent by it, and nothing is lost."""
    require(actor)
    with transaction.atomic():
        locked = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
        if active and lacks_password(locked):
            raise Conflict(_("Its password is to be entered first. Open the mailbox and write it down."))
        if locked.is_active != active:
            locked.is_active = active
            locked.save(update_fields=["is_active"])
            events.record(actor, kinds.CHANGED, locked, {"address": locked.address, "fields": ["is_active"]})
            _release_all()
    return locked


def replace_team(actor: Actor, team: Team, other: Team) -> None:
    """What comes by them goes to the other team; whoever may delete the team may do this."""
    for locked in Mailbox.objects.select_for_update().filter(team=team).order_by("pk"):
        locked.team = other
        locked.save(update_fields=["team"])
        events.record(actor, kinds.CHANGED, locked, {"address": locked.address, "fields": ["team"]})


def delete_mailbox(actor: Actor, mailbox: Mailbox) -> None:
    """Deletes the mailbox. Its letters and tickets stay; what waits to be sent by it leaves by the default one."""
    require(actor)
    with transaction.atomic():
        locked = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
        events.record(actor, kinds.DELETED, locked, {"address": locked.address})
        locked.delete()
        _release_all()


def uses_of(mailbox: Mailbox) -> dict[str, int]:
    """What hangs on the mailbox: letters that came by it, and those of them that still wait."""
    letters = Letter.objects.filter(mailbox=mailbox)
    waiting = letters.filter(state__in=[Letter.State.STORED, Letter.State.FAILED])
    return {"letters": letters.count(), "waiting": waiting.count()}


def filled(mailbox: Mailbox, values: Mapping[str, Any], *, drops_passwords: bool = False) -> Mailbox:
    """The mailbox, unsaved, with checked values; also for trying settings that nobody has saved yet."""
    secrets = sealed_passwords(mailbox, values, drops=drops_passwords)
    for name in FIELDS:
        if name in values:
            setattr(mailbox, name, values[name])
    for name, value in secrets.items():
        setattr(mailbox, name, value)
    if drops_passwords and lacks_password(mailbox):
        mailbox.is_active = False
    check(mailbox)
    return mailbox


def _forget_old_troubles(mailbox: Mailbox, changed: list[str]) -> None:
    """An error of the old settings says nothing of the new ones."""
    if any(name.startswith("imap_") or name == "folders" for name in changed):
        mailbox.last_error, mailbox.last_error_at = "", None
    if any(name.startswith("smtp_") for name in changed):
        mailbox.smtp_error, mailbox.smtp_error_at = "", None


def _one_default(mailbox: Mailbox) -> None:
    if mailbox.is_default:
        Mailbox.objects.exclude(pk=mailbox.pk).filter(is_default=True).update(is_default=False)


def _release_all() -> None:
    """What waited for a broken way is tried again now, since the way may have been mended."""
    for mailbox in Mailbox.objects.all():
        deliveries.release(CHANNEL, route_of(mailbox))


@contextmanager
def _one_address(mailbox: Mailbox) -> Iterator[None]:
    """Two who add the same address at once: the second hears of it at the field."""
    try:
        yield
    except IntegrityError as error:
        text = _("There is already a mailbox %(address)s.") % {"address": mailbox.address}
        raise Invalid({"address": [text]}) from error

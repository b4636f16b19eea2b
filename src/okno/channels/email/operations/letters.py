"""What a person does with letters that were not taken: try again, ignore, let through (W4)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from okno.channels.email import letter_events as kinds
from okno.channels.email.models import Letter
from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden
from okno.core.notify import wake


def retry_letter(actor: Actor, letter: Letter) -> Letter:
    """Has a failed letter processed again, as if it had just come."""
    return _move(actor, letter, Letter.State.FAILED, kinds.RETRIED, {})


def release_letter(actor: Actor, letter: Letter) -> Letter:
    """Has an ignored letter processed after all, past blacklist, loop protection and the search for duplicates."""
    return _move(actor, letter, Letter.State.IGNORED, kinds.RELEASED, {"released": actor.name})


def ignore_letter(actor: Actor, letter: Letter) -> Letter:
    """Takes a failed letter off the list of those that need attention; its bytes are kept."""
    _require(actor)
    with transaction.atomic():
        locked = _locked(letter, Letter.State.FAILED)
        locked.state = Letter.State.IGNORED
        locked.outcome = {**locked.outcome, "ignored": "by_person", "who": actor.name}
        locked.save(update_fields=["state", "outcome"])
        events.record(actor, kinds.IGNORED, locked)
    return locked


def note_raw_reading(actor: Actor, letter: Letter) -> None:
    """Writes down who took the bytes of a letter: these may hold what no page shows."""
    _require(actor)
    events.record(actor, kinds.RAW_READ, letter, {"letter": letter.pk})


def _move(actor: Actor, letter: Letter, expected: str, kind: str, outcome: dict[str, str]) -> Letter:
    _require(actor)
    with transaction.atomic():
        locked = _locked(letter, expected)
        locked.state, locked.outcome = Letter.State.STORED, outcome
        locked.attempts, locked.next_attempt_at, locked.content_hash = 0, None, ""
        locked.ticket = locked.message = None
        locked.save()
        events.record(actor, kind, locked)
        wake("letters")
    return locked


def _locked(letter: Letter, expected: str) -> Letter:
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.state != expected:
        raise Conflict(_("Somebody has already dealt with this letter."), code="already_done")
    return locked


def _require(actor: Actor) -> None:
    if not actor.has("mail.manage"):
        raise Forbidden(_("Your role does not manage mail."))

"""The visibility rule of received letters: who manages mail sees them all, and reads those of visible tickets.

A letter that became part of a ticket is as secret as the ticket: somebody who may not see the ticket learns
that the letter came and what became of it, and not what it says.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from okno.channels.email.models import Letter
from okno.core.actor import Actor
from okno.core.faults import Forbidden, NotVisible
from okno.tickets.access import visible_to as tickets_visible_to

RIGHT = "mail.manage"


def require(actor: Actor) -> None:
    """Passes in silence, or raises ``Forbidden``."""
    if not actor.has(RIGHT):
        raise Forbidden(_("Your role does not manage mail."))


def letters_visible_to(actor: Actor) -> QuerySet[Letter]:
    """The received letters that exist for this actor."""
    return Letter.objects.all() if actor.has(RIGHT) else Letter.objects.none()


def get_letter(actor: Actor, pk: int) -> Letter:
    """The letter of this id, or ``NotVisible``."""
    related = ("mailbox", "raw", "ticket")
    letter = letters_visible_to(actor).filter(pk=pk).select_related(*related).first()
    if letter is None:
        raise NotVisible(_("There is no such letter, or it is not for you to see."))
    return letter


def may_read(actor: Actor, letter: Letter) -> bool:
    """Whether the actor may see what the letter says."""
    if not actor.has(RIGHT):
        return False
    if letter.ticket_id is None:
        return True
    return tickets_visible_to(actor).filter(pk=letter.ticket_id).exists()

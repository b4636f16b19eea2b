"""What a letter about a solution lets its reader do: rate with a click, accept, have the work resumed (F100)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from okno.channels.email.outgoing import layout
from okno.channels.email.outgoing.bodies import Ending
from okno.channels.email.outgoing.recipients import Recipient
from okno.tickets.models import ClientLink, Participant, Ticket
from okno.tickets.operations.client_links import give_link
from okno.tickets.rating import wording
from okno.tickets.rating.asking import asked_of, scale
from okno.tickets.rating.declarations import OPEN_DAYS, WHO
from okno.tickets.transitions import client_way, is_over_for_client
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.rules import State

LINKS_LAST = 7
"""Days for which the links work even where a solution may be rated for a shorter time."""


def ending_for(ticket: Ticket, recipient: Recipient) -> Ending:
    """The links of this recipient, which are nobody else's; who does not decide is told how to answer.

    A copy for our own records has none: its reader is not the client.
    """
    with translation.override(recipient.language):
        place = None if recipient.is_copy else _place(ticket, recipient)
        return _of_reader(ticket) if place is None else _of_client(ticket, place)


def _place(ticket: Ticket, recipient: Recipient) -> Participant | None:
    """Whose decision it is: who asked, and the others in copy where the settings let them rate."""
    place = recipient.participant or Participant.objects.filter(ticket=ticket, pk=recipient.person).first()
    if place is None or not (place.is_requester or WHO() == "participants"):
        return None
    return place


def _of_reader(ticket: Ticket) -> Ending:
    words = _("If something is still wrong, just answer this letter, and the work goes on.")
    return Ending(layout.note(words), words)


def _of_client(ticket: Ticket, place: Participant) -> Ending:
    token = give_link(ticket, place, ClientLink.Purpose.SOLUTION, days=max(OPEN_DAYS(), LINKS_LAST))
    parts = [_faces(token) if asked_of(place, ticket).may_rate else Ending(), _decisions(ticket, token)]
    return Ending("".join(part.html for part in parts), "\n\n".join(part.text for part in parts if part.text))


def faces_for(ticket: Ticket, place: Participant, language: str) -> Ending:
    """The question and the scale alone, with a new link; for the reminder."""
    token = give_link(ticket, place, ClientLink.Purpose.SOLUTION, days=max(OPEN_DAYS(), LINKS_LAST))
    with translation.override(language):
        return _faces(token)


def _faces(token: str) -> Ending:
    offered = [
        (each.sign, each.word, address_of(token, score=str(each.number))) for each in wording.scores(scale())
    ]
    question = wording.question()
    html = layout.paragraph(question, is_strong=True) + "".join(layout.choice(*each) for each in reversed(offered))
    return Ending(html, "\n".join([question, *(f"{word}: {url}" for _sign, word, url in reversed(offered))]))


def _decisions(ticket: Ticket, token: str) -> Ending:
    """Accept and resume, as far as the lifecycle lets the client."""
    rules, code = remembered_lifecycle_of(ticket.type_id), ticket.status.code
    offered = []
    if ticket.state == State.RESOLVED and client_way(rules, code, State.CLOSED):
        offered.append((_("Accept the solution"), address_of(token, do="accept"), True))
    if client_way(rules, code, State.OPEN, State.NEW) and not is_over_for_client(ticket):
        offered.append((_("Resume the work"), address_of(token, do="resume"), False))
    hint = _("Or just answer this letter: your words are added to the request, and the work goes on.")
    buttons = "".join(layout.button(word, url, is_main=main) for word, url, main in offered)
    html = f'<p style="margin:16px 0 0;">{buttons}</p>{layout.note(hint)}' if buttons else layout.note(hint)
    return Ending(html, "\n".join([*(f"{word}: {url}" for word, url, _main in offered), hint]))


def address_of(token: str, **asked: str) -> str:
    """The page of a link, from the configured address only (T27); opening it changes nothing (W25)."""
    return f"{settings.BASE_URL}{reverse('answer:page', args=[token])}?{urlencode(asked)}"

"""Rating a solution, changing one's mind, and adding words to a score."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.tickets import events as kinds
from okno.tickets.models import Rating, Ticket
from okno.tickets.operations.change import changing
from okno.tickets.rating import wording
from okno.tickets.rating.asking import Asked, asked, comments
from okno.tickets.rating.rules import level_of, needs_comment, share_of, worst_of

LONGEST_WORDS = 5000


@dataclass(frozen=True)
class Opinion:
    """What a client says: the score, and words to it where they were asked for (nothing = not asked yet).

    ``question`` is the further question as the client read it.
    """

    score: int
    way: str
    comment: str | None = None
    question: str = ""
    answer: str | None = None


def rate(actor: Actor, ticket: Ticket, opinion: Opinion) -> Rating:
    """The client rates the present solution, or changes his mind while he may (F99-F101).

    A bare score is taken at once. Words without which the settings want no rating are asked for afterwards: whoever
    sends an empty comment then is told so, and the score stays.
    """
    if not actor.is_contact:
        raise Forbidden(_("Clients rate; employees do not."))
    with changing(actor, "decide", ticket) as locked:
        place = asked(actor, locked)
        if place.refusal is not None:
            raise Conflict(str(wording.REFUSALS[place.refusal]), code=f"rating_{place.refusal}")
        _refuse_wrong(place, opinion)
        rating, before = _written(actor, locked, place, opinion)
        if before != _said(rating):
            _mark(locked, rating)
            events.record(actor, kinds.RATED, locked, _told(rating, before))
    return rating


def _refuse_wrong(place: Asked, opinion: Opinion) -> None:
    problems = {}
    if not 1 <= opinion.score <= place.scale.size:
        problems["score"] = [_("Choose one of the offered values.")]
    elif _lacks_words(place, opinion):
        problems["comment"] = [_("Please say in a few words why, so that we can do better.")]
    for name, words in (("comment", opinion.comment), ("answer", opinion.answer)):
        if len(words or "") > LONGEST_WORDS:
            problems[name] = [_("Write at most %(limit)d characters.") % {"limit": LONGEST_WORDS}]
    if problems:
        raise Invalid(problems)


def _lacks_words(place: Asked, opinion: Opinion) -> bool:
    is_empty = opinion.comment is not None and not opinion.comment.strip()
    return is_empty and needs_comment(comments(), level_of(place.scale, opinion.score))


Said = tuple[str, int, str, str]


def _said(rating: Rating) -> Said:
    return rating.scale, rating.score, rating.comment, rating.follow_up


def _written(actor: Actor, ticket: Ticket, place: Asked, opinion: Opinion) -> tuple[Rating, Said | None]:
    """The stored row, and what it said before; a former score's words stay when only the score is changed."""
    moment, rating = clock.now(), place.present
    before = _said(rating) if rating is not None else None
    if rating is None:
        rating = Rating(ticket=ticket, round=place.round, participant=place.participant, created_at=moment)
        rating.author_name = actor.name
        rating.contact = place.participant.contact if place.participant else None
    rating.scale, rating.score, rating.way = place.scale, opinion.score, opinion.way
    rating.share, rating.level = share_of(place.scale, opinion.score), level_of(place.scale, opinion.score)
    if opinion.comment is not None:
        rating.comment = _clean(opinion.comment)
    if opinion.answer is not None:
        rating.follow_up, rating.follow_up_question = _clean(opinion.answer), opinion.question
    rating.agent_id, rating.team_id = ticket.solver_id, ticket.solver_team_id
    if before != _said(rating):
        rating.changed_at = moment if before is not None else None
        rating.save()
    return rating, before


def _clean(words: str) -> str:
    return words.strip().replace("\r\n", "\n").replace("\x00", "\ufffd")


def _mark(ticket: Ticket, rating: Rating) -> None:
    """The mark in lists: the worst that was said of this solution."""
    levels = Rating.objects.filter(ticket=ticket, round=rating.round).values_list("level", flat=True)
    ticket.rating = worst_of(levels)


def _told(rating: Rating, before: Said | None) -> dict[str, object]:
    return {
        "rating": rating.pk,
        "round": rating.round,
        "scale": rating.scale,
        "score": rating.score,
        "share": rating.share,
        "level": rating.level,
        "before": before[1] if before is not None else None,
        "has_comment": bool(rating.comment or rating.follow_up),
        "way": rating.way,
        "agent": rating.agent_id,
        "team": rating.team_id,
    }

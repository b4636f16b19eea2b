"""What is new for a client's person: answers and changes of status that he has not been shown yet (F21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, Exists, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest

from okno.core import clock
from okno.core.actor import Actor
from okno.core.models import Event
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Message, Participant, Reading, Ticket

RECENT = timedelta(days=30)
"""For somebody who has never opened the portal, what is older than this is no news."""

MOST = 100
"""More news than this are not counted."""


class Happening(NamedTuple):
    """One piece of news: the ticket, what the message or the new status is, and its place in time."""

    number: int
    subject: str
    message: int
    author: str
    status: str
    event: int


def with_news(actor: Actor, tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """These tickets with ``news``: how many messages are new, or one for a change of status without any."""
    seen = Reading.objects.filter(contact=actor.id, ticket=OuterRef("pk"))
    marked = tickets.annotate(
        seen_message=Coalesce(Subquery(seen.values("message")), 0),
        seen_event=Coalesce(Subquery(seen.values("event")), 0),
        known_until=Coalesce(_beginning(actor), Value(clock.now() - RECENT), output_field=DateTimeField()),
    )
    messages = _messages_of_others(actor).filter(
        ticket=OuterRef("pk"), id__gt=OuterRef("seen_message"), created_at__gt=OuterRef("known_until")
    )
    counted = messages.order_by().values("ticket").annotate(count=Count("pk")).values("count")
    changes = _changes_by_others(actor).filter(
        object_id=OuterRef("pk"), id__gt=OuterRef("seen_event"), at__gt=OuterRef("known_until")
    )
    new_messages: Combinable = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return marked.annotate(news=Greatest(new_messages, Cast(Exists(changes), IntegerField())))


class Glance(NamedTuple):
    """How much is new in a ticket, how much was said that clients may read, and when last."""

    news: int = 0
    messages: int = 0
    said_at: datetime | None = None


def glances_of(actor: Actor, tickets: Sequence[int]) -> dict[int, Glance]:
    """What the rows of a list show of these tickets, which the reader may see.

    A ticket's own time of activity would tell of private notes (T20).
    """
    if not tickets:
        return {}
    said = Message.objects.filter(ticket=OuterRef("pk"), is_public=True)
    counted = said.order_by().values("ticket").annotate(count=Count("pk")).values("count")
    last = said.order_by("-id").values("created_at")[:1]
    found: Any = with_news(actor, Ticket.objects.filter(pk__in=tickets)).annotate(
        said=Coalesce(Subquery(counted, output_field=IntegerField()), 0), said_at=Subquery(last)
    )
    return {pk: Glance(*facts) for pk, *facts in found.values_list("pk", "news", "said", "said_at")}


def count_of_news(actor: Actor) -> int:
    """How much is new in all requests in which the person takes part; at most ``MOST``."""
    own = Participant.objects.filter(ticket=OuterRef("pk"), contact=actor.id)
    lively = access.visible_to(actor).filter(
        Exists(own), activity_at__gt=Coalesce(_beginning(actor), Value(clock.now() - RECENT))
    )
    found: Any = with_news(actor, lively).aggregate(all=Sum("news"))
    return min(found["all"] or 0, MOST)


def happenings_after(actor: Actor, event: int, limit: int = 20) -> list[Happening]:
    """What others did after this event in requests in which the person takes part, the newest first."""
    own = Participant.objects.filter(contact=actor.id).values("ticket")
    tickets = access.visible_to(actor).filter(pk__in=own)
    told = _by_others(actor, Event.objects.filter(kind__in=(kinds.MESSAGE_ADDED, kinds.STATUS_CHANGED)))
    rows = list(told.filter(id__gt=event, object_id__in=tickets.values("pk")).order_by("-id")[:limit])
    facts = {pk: (number, subject) for pk, number, subject in _named(tickets, rows)}
    messages = access.messages_visible_to(actor).in_bulk([row.data.get("message", 0) for row in rows])
    found = []
    for row in rows:
        message = messages.get(row.data.get("message", 0))
        if row.object_id not in facts or (row.kind == kinds.MESSAGE_ADDED and message is None):
            continue
        if message is not None and message.contact_id == actor.id:
            continue
        author = message.author_name if message else ""
        status = "" if message else str(row.data.get("after", ""))
        found.append(Happening(*facts[row.object_id], message.pk if message else 0, author, status, row.pk))
    return found


def last_event() -> int:
    """The latest event of all: whatever happens from now on comes after it."""
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _named(tickets: QuerySet[Ticket], rows: Sequence[Event]) -> list[tuple[int, int, str]]:
    ids = {row.object_id for row in rows}
    return list(tickets.filter(pk__in=ids).values_list("pk", "number", "subject")) if ids else []


def _beginning(actor: Actor) -> Subquery:
    return Subquery(Reading.objects.filter(contact=actor.id, ticket=None).values("seen_at"))


def _messages_of_others(actor: Actor) -> QuerySet[Message]:
    return Message.objects.filter(is_public=True).exclude(contact=actor.id)


def _changes_by_others(actor: Actor) -> QuerySet[Event]:
    return _by_others(actor, Event.objects.filter(object_kind="ticket", kind=kinds.STATUS_CHANGED))


def _by_others(actor: Actor, events: QuerySet[Event]) -> QuerySet[Event]:
    return events.filter(object_kind="ticket").exclude(actor_kind="contact", actor_id=actor.id)

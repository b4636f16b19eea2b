"""What stands around a ticket on its page: read in one query, written once for an actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.db.models import DateTimeField, Q, Value
from django.db.models.functions import Cast

from okno.core import clock
from okno.core.actor import Actor
from okno.core.statements import Gathering, hole
from okno.desk.ratings.card import COLUMNS as RATING_COLUMNS
from okno.desk.ratings.card import Shown, shown_ratings
from okno.desk.tickets.rows import mark
from okno.desk.tickets.secrets_shown import COLUMNS as SECRET_COLUMNS
from okno.desk.tickets.secrets_shown import Kept, kept
from okno.people.models import Agent, ContactAddress, Team, label_of
from okno.people.photos import photo_of
from okno.tickets import access
from okno.tickets.models import Draft, Participant, Presence, Rating, Ticket, TicketLink, TicketSecret, Watcher
from okno.workflow.catalogue import STATUSES

PRESENT = timedelta(seconds=60)
"""For so long somebody who gave a sign of life counts as present."""

RECENT = 5
TICKET, SINCE, CONTACT = hole(0), hole(1), hole(2)


@dataclass
class Neighbour:
    """Another ticket in a line: of the same client, or linked."""

    number: int
    subject: str
    status: tuple[str, str]


@dataclass
class Around:
    """The people and tickets around a ticket."""

    agents: tuple[tuple[str, int, str], ...]
    """Names, ids and photos of those who may be chosen."""
    teams: tuple[tuple[str, int], ...]
    watchers: list[Watcher]
    participants: list[Participant]
    others: list[Presence]
    links: list[Neighbour]
    recent: list[Neighbour]
    address: ContactAddress | None
    has_drafts: bool
    ratings: list[Shown]
    secrets: list[Kept]


def around(actor: Actor, ticket: Ticket) -> Around:
    """What the side panel shows, as far as the actor sees it."""
    found = _asked(actor).rows(ticket.pk, clock.now() - PRESENT, ticket.contact_id)
    address = found["address"]
    return Around(
        agents=tuple((row["name"], row["id"], photo_of(row["id"])) for row in found["agents"]),
        teams=tuple((label_of(row), row["id"]) for row in found["teams"]),
        watchers=[_watcher(row) for row in found["watchers"]],
        participants=[Participant(**row) for row in found["participants"]],
        others=[_presence(row) for row in found["others"]],
        links=[_neighbour(row) for row in found["links"]],
        recent=[_neighbour(row) for row in found["recent"]],
        address=ContactAddress(**address[0]) if address else None,
        has_drafts=bool(found["drafts"]),
        ratings=shown_ratings(actor, found["ratings"]),
        secrets=kept(found["secrets"]),
    )


def present(actor: Actor, ticket: Ticket) -> list[Presence]:
    """Who else has the ticket open."""
    return [_presence(row) for row in _present(actor).rows(ticket.pk, clock.now() - PRESENT)["others"]]


@lru_cache(maxsize=256)
def _asked(actor: Actor) -> Gathering:
    visible = access.visible_to(actor).exclude(pk=TICKET)
    linked = TicketLink.objects.filter(Q(ticket=TICKET) | Q(other=TICKET))
    beside = visible.filter(Q(pk__in=linked.values("ticket")) | Q(pk__in=linked.values("other")))
    shown = ("number", "subject", "status_id")
    return Gathering(
        agents=Agent.objects.filter(is_active=True).values("id", "name"),
        teams=Team.objects.filter(is_active=True).values("id", "name", "names"),
        watchers=Watcher.objects.filter(ticket=TICKET)
        .order_by("id")
        .values("id", "agent_id", "team_id", "agent__name", "team__name", "team__names"),
        participants=Participant.objects.filter(ticket=TICKET).values(
            "id", "ticket_id", "address", "name", "contact_id", "is_requester", "is_confirmed", "is_proven"
        ),
        others=_present_now(actor),
        links=beside.order_by("id").values(*shown),
        recent=visible.filter(contact=CONTACT).order_by("-id").values(*shown)[:RECENT],
        address=ContactAddress.objects.filter(contact=CONTACT).values("id", "address")[:1],
        ratings=Rating.objects.filter(ticket=TICKET).order_by("-round", "id").values(*RATING_COLUMNS),
        secrets=TicketSecret.objects.filter(ticket=TICKET).order_by("id").values(*SECRET_COLUMNS),
        drafts=Draft.objects.filter(ticket=TICKET, agent=actor.id or 0).values("id"),
    )


@lru_cache(maxsize=256)
def _present(actor: Actor) -> Gathering:
    return Gathering(others=_present_now(actor))


def _present_now(actor: Actor) -> Any:
    since = Cast(Value(SINCE), DateTimeField())
    fresh = Presence.objects.filter(ticket=TICKET, seen_at__gt=since).exclude(agent=actor.id or 0)
    return fresh.order_by("agent__name").values("agent_id", "is_typing", "agent__name")


def _watcher(row: dict[str, Any]) -> Watcher:
    watcher = Watcher(id=row["id"], agent_id=row["agent_id"], team_id=row["team_id"])
    if row["agent_id"]:
        watcher.agent = Agent(id=row["agent_id"], name=row["agent__name"])
    else:
        watcher.team = Team(id=row["team_id"], name=row["team__name"], names=row["team__names"])
    return watcher


def _presence(row: dict[str, Any]) -> Presence:
    return Presence(agent=Agent(id=row["agent_id"], name=row["agent__name"]), is_typing=row["is_typing"])


def _neighbour(row: dict[str, Any]) -> Neighbour:
    return Neighbour(row["number"], row["subject"], mark(STATUSES.of(row["status_id"])))

"""The clauses of the visibility rule: each with its words and its condition.

The queryset of ``access`` and the explanation of a verdict are both made from them, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.people.rights import VIEW, VIEW_ALL, reach_in
from okno.people.rules import Level, Reach, reach_of
from okno.tickets.models import Participant, Ticket, Watcher
from okno.workflow.models import TicketType


@dataclass(frozen=True)
class Clause:
    """One reason for which tickets are seen, or one condition on them.

    ``fact`` is what must be so of the ticket, ``None`` for every ticket. ``gate`` narrows it to the types for
    which the role reaches so far; ``False`` where it never does. ``beyond`` says why the gate is shut where that
    has another reason. ``is_step`` is told in explanations only: a later clause of the same rule contains it.
    """

    name: str
    words: str | Promise
    fact: Q | None
    gate: Q | bool = True
    is_step: bool = False
    beyond: str | Promise = ""

    @property
    def condition(self) -> Q | None:
        """Fact and gate together; ``None`` when both hold for every ticket."""
        parts = [part for part in (self.fact, self.gate) if isinstance(part, Q)]
        return reduce(and_, parts) if parts else None

    def holds_for(self, ticket: Ticket) -> bool:
        """Whether the fact is so of this ticket, by the database's word."""
        return _is_so(ticket, self.fact)

    def counts_for(self, ticket: Ticket) -> bool:
        """Whether the role lets the clause count for this ticket."""
        return _is_so(ticket, self.gate) if isinstance(self.gate, Q) else self.gate


@dataclass(frozen=True)
class Rule:
    """Clauses of which one is enough; ``needs`` must hold besides."""

    clauses: Sequence[Clause]
    needs: Sequence[Clause] = ()

    def tickets(self) -> QuerySet[Ticket]:
        """The tickets for which the rule says yes."""
        return Ticket.objects.all() if self.is_for_all else Ticket.objects.filter(self.condition)

    @property
    def condition(self) -> Q:
        """The rule as a condition on tickets; one that nothing fulfils where no clause counts."""
        ways = [each.condition for each in self._asked()]
        if not ways:
            return Q(pk__in=())
        needed = [each.condition for each in self.needs]
        if None not in ways:
            needed.append(reduce(or_, [each for each in ways if each is not None]))
        return reduce(and_, [each for each in needed if each is not None], Q())

    @property
    def is_for_all(self) -> bool:
        """Whether it says yes to every ticket, so that nothing need be asked."""
        return not self.needs and any(each.condition is None for each in self._asked())

    def is_fulfilled(self, held: Mapping[str, bool]) -> bool:
        """The same over values: whether these clauses, by name, are enough."""
        ways = [held[each.name] for each in self.clauses if not each.is_step]
        return any(ways) and all(held[each.name] for each in self.needs)

    def reaches(self, ticket: Ticket) -> bool:
        """Whether it says yes to this ticket."""
        return self.is_for_all or self.tickets().filter(pk=ticket.pk).exists()

    def _asked(self) -> list[Clause]:
        return [each for each in self.clauses if each.gate is not False and not each.is_step]


NOTHING = Rule(())
FOR_MANY = frozenset({"everything", "nobody"})
"""Ways that lead to tickets with which the agent has nothing to do."""


@lru_cache(maxsize=256)
def sight_of(actor: Actor) -> Rule:
    """Which tickets exist for the actor."""
    if actor.kind in {"system", "rule"}:
        return Rule((Clause("okno", _("Okno itself sees every ticket"), None),))
    if actor.is_agent:
        return Rule(_ways(actor, view_reach(actor), watching=True))
    if actor.participant is not None:
        return _of_guest(actor.participant)
    return _of_contact(actor) if actor.is_contact else NOTHING


@lru_cache(maxsize=256)
def acts_of(actor: Actor, right: str) -> Rule:
    """To which of the tickets that an agent sees the right extends."""
    return Rule(_ways(actor, reach_of(actor.rights, right), watching=False)) if actor.has(right) else NOTHING


def concern_of(actor: Actor) -> Rule:
    """The tickets of an agent, as far as he sees them: his own, his teams', watched, created or asked by him."""
    return Rule([each for each in sight_of(actor).clauses if each.name not in FOR_MANY])


def view_reach(actor: Actor) -> Reach:
    """How far the agent sees. Without another word: one's own, one's teams' and nobody's tickets."""
    if actor.has(VIEW_ALL):
        return Reach(Level.ALL)
    reach = reach_in(actor.rights, VIEW)
    is_narrowed = actor.limits is not None and VIEW_ALL not in actor.limits
    return reach.no_further_than(Level.TEAM) if is_narrowed else reach


def _ways(actor: Actor, reach: Reach, *, watching: bool) -> list[Clause]:
    """In this order the database asks them; that which costs most is the last."""
    own, team = _gate(reach, Level.OWN), _gate(reach, Level.TEAM)
    everything = _("The role reaches every ticket")
    found = [
        Clause("everything", everything, None, _gate(reach, Level.ALL)),
        Clause("assignee", _("Responsible for the ticket"), Q(assignee=actor.id), own),
        *_for_absent(actor, own),
        *_through_teams(actor, team),
        Clause("creator", _("Wrote the ticket down"), Q(created_by_agent=actor.id), own),
        Clause("asker", _("Asked for it"), Q(agent_contact=actor.id), own),
        Clause("nobody", _("Nobody has taken the ticket yet"), Q(assignee=None, team=None), team),
    ]
    return [*found, *_watching(actor, own, team)] if watching else found


def _for_absent(actor: Actor, own: Q | bool) -> list[Clause]:
    """While a colleague is away his substitute answers for what he has."""
    words = _("Stands in for the one responsible, who is absent")
    return [Clause("substitute", words, Q(assignee__in=actor.stands_for), own)] if actor.stands_for else []


def _through_teams(actor: Actor, team: Q | bool) -> list[Clause]:
    """What one's teams have; where a team hides what a colleague has taken, only what nobody has (F205, C4)."""
    reserved = set(actor.reserved_teams)
    free = [each for each in actor.teams if each not in reserved]
    clauses = [Clause("team", _("Member of the ticket's team"), Q(team__in=free), team)]
    if reserved:
        words = _(
            "Member of the ticket's team, which hides tickets that a colleague has taken; nobody has this one"
        )
        clauses.append(Clause("team_free", words, Q(team__in=sorted(reserved), assignee=None), team))
    return clauses


def _watching(actor: Actor, own: Q | bool, team: Q | bool) -> list[Clause]:
    watchers = Watcher.objects.filter(ticket=OuterRef("pk"))
    himself, by_team = Q(agent=actor.id), Q(team__in=actor.teams)
    if own is True and team is True:
        words = _("Watches the ticket, alone or with a team")
        return [Clause("watcher", words, Q(Exists(watchers.filter(himself | by_team))))]
    of_team = _("A team of the person's watches the ticket")
    return [
        Clause("watcher", _("Watches the ticket"), Q(Exists(watchers.filter(himself))), own),
        Clause("watching_team", of_team, Q(Exists(watchers.filter(by_team))), team),
    ]


def _of_contact(actor: Actor) -> Rule:
    """A contact sees what he takes part in, when the desk writes to him and somebody vouches for him (T3); and, as
    far as his access to the portal goes (F147), what his companies and those that they supervise have asked for.
    """
    mine = Participant.objects.filter(ticket=OuterRef("pk"), contact=actor.id)
    confirmed = mine.filter(is_confirmed=True)
    is_confirmed = _("An employee confirmed the person, or the request is his")
    ways = [
        Clause("participant", _("Takes part in the ticket"), Q(Exists(mine)), is_step=True),
        Clause("confirmed", is_confirmed, Q(Exists(confirmed)), is_step=True),
        Clause("proven", _("It is proven that the person is the owner of the address"), taking_part(actor)),
        _of_companies("company", _("The access level opens all tickets of this company"), actor.open_companies),
        _of_companies(
            "supervised", _("The access level opens tickets of this supervised company"), actor.supervised
        ),
    ]
    return Rule(ways, needs=(Clause("public", _("The type of the ticket is not internal"), Q(is_internal=False)),))


def taking_part(actor: Actor) -> Q:
    """The tickets in which a contact is a confirmed and proven participant.

    Their ids are asked for once and compared as an array, so that indexes also serve what stands beside it.
    """
    proven = Participant.objects.filter(contact=actor.id, is_confirmed=True, is_proven=True).values("ticket")
    own = Func(
        F("pk"),
        ArraySubquery(proven),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    return Q(own)


def _of_companies(name: str, words: str | Promise, companies: Sequence[int]) -> Clause:
    """Colleagues do not see what somebody has only claimed to have written: it stays with the desk (T3)."""
    claimed = Participant.objects.filter(ticket=OuterRef("pk"), is_requester=True, is_proven=False)
    beyond = _("So it is, but nobody vouches that the request is really the requester's.")
    return Clause(name, words, Q(company__in=companies), ~Q(Exists(claimed)), beyond=beyond)


def _of_guest(participant: int) -> Rule:
    """Who came by a link in a letter sees the one ticket for which it was made, as long as he is written to."""
    place = Participant.objects.filter(pk=participant, ticket=OuterRef("pk"), is_confirmed=True)
    link = Clause("link", _("The link in the letter was made for this ticket"), Q(Exists(place)))
    return Rule(
        [link], needs=(Clause("public", _("The type of the ticket is not internal"), Q(is_internal=False)),)
    )


def _gate(reach: Reach, level: Level) -> Q | bool:
    """For which types the reach is at least this."""
    apart = sorted(code for code, each in reach.by_type.items() if (each >= level) != (reach.general >= level))
    holds = reach.general >= level
    if not apart:
        return holds
    types = Q(type__in=TicketType.objects.filter(code__in=apart))
    return ~types if holds else types


def _is_so(ticket: Ticket, condition: Q | None) -> bool:
    return condition is None or Ticket.objects.filter(condition, pk=ticket.pk).exists()

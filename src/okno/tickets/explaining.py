"""Why somebody sees a ticket or does not, and what he may do to it: each clause of the rule in words.

The clauses are those from which ``access`` makes its queryset; nothing is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.actor import Actor
from okno.tickets import access
from okno.tickets.clauses import Clause, sight_of
from okno.tickets.models import Ticket
from okno.tickets.transitions import Choice, allowed_transitions

ACTS: dict[str, str | Promise] = {
    "answer": gettext_lazy("Answer the client"),
    "note": gettext_lazy("Write private notes"),
    "assign": gettext_lazy("Assign it"),
    "status": gettext_lazy("Change its status"),
    "edit": gettext_lazy("Change its facts"),
    "secrets": gettext_lazy("Read its access details"),
}
"""What an employee may do to a ticket that he sees."""
OF_CONTACT: dict[str, str | Promise] = {
    "answer": gettext_lazy("Write in it"),
    "decide": gettext_lazy("Accept or reject the solution"),
    "share": gettext_lazy("Take part, and bring in colleagues"),
}


@dataclass(frozen=True)
class Line:
    """A clause or an act: whether it holds, and a word on why not where that is not plain."""

    name: str
    words: str
    holds: bool
    why: str = ""


@dataclass(frozen=True)
class Explanation:
    """Whether the actor sees the ticket, by which clauses, what must hold besides, and what he may do to it."""

    sees: bool
    clauses: tuple[Line, ...]
    needs: tuple[Line, ...] = ()
    acts: tuple[Line, ...] = ()
    ways: tuple[Choice, ...] = ()


def explain(actor: Actor, ticket: Ticket) -> Explanation:
    """The rule applied to this actor and this ticket, clause by clause."""
    rule = sight_of(actor)
    lines = tuple(_line(clause, ticket) for clause in rule.clauses)
    needs = tuple(_line(clause, ticket) for clause in rule.needs)
    if not rule.is_fulfilled({line.name: line.holds for line in (*lines, *needs)}):
        return Explanation(False, lines, needs)
    words = OF_CONTACT if actor.is_contact else ACTS
    acts = tuple(_act(actor, verb, str(label), ticket) for verb, label in words.items())
    return Explanation(True, lines, needs, acts, tuple(allowed_transitions(actor, ticket)))


def _line(clause: Clause, ticket: Ticket) -> Line:
    holds, counts = clause.holds_for(ticket), clause.counts_for(ticket)
    shut = str(clause.beyond) or _("So it is, but the role does not reach so far.")
    why = "" if counts or not holds or clause.fact is None else shut
    return Line(clause.name, str(clause.words), holds and counts, why)


def _act(actor: Actor, verb: str, label: str, ticket: Ticket) -> Line:
    verdict = access.may_seen(actor, verb, ticket)
    right = access.VERBS[verb]
    lacks = actor.is_agent and bool(right) and not actor.has(right)
    why = _("The role does not allow this.") if lacks else verdict.reason
    return Line(verb, label, verdict.allowed, "" if verdict else why)

"""What an employee is still responsible for. Packages above register how they count it, since only they know."""

from __future__ import annotations

from collections.abc import Callable

from okno.core.actor import Actor
from okno.people.models import Agent, Company, Contact

Count = Callable[[Agent], int]
HandOver = Callable[[Actor, Agent, Agent], int]
_counts: dict[str, Count] = {}
_hand_overs: dict[str, HandOver] = {}


def duty(name: str) -> Callable[[Count], Count]:
    """Registers a count of things that must pass to others before the employee is deactivated (F154)."""

    def register(count: Count) -> Count:
        _counts[name] = count
        return count

    return register


def duties_of(agent: Agent) -> dict[str, int]:
    """How many of each kind the employee answers for; empty when nothing holds him."""
    counted = {name: count(agent) for name, count in _counts.items()}
    return {name: number for name, number in counted.items() if number}


def hand_over(name: str) -> Callable[[HandOver], HandOver]:
    """Registers how all of a kind passes from one employee to another; returns how many passed."""

    def register(pass_on: HandOver) -> HandOver:
        _hand_overs[name] = pass_on
        return pass_on

    return register


def pass_all(actor: Actor, agent: Agent, heir: Agent) -> dict[str, int]:
    """Gives everything of an employee to another; how many of each kind. Call it in a transaction."""
    passed = {name: pass_on(actor, agent, heir) for name, pass_on in _hand_overs.items()}
    return {name: number for name, number in passed.items() if number}


@hand_over("clients")
def pass_clients(_actor: Actor, agent: Agent, heir: Agent) -> int:
    """Companies and contacts have the heir as their responsible manager."""
    companies = Company.objects.filter(responsible=agent).update(responsible=heir)
    return companies + Contact.objects.filter(responsible=agent).update(responsible=heir)


def clients_of(agent: Agent) -> int:
    """For how many companies and contacts the employee is the responsible manager."""
    return Company.objects.filter(responsible=agent).count() + Contact.objects.filter(responsible=agent).count()

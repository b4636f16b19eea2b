"""Employees: added, changed, deactivated and let in again. Nobody is ever deleted (F153)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.notify import changed as tell
from okno.core.uses import Use, replace_everywhere, uses_of
from okno.people import access
from okno.people import events as kinds
from okno.people.models import Agent, Role, Team, TeamMember, User
from okno.people.operations.facts import Problems
from okno.people.operations.passwords import first_password
from okno.people.operations.roles import require_not_above
from okno.people.operations.teams import MOST

RIGHT = "agents.manage"


@dataclass(frozen=True)
class AgentFacts:
    """What is said of an employee. ``address`` is to sign in with, ``most_open`` an own maximum of tickets."""

    name: str
    address: str
    role: Role
    teams: Sequence[Team] = ()
    most_open: int | None = None


def create_agent(actor: Actor, facts: AgentFacts) -> tuple[Agent, str]:
    """Adds an employee; the first password is told once, here, and kept only as a hash."""
    access.require(actor, RIGHT)
    require_not_above(actor, facts.role.rights)
    name, address = _checked(facts, None)
    password = first_password()
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, password)
            agent = Agent.objects.create(user=user, name=name, role=facts.role, most_open=facts.most_open)
            _set_teams(agent, facts.teams)
            data = {"name": name, "role": facts.role.code, "teams": [team.pk for team in facts.teams]}
            events.record(actor, kinds.AGENT_CREATED, agent, data)
    except IntegrityError as error:
        raise Invalid({"address": [_taken(address)]}) from error
    return agent, password


def change_agent(actor: Actor, agent: Agent, facts: AgentFacts) -> Agent:
    """Changes name, address, role and teams. Another role ends the sessions: no old right lives on (T25)."""
    access.require(actor, RIGHT)
    name, address = _checked(facts, agent)
    with transaction.atomic():
        locked = _locked(agent)
        before = locked.role
        require_not_above(actor, before.rights, facts.role.rights)
        if RIGHT in before.rights and RIGHT not in facts.role.rights:
            _keep_an_administrator(locked, "role")
        changed = [
            *(["name"] if name != locked.name else []),
            *(["address"] if address != locked.user.email else []),
            *(["role"] if before != facts.role else []),
            *(["most_open"] if facts.most_open != locked.most_open else []),
            *(["teams"] if _set_teams(locked, facts.teams) else []),
        ]
        locked.name, locked.role, locked.user.email = name, facts.role, address
        locked.most_open = facts.most_open
        locked.save(update_fields=["name", "role", "most_open"])
        locked.user.save(update_fields=["email"])
        if "address" in changed:
            _forget_addresses(locked)
        if before != facts.role and actor.id != locked.pk:
            _end_sessions(locked)
        if changed:
            data = {"fields": changed, "role": {"before": before.code, "after": facts.role.code}}
            events.record(actor, kinds.AGENT_CHANGED, locked, data)
            tell("access", agents=[locked.pk])
    return locked


def deactivate_agent(actor: Actor, agent: Agent, *, heir: Agent | None = None) -> Agent:
    """Keeps the employee out and ends the sessions; impossible while he answers for open tickets (F154).

    ``heir`` takes over first what the employee answers for, follows and stands in rules for, in the same
    transaction: all happens, or nothing. Without one, what does not hold the employee stays and is passed over.
    """
    access.require(actor, RIGHT)
    with transaction.atomic():
        # Tickets are locked before people, as where a ticket is assigned: two such acts wait in turn.
        passed = _pass_all(actor, agent, heir) if heir is not None else {}
        locked = _locked(agent)
        if not locked.is_active:
            return locked
        if heir is not None:
            _check_heir(locked, heir)
        require_not_above(actor, locked.role.rights)
        _keep_an_administrator(locked, None)
        duties = duties_of(locked)
        if duties:
            message = _("%(name)s answers for tickets that are not closed: %(count)d. Give them to others first.")
            text = message % {"name": locked.name, "count": sum(duty.count for duty in duties)}
            raise Conflict(text, code="has_duties", details={duty.key: duty.count for duty in duties})
        _set_active(locked, active=False)
        _end_sessions(locked)
        to = {"to": {"id": heir.pk, "name": heir.name}, "passed": passed} if heir is not None else {}
        events.record(actor, kinds.AGENT_DEACTIVATED, locked, to)
        if heir is not None:
            tell("access", agents=[heir.pk])
    return locked


def duties_of(agent: Agent) -> list[Use]:
    """What must pass to others before the employee is deactivated (F154); empty when nothing holds him."""
    return [use for use in uses_of(agent) if use.holds]


def _pass_all(actor: Actor, agent: Agent, heir: Agent) -> dict[str, int]:
    """Gives everything of an employee to another; how many of each kind."""
    if heir.pk == agent.pk or not heir.is_active:
        raise Invalid({"heir": [_("Choose another employee who works here.")]})
    passed = {use.key: use.count for use in uses_of(agent) if use.is_replaceable}
    replace_everywhere(actor, agent, heir)
    return passed


def _check_heir(agent: Agent, heir: Agent) -> None:
    """He is asked as he is now, and locked, so that he is not deactivated meanwhile."""
    present = Agent.objects.select_for_update(no_key=True, of=("self",)).get(pk=heir.pk)
    if present.pk == agent.pk or not present.is_active:
        raise Invalid({"heir": [_("Choose another employee who works here.")]})


def reactivate_agent(actor: Actor, agent: Agent) -> Agent:
    """Lets the employee in again, with the role and the teams of before."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        locked = _locked(agent)
        if not locked.is_active:
            require_not_above(actor, locked.role.rights)
            _set_active(locked, active=True)
            events.record(actor, kinds.AGENT_REACTIVATED, locked)
    return locked


def reset_password(actor: Actor, agent: Agent) -> str:
    """A new password for somebody who lost his: told once; the old one and all sessions end."""
    access.require(actor, RIGHT)
    password = first_password()
    with transaction.atomic():
        locked = _locked(agent)
        require_not_above(actor, locked.role.rights)
        locked.user.set_password(password)
        locked.user.save(update_fields=["password"])
        events.record(actor, kinds.AGENT_PASSWORD_SET, locked)
        tell("access", agents=[locked.pk])
    return password


def sign_out_everywhere(actor: Actor, agent: Agent) -> None:
    """Ends all sessions of an employee: one's own, or anybody's with the right to manage employees."""
    if actor.id != agent.pk or not actor.is_agent:
        access.require(actor, RIGHT)
    with transaction.atomic():
        locked = _locked(agent)
        _end_sessions(locked)
        events.record(actor, kinds.AGENT_SIGNED_OUT, locked)


def _locked(agent: Agent) -> Agent:
    """The row as it is now. No role is joined to it: one that changed during the wait would hide the row.

    Administrators' rows are locked with it, in one order for all: two who deactivate each other wait in turn.
    """
    together = Q(pk=agent.pk) | Q(role__rights__contains=[RIGHT])
    list(Agent.objects.select_for_update(of=("self",)).filter(together).order_by("pk").values_list("pk"))
    return Agent.objects.select_for_update(of=("self",)).select_related("user").get(pk=agent.pk)


def _keep_an_administrator(agent: Agent, field: str | None) -> None:
    """Somebody must remain who manages employees; all such rows are locked, so that two cannot leave at once."""
    holders = Agent.objects.select_for_update(of=("self",)).filter(is_active=True, role__rights__contains=[RIGHT])
    others = [pk for pk in holders.order_by("pk").values_list("pk", flat=True) if pk != agent.pk]
    if others or RIGHT not in agent.role.rights:
        return
    text = _("%(name)s is the last administrator. Make somebody else one first.") % {"name": agent.name}
    raise Invalid({field: [text]}) if field else Conflict(text, code="last_administrator")


def _checked(facts: AgentFacts, agent: Agent | None) -> tuple[str, str]:
    problems = Problems()
    name = problems.check_name(facts.name)
    if len(name) > 120:
        problems.add("name", _("No more than %(limit)d characters.") % {"limit": 120})
    addresses = problems.check_addresses("address", [facts.address])
    address = addresses[0] if addresses else ""
    if not address:
        problems.add("address", _("Write a mail address."))
    elif User.objects.filter(email=address).exclude(pk=agent.user_id if agent else 0).exists():
        problems.add("address", _taken(address))
    if facts.most_open is not None and not 1 <= facts.most_open <= MOST:
        problems.add("most_open", _("Write a number from 1 to %(limit)d, or nothing.") % {"limit": MOST})
    if problems:
        raise Invalid(problems)
    return name, address


def _taken(address: str) -> str:
    return _("“%(address)s” belongs to another account.") % {"address": address}


def _set_teams(agent: Agent, teams: Sequence[Team]) -> bool:
    """Whether anything changed."""
    wanted, present = {team.pk for team in teams}, set(agent.memberships.values_list("team_id", flat=True))
    agent.memberships.exclude(team__in=wanted).delete()
    TeamMember.objects.bulk_create(TeamMember(agent=agent, team_id=pk) for pk in sorted(wanted - present))
    return wanted != present


def _set_active(agent: Agent, *, active: bool) -> None:
    agent.is_active = agent.user.is_active = active
    agent.save(update_fields=["is_active"])
    agent.user.save(update_fields=["is_active"])


def _forget_addresses(agent: Agent) -> None:
    """The sign-in library remembers addresses of its own, by which nobody may sign in any more."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.filter(user=agent.user_id).delete()


def _end_sessions(agent: Agent) -> None:
    User.objects.filter(pk=agent.user_id).update(session_round=F("session_round") + 1)
    agent.user.refresh_from_db(fields=["session_round"])
    tell("access", agents=[agent.pk])

"""How people and teams are called in the configuration file: employees by their e-mail, teams by their name."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from okno.core.configuration import Importing
from okno.core.faults import Invalid
from okno.people.models import Agent, Team


def emails_of(agents: Iterable[Agent]) -> list[str]:
    """The addresses of employees, in order."""
    return sorted(agent.user.email for agent in agents)


def agent_named(email: str, place: str) -> Agent:
    """The employee of this address; ``Invalid`` at the place where nobody has it."""
    found = Agent.objects.select_related("user").filter(user__email=email.strip().lower()).first()
    if found is None:
        raise Invalid({place: [_("There is no employee with the address %(email)s here.") % {"email": email}]})
    return found


def agents_named(importing: Importing, section: str, place: str, emails: Collection[str]) -> list[Agent]:
    """The employees of these addresses; those who are not here are left out where the person has chosen so."""
    wanted = {email.strip().lower() for email in emails}
    found = {
        agent.user.email: agent for agent in Agent.objects.select_related("user").filter(user__email__in=wanted)
    }
    for email in sorted(wanted - set(found)):
        if not importing.options.leave_out_people:
            agent_named(email, place)
        importing.note(section, _("Left out, since nobody here has this address: %(email)s.") % {"email": email})
    return list(found.values())


def team_named(name: str, place: str) -> Team:
    """The team of this name; ``Invalid`` at the place where there is none."""
    found = Team.objects.filter(name__iexact=name).first()
    if found is None:
        raise Invalid({place: [_("There is no team “%(name)s” here.") % {"name": name}]})
    return found


def teams_named(names: Collection[str], place: str) -> list[Team]:
    """The teams of these names."""
    return [team_named(name, place) for name in names]

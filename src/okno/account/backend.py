"""Who a session belongs to: the account, and with it whom it acts as, in one query."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend

from okno.core.actor import Actor
from okno.core.statements import Statement, hole
from okno.people.absence import ABSENT_NOW
from okno.people.models import Agent, Contact, Role, Team, TeamMember, User, reserved_for

_SQL = """
SELECT {columns}, agent.id, agent.name, role.rights, role.code,
    ARRAY(SELECT team_id FROM {members} AS member WHERE member.agent_id = agent.id ORDER BY team_id),
    ARRAY(
        SELECT team_id FROM {members} AS member JOIN {teams} AS team ON team.id = member.team_id
        WHERE member.agent_id = agent.id AND team.hides_owned
    ),
    ARRAY(SELECT away.id FROM {agents} AS away WHERE away.substitute_id = agent.id AND {absent})
FROM {users} AS account
LEFT JOIN {agents} AS agent ON agent.user_id = account.id AND agent.is_active
LEFT JOIN {roles} AS role ON role.id = agent.role_id
WHERE account.id = %s
"""

_CARRIED = "_agent_actor"
"""Under which name an account that was found for a session carries its agent."""


@cache
def _found() -> Statement:
    sql = _SQL.format(
        columns=", ".join(f"account.{field.column}" for field in User._meta.concrete_fields),
        members=TeamMember._meta.db_table,
        teams=Team._meta.db_table,
        absent=ABSENT_NOW.format("away"),
        users=User._meta.db_table,
        agents=Agent._meta.db_table,
        roles=Role._meta.db_table,
    )
    return Statement(sql, [hole(0)])


class PersonBackend(AuthenticationBackend):
    """Signs in by mail address and password, and finds the account of a session.

    The account carries the agent with the rights and teams of this very moment: each request asks anew, so that
    what is taken away from a role is gone at the next click.
    """

    def get_user(self, user_id: Any) -> User | None:
        rows = _found().rows(user_id)
        if not rows:
            return None
        *columns, agent, name, rights, role, teams, hiding, absent = rows[0]
        user = User.from_db("default", [field.attname for field in User._meta.concrete_fields], columns)
        if not self.user_can_authenticate(user):
            return None
        user.__dict__[_CARRIED] = agent and Actor(
            kind="agent",
            id=agent,
            name=name,
            rights=frozenset(rights),
            teams=tuple(teams),
            language=user.language,
            role=role,
            reserved_teams=reserved_for(role, hiding),
            stands_for=tuple(absent),
        )
        return user


def actor_of(user: User) -> Actor | None:
    """The active agent, else the active contact, who signs in with this account."""
    agent: Any = getattr(user, _CARRIED, False)  # the account may be a lazy one
    if agent is False:
        found = Agent.objects.select_related("role", "user").filter(user=user, is_active=True).first()
        agent = found.as_actor() if found else None
    if agent:
        return cast("Actor", agent)
    contact = Contact.objects.filter(user=user, is_active=True).first()
    return contact.as_actor() if contact else None

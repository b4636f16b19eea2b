"""Who a session belongs to: the account, and with it whom it acts as, in one query."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend

from okno.core.actor import Actor
from okno.core.statements import Statement, hole
from okno.people.absence import ABSENT_NOW
from okno.people.models import (
    Affiliation,
    Agent,
    Contact,
    Role,
    Supervision,
    Team,
    TeamMember,
    User,
    reserved_for,
)
from okno.people.portal_declarations import PORTAL_IS_OPEN

_SQL = """
SELECT {columns}, agent.id, agent.name, role.rights, role.code,
    ARRAY(SELECT team_id FROM {members} AS member WHERE member.agent_id = agent.id ORDER BY team_id),
    ARRAY(
        SELECT team_id FROM {members} AS member JOIN {teams} AS team ON team.id = member.team_id
        WHERE member.agent_id = agent.id AND team.hides_owned
    ),
    ARRAY(SELECT away.id FROM {agents} AS away WHERE away.substitute_id = agent.id AND {absent}),
    contact.id, contact.name, contact.language, contact.is_active,
    ARRAY(SELECT company_id FROM {places} WHERE contact_id = contact.id ORDER BY position, id),
    ARRAY(SELECT company_id FROM {places} WHERE contact_id = contact.id AND sees_company ORDER BY company_id),
    ARRAY(
        SELECT DISTINCT supervised_id FROM {places} AS place
        JOIN {supervisions} AS supervision ON supervision.supervisor_id = place.company_id
        WHERE place.contact_id = contact.id AND place.sees_supervised ORDER BY supervised_id
    )
FROM {users} AS account
LEFT JOIN {agents} AS agent ON agent.user_id = account.id AND agent.is_active
LEFT JOIN {roles} AS role ON role.id = agent.role_id
LEFT JOIN {contacts} AS contact ON contact.user_id = account.id AND agent.id IS NULL
WHERE account.id = %s
"""

_CARRIED = "_actor"
"""Under which name an account that was found for a session carries the person as an actor."""


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
        contacts=Contact._meta.db_table,
        places=Affiliation._meta.db_table,
        supervisions=Supervision._meta.db_table,
    )
    return Statement(sql, [hole(0)])


class PersonBackend(AuthenticationBackend):
    """Signs in by mail address and password, and finds the account of a session.

    The account carries the agent with the rights and teams of this very moment, or the contact with the companies
    that his access opens: each request asks anew, so that what is taken away is gone at the next click. A contact
    who is not active, or any while the portal is shut, has no session.
    """

    def get_user(self, user_id: Any) -> User | None:
        rows = _found().rows(user_id)
        if not rows:
            return None
        fields = [field.attname for field in User._meta.concrete_fields]
        columns, person = rows[0][: len(fields)], rows[0][len(fields) :]
        user = User.from_db("default", fields, columns)
        contact, is_active = person[7], person[10]
        if not self.user_can_authenticate(user) or (contact and not (is_active and PORTAL_IS_OPEN())):
            return None
        user.__dict__[_CARRIED] = _agent(user, *person[:7]) or _contact(user, *person[7:])
        return user


def _agent(user: User, pk: int | None, name: str, rights: Any, role: str, *teams: Any) -> Actor | None:
    if not pk:
        return None
    own, hiding, absent = teams
    return Actor(
        kind="agent",
        id=pk,
        name=name,
        rights=frozenset(rights),
        teams=tuple(own),
        language=user.language,
        role=role,
        reserved_teams=reserved_for(role, hiding),
        stands_for=tuple(absent),
    )


def _contact(user: User, pk: int | None, name: str, language: str, _active: bool, *companies: Any) -> Actor | None:
    if not pk:
        return None
    own, opened, supervised = companies
    return Actor(
        kind="contact",
        id=pk,
        name=name,
        companies=tuple(own),
        open_companies=tuple(opened),
        supervised=tuple(supervised),
        language=user.language or language,
    )


def actor_of(user: User) -> Actor | None:
    """The active agent, else the active contact, who signs in with this account."""
    carried: Any = getattr(user, _CARRIED, False)  # the account may be a lazy one
    if carried is not False:
        return cast("Actor | None", carried)
    agent = Agent.objects.select_related("role", "user").filter(user=user, is_active=True).first()
    if agent is not None:
        return agent.as_actor()
    contact = Contact.objects.filter(user=user, is_active=True).first() if PORTAL_IS_OPEN() else None
    return contact.as_actor() if contact else None

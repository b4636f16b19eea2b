"""What of roles, teams and client categories stands in the configuration file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.actor import Actor
from okno.core.configuration import Importing, Row, Section, register
from okno.people.models import ClientCategory, Role, Team, TeamMember
from okno.people.operations import categories, roles, teams
from okno.people.operations.teams import QueueFacts
from okno.people.portable import agents_named, emails_of


class RoleRow(Row):
    """A role by its code, with all that it may do."""

    code: str
    name: str
    names: dict[str, str] = {}
    rights: list[str]


class Roles(Section[RoleRow]):
    """Roles. None is switched off: employees have it until they are given another."""

    key, label, place, right = "roles", gettext_lazy("Roles"), 10, roles.RIGHT
    row, models = RoleRow, (Role,)

    def held(self) -> Iterator[tuple[int, RoleRow]]:
        for role in Role.objects.all():
            names = dict(sorted(role.names.items()))
            yield role.pk, RoleRow(code=role.code, name=role.name, names=names, rights=sorted(role.rights))

    def write(self, importing: Importing, item: RoleRow, pk: int | None) -> None:
        if pk is None:
            roles.create_role(importing.actor, item.name, item.rights, code=item.code, names=item.names)
        elif item.code == roles.FIXED:
            importing.note(self.key, _("The administrator may do everything; this role stays as it is."))
        else:
            role = Role.objects.get(pk=pk)
            roles.change_role(importing.actor, role, item.name, item.rights, names=item.names)


class TeamRow(Row):
    """A team by its name, with its members and with how it gets its work."""

    name: str
    names: dict[str, str] = {}
    description: str = ""
    is_active: bool = True
    assignment: str = Team.Assignment.BY_HAND.value
    most_per_agent: int | None = None
    hides_owned: bool = False
    first_answer: str = ""
    members: list[str] = []
    notified: list[str] = []


class Teams(Section[TeamRow]):
    """Teams in their order."""

    key, label, place, right = "teams", gettext_lazy("Teams"), 20, teams.RIGHT
    identity, is_ordered = ("name",), True
    row, models = TeamRow, (Team, TeamMember)

    def held(self) -> Iterator[tuple[int, TeamRow]]:
        for team in Team.objects.prefetch_related("agents__user", "notified__user"):
            yield (
                team.pk,
                TeamRow(
                    name=team.name,
                    names=dict(sorted(team.names.items())),
                    description=team.description,
                    is_active=team.is_active,
                    assignment=team.assignment,
                    most_per_agent=team.most_per_agent,
                    hides_owned=team.hides_owned,
                    first_answer=team.first_answer,
                    members=emails_of(team.agents.all()),
                    notified=emails_of(team.notified.all()),
                ),
            )

    def write(self, importing: Importing, item: TeamRow, pk: int | None) -> None:
        actor = importing.actor
        members = agents_named(importing, self.key, "members", item.members)
        queue = QueueFacts(
            description=item.description,
            assignment=item.assignment,
            most_per_agent=item.most_per_agent,
            hides_owned=item.hides_owned,
            first_answer=item.first_answer,
            notified=agents_named(importing, self.key, "notified", item.notified),
        )
        if pk is None:
            teams.create_team(actor, item.name, members, queue, names=item.names)
            return
        team = Team.objects.get(pk=pk)
        switched_on = True if item.is_active else None
        teams.change_team(
            actor, team, name=item.name, names=item.names, members=members, queue=queue, is_active=switched_on
        )

    def settle(self, importing: Importing, item: TeamRow, pk: int) -> None:
        if not item.is_active:
            self.switch_off(importing, pk)

    def switch_off(self, importing: Importing, pk: int) -> None:
        teams.change_team(importing.actor, Team.objects.get(pk=pk), is_active=False)

    def reorder(self, actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
        teams.reorder_teams(actor, wanted, seen)


class CategoryRow(Row):
    """A category of clients by its code."""

    code: str
    names: dict[str, str]
    is_active: bool = True


class Categories(Section[CategoryRow]):
    """Client categories in their order."""

    key, label, place, is_ordered = "client_categories", gettext_lazy("Client categories"), 30, True
    row, models = CategoryRow, (ClientCategory,)

    def held(self) -> Iterator[tuple[int, CategoryRow]]:
        for row in ClientCategory.objects.all():
            yield row.pk, CategoryRow(code=row.code, names=dict(sorted(row.names.items())), is_active=row.is_active)

    def write(self, importing: Importing, item: CategoryRow, pk: int | None) -> None:
        if pk is None:
            categories.create_category(importing.actor, item.names, item.code)
            return
        row = ClientCategory.objects.get(pk=pk)
        categories.change_category(importing.actor, row, item.names)
        if item.is_active:
            categories.switch_category(importing.actor, row, is_active=True)

    def settle(self, importing: Importing, item: CategoryRow, pk: int) -> None:
        if not item.is_active:
            self.switch_off(importing, pk)

    def switch_off(self, importing: Importing, pk: int) -> None:
        categories.switch_category(importing.actor, ClientCategory.objects.get(pk=pk), is_active=False)

    def reorder(self, actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
        categories.reorder_categories(actor, wanted, seen)


for _section in (Roles(), Teams(), Categories()):
    register(_section)

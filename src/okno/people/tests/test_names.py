"""Roles and teams in the language of the reader."""

from __future__ import annotations

import pytest
from django.utils import translation

from okno.people.models import Role, Team
from okno.people.operations.teams import change_team
from okno.testing.cast import Cast
from okno.testing.demo import name_teams

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Administrator", "Lead specialist", "Specialist"]),
        ("ru", ["Администратор", "Ведущий специалист", "Специалист"]),
        ("uk", ["Адміністратор", "Провідний спеціаліст", "Спеціаліст"]),
        ("pl", ["Administrator", "Starszy specjalista", "Specjalista"]),
    ],
)
def test_roles_that_come_with_the_product_are_called_in_the_language_of_the_reader(
    language: str, names: list[str]
) -> None:
    with translation.override(language):
        assert [str(role) for role in Role.objects.order_by("position")] == names


def test_a_team_keeps_its_names_until_somebody_renames_it(cast: Cast) -> None:
    name_teams(cast)
    with translation.override("ru"):
        team = Team.objects.get(pk=cast.first_line.pk)
        assert team.label == "Первая линия"
        same = change_team(cast.actor("olena"), team, name="Первая линия", members=[cast.olena])
        assert (same.name, same.label) == ("First line", "Первая линия")
        renamed = change_team(cast.actor("olena"), team, name="Дежурные")
        assert renamed.label == "Дежурные"
    with translation.override("en"):
        assert Team.objects.get(pk=team.pk).label == "Дежурные"

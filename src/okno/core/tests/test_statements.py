"""Queries that are written once: their holes, their words, and what they make of rows."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.models import F

from okno.core.statements import Gathering, Instances, Statement, among, hole
from okno.people.models import Agent, Team
from okno.testing.cast import Cast


@pytest.mark.django_db
def test_a_statement_finds_what_the_queryset_does(cast: Cast) -> None:
    asked = Statement.of(Agent.objects.filter(pk=hole(0)).values_list("pk", "name"))
    for agent in (cast.olena, cast.marek):
        assert asked.rows(agent.pk) == [(agent.pk, agent.name)]
    some = Statement.of(Agent.objects.filter(among("pk", 0)).order_by("pk").values_list("name"))
    assert some.rows([cast.olena.pk, cast.marek.pk]) == [(cast.olena.name,), (cast.marek.name,)]
    assert some.rows([]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["100% sure", "%s", "it's", 'a "b" \\ c', "Їжак; DROP TABLE people_team; --", "{}"]
)
def test_values_in_the_text_of_a_statement_stay_values(cast: Cast, name: str) -> None:
    Team.objects.create(name=name)
    asked = Statement.of(Team.objects.filter(name=name, pk__gt=hole(0)).values_list("name"))
    assert asked.rows(0) == [(name,)]
    gathered = Gathering(
        teams=Team.objects.filter(name=name).values("name"), none=Team.objects.none().values("name")
    )
    assert gathered.rows() == {"teams": [{"name": name}], "none": []}


@pytest.mark.django_db
def test_a_query_that_can_find_nothing_is_not_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Statement.of(Team.objects.filter(pk__in=[]).values_list("pk")).rows() == []


@pytest.mark.django_db
def test_instances_are_as_the_orm_makes_them(cast: Cast, django_assert_num_queries: Any) -> None:
    Team.objects.filter(pk=cast.first_line.pk).update(names={"pl": "Pierwsza linia"})
    [team] = Instances(Team.objects.filter(pk=hole(0))).rows(cast.first_line.pk)
    assert vars(team)["names"] == {"pl": "Pierwsza linia"}
    [agent] = Instances(Agent.objects.filter(pk=hole(0)), "role", "user").rows(cast.marek.pk)
    with django_assert_num_queries(0):
        assert agent == cast.marek
        assert (agent.role.code, agent.user.email) == (cast.marek.role.code, cast.marek.user.email)
        assert not agent._state.adding
    cast.marek.refresh_from_db()
    assert agent.role.rights == cast.marek.role.rights


@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_that_broke_is_opened_anew() -> None:
    asked = Statement("SELECT pg_backend_pid() + %s", [hole(0)])
    [(first,)] = asked.rows(0)
    settings = connection.get_connection_params()
    with psycopg.connect(
        **{key: settings[key] for key in ("dbname", "user", "host", "port") if key in settings}
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    connection.health_check_enabled, connection.health_check_done = True, False  # a new request begins
    [(second,)] = asked.rows(0)
    assert second != first
    assert connection.health_check_done


@pytest.mark.django_db
def test_holes_are_no_values_that_anybody_has() -> None:
    assert (
        Statement.of(Team.objects.filter(pk=F("pk"), position__gt=-(2**31)).values_list("pk")).text.count("%s") == 0
    )

"""The matrix of a role: what is chosen is kept, what is kept is shown, and nobody is locked out or lifted up by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.models import Event
from okno.manage.role_form import RoleForm
from okno.people.models import Agent, Role
from okno.people.operations.agents import AgentFacts, change_agent, create_agent, deactivate_agent, reset_password
from okno.people.operations.roles import change_role, create_role, delete_role
from okno.testing.cast import Cast
from okno.testing.cast import agent as make_agent
from okno.workflow.models import TicketType, Transition

pytestmark = pytest.mark.django_db
ACTS = ("view", "create", "answer", "note", "assign", "status", "edit", "secrets")


def matrix(name: str, general: dict[str, str], **more: Any) -> dict[str, Any]:
    """A filled-in form: what is not named is ``no``, of sight one's own."""
    usual = dict.fromkeys(ACTS, "none") | {"view": "own"}
    return {"name": name} | usual | general | more


def test_a_role_is_made_shown_and_changed(olena: Client, cast: Cast) -> None:
    data = matrix("Night shift", {"view": "team", "answer": "all", "status": "team"}, others=["people.view"])
    data |= {"status-incident": "all", "answer-task": "none", "view-task": "own", "note-question": "none"}
    assert olena.post(reverse("manage:role-new"), data).status_code == 303
    role = Role.objects.get(code="night-shift")
    assert set(role.rights) == {
        "people.view", "tickets.answer", "tickets.answer:none@task", "tickets.status:team",
        "tickets.status:all@incident", "tickets.view:own@task",
    }  # fmt: skip
    page = olena.get(reverse("manage:role", args=[role.pk])).content.decode()
    assert page.count("selected") >= len(ACTS)
    table = olena.get(reverse("manage:roles")).content.decode()
    assert "Night shift" in table
    assert "differs by type" in table
    again = matrix("Night shift", {"view": "all"})
    assert olena.post(reverse("manage:role", args=[role.pk]), again).status_code == 303
    role.refresh_from_db()
    assert role.rights == ["tickets.view_all"]
    event = Event.objects.get(kind="role.changed")
    assert event.data["after"]["rights"] == ["tickets.view_all"]


def test_what_a_form_shows_it_also_says(olena: Client, cast: Cast) -> None:
    """Saving a role unchanged changes nothing, for each that Okno brings and a mixed one."""
    rights = ["tickets.view", "tickets.view:own@task", "tickets.edit:none@incident", "tickets.edit", "mail.manage"]
    create_role(cast.actor("olena"), "Mixed", rights)
    for role in Role.objects.exclude(code="administrator"):
        form = RoleForm(rights=role.rights, name=role.label)
        data = {bound.html_name: bound.value() for bound in form}
        filled = RoleForm(data, rights=role.rights)
        assert filled.is_valid(), filled.errors
        assert sorted(filled.rights()) == sorted(role.rights)


@pytest.mark.parametrize(
    "wrong",
    [
        {"view": "none"}, {"view": "everybody"}, {"create": "own"}, {"answer": ""}, {"name": " "},
        {"name": "specialist"}, {"others": ["tickets.view_all"]}, {"others": ["root"]}, {"status-incident": "most"},
        {"name": "x" * 81},
    ],
)  # fmt: skip
def test_bad_choices_are_told_at_the_form_and_nothing_is_made(
    olena: Client, cast: Cast, wrong: dict[str, Any]
) -> None:
    before = Role.objects.count()
    answer = olena.post(reverse("manage:role-new"), matrix("New one", {"answer": "all"}) | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Role.objects.count() == before


def test_the_administrator_stays_as_it_is(olena: Client, cast: Cast) -> None:
    role = Role.objects.get(code="administrator")
    for path in (reverse("manage:role", args=[role.pk]), reverse("manage:role-delete", args=[role.pk])):
        olena.post(path, matrix("Nobody", {}))
    again = Role.objects.get(code="administrator")
    assert (again.rights, again.name) == (role.rights, role.name)


def test_a_role_in_use_is_not_deleted(olena: Client, cast: Cast) -> None:
    actor = cast.actor("olena")
    role = create_role(actor, "Night shift", ["tickets.answer"])
    way = Transition.objects.first()
    assert way is not None
    way.roles.add(role)
    with pytest.raises(Conflict) as refused:
        delete_role(actor, role)
    assert refused.value.details == {"rules": 1}
    way.roles.clear()
    cast.marek.role = role
    cast.marek.save()
    assert "employees 1" in olena.post(reverse("manage:role-delete", args=[role.pk]), follow=True).content.decode()
    change_agent(actor, cast.marek, AgentFacts("Marek", "marek@vikno.example", Role.objects.get(code="specialist")))
    olena.post(reverse("manage:role-delete", args=[role.pk]))
    assert not Role.objects.filter(pk=role.pk).exists()


def test_nobody_gives_or_takes_what_he_has_not_t26(cast: Cast) -> None:
    staff = Role.objects.create(code="staff", name="Staff", rights=["agents.manage", "tickets.answer"])
    actor = make_agent("Halina", "halina@vikno.example", "staff").as_actor()
    specialist, administrator = (Role.objects.get(code=code) for code in ("specialist", "administrator"))
    attempts: list[Callable[[], object]] = [
        lambda: create_role(actor, "Mine", ["settings.manage"]),
        lambda: create_role(actor, "Mine", ["tickets.view:all"]),
        lambda: change_role(actor, staff, "Staff", [*staff.rights, "mail.manage"]),
        lambda: change_role(actor, specialist, "Specialist", ["tickets.answer"]),
        lambda: create_agent(actor, AgentFacts("Me", "me@vikno.example", administrator)),
        lambda: change_agent(actor, cast.olena, AgentFacts("Olena", "mine@vikno.example", administrator)),
        lambda: change_agent(actor, cast.marek, AgentFacts("Marek", "marek@vikno.example", administrator)),
        lambda: reset_password(actor, cast.olena),
        lambda: deactivate_agent(actor, cast.olena),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()
    made = create_role(actor, "Helpers", ["tickets.answer:own"])
    assert made.rights == ["tickets.answer:own"]


def test_the_last_right_to_manage_employees_is_kept(cast: Cast) -> None:
    role = create_role(cast.actor("olena"), "Office", list(Role.objects.get(code="administrator").rights))
    cast.olena.role = role
    cast.olena.save()
    with pytest.raises(Invalid):
        change_role(cast.actor("olena"), role, "Office", ["settings.manage"])
    role.refresh_from_db()
    assert "agents.manage" in role.rights


def test_every_type_has_its_column(olena: Client, cast: Cast) -> None:
    page = olena.get(reverse("manage:role-new")).content.decode()
    for kind in TicketType.objects.all():
        assert f"Answer clients: {kind.name}" in page


def test_a_new_role_never_gets_the_code_of_one_of_the_product(cast: Cast) -> None:
    Agent.objects.filter(role__code="lead").update(role=cast.marek.role)
    Role.objects.filter(code="lead").delete()
    assert create_role(cast.actor("olena"), "Lead", []).code != "lead"

"""Attributes made, changed, turned, switched off and deleted; what values become of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.models import Event
from okno.fields.catalogue import attributes_of
from okno.fields.models import Attribute, Target
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import (
    change_attribute,
    create_attribute,
    delete_attribute,
    reorder_attributes,
    switch_attribute,
    turn_of,
)
from okno.fields.operations.options import (
    add_options,
    change_option,
    delete_option,
    reorder_options,
    switch_option,
)
from okno.fields.rules import Limits, Option
from okno.fields.targets import uses_of
from okno.people.models import Company
from okno.people.operations.companies import CompanyFacts, change_company
from okno.people.operations.roles import create_role, delete_role
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db


def facts(name: str = "Floor", **more: Any) -> AttributeFacts:
    return replace(AttributeFacts(target=Target.COMPANY, kind="line", names={"en": name}), **more)


@pytest.fixture
def olena(cast: Cast) -> Actor:
    return cast.actor("olena")


def give(olena: Actor, company: Company, **values: Any) -> None:
    given = {code.replace("_", "-"): value for code, value in values.items()}
    change_company(olena, company, CompanyFacts(attributes=given))


def test_an_attribute_is_made_and_told(olena: Actor) -> None:
    made = create_attribute(
        olena, facts("Class", kind="list", options=[Option("", {"en": "Gold"}), Option("", {"en": "Silver"})])
    )
    assert (made.code, [each["code"] for each in made.options]) == ("class", ["gold", "silver"])
    assert create_attribute(olena, facts("class", target=Target.CONTACT)).code == "class-2"
    event = Event.objects.get(kind="attribute.created", object_id=made.pk)
    assert event.data == {"code": "class", "name": "Class", "target": "company", "kind": "list"}
    assert [each.code for each in attributes_of(Target.COMPANY)] == ["class"]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"names": {}}, "names"),
        ({"names": {"en": "x" * 81}}, "names"),
        ({"names": {"en": "taken"}}, "names"),
        ({"kind": "colour"}, "kind"),
        ({"kind": "list"}, "options"),
        ({"kind": "list", "options": [Option("", {"en": "A"}), Option("", {"en": "a"})]}, "options"),
        ({"kind": "number", "default": "many"}, "default"),
        ({"limits": Limits(shortest=5, longest=2)}, "longest"),
        ({"for_clients": "perhaps"}, "for_clients"),
        ({"helps": {"en": "x" * 501}}, "helps"),
        ({"code": "Not A Code"}, "code"),
        ({"code": "taken"}, "code"),
    ],
)
def test_a_wrong_definition_is_refused_at_its_field(olena: Actor, wrong: dict[str, Any], at: str) -> None:
    create_attribute(olena, facts("Taken"))
    with pytest.raises(Invalid) as refused:
        create_attribute(olena, facts(**wrong))
    assert at in refused.value.fields
    assert Attribute.objects.count() == 1


def test_definitions_belong_to_the_settings(cast: Cast, olena: Actor) -> None:
    made = create_attribute(olena, facts())
    marek = cast.actor("marek")
    for act in (
        lambda: create_attribute(marek, facts("Other")),
        lambda: change_attribute(marek, made, facts("Other")),
        lambda: switch_attribute(marek, made, is_active=False),
        lambda: delete_attribute(marek, made),
        lambda: reorder_attributes(marek, Target.COMPANY, [made.pk], [made.pk]),
        lambda: add_options(marek, made, [{"en": "x"}]),
    ):
        with pytest.raises(Forbidden):
            act()


def test_values_of_one_that_is_switched_off_are_kept(cast: Cast, olena: Actor) -> None:
    made = create_attribute(olena, facts())
    give(olena, cast.kawa, floor="3")
    switch_attribute(olena, made, is_active=False)
    with pytest.raises(Invalid):
        give(olena, cast.kawa, floor="4")
    cast.kawa.refresh_from_db()
    assert cast.kawa.attributes == {"floor": "3"}
    switch_attribute(olena, made, is_active=True)
    give(olena, cast.kawa, floor="4")


def test_another_kind_shows_what_it_makes_and_asks(cast: Cast, olena: Actor) -> None:
    made = create_attribute(olena, facts())
    give(olena, cast.kawa, floor="3")
    give(olena, cast.nordwind, floor="12")
    wanted = facts(kind="number")
    turn = turn_of(made, wanted)
    assert (turn.values, turn.misfits, sorted(turn.examples)) == (2, 0, [("12", "12"), ("3", "3")])
    with pytest.raises(Invalid) as asked:
        change_attribute(olena, made, wanted)
    assert list(asked.value.fields) == ["agree"]
    change_attribute(olena, made, wanted, agreed=True)
    cast.kawa.refresh_from_db()
    assert cast.kawa.attributes == {"floor": 3}
    assert Event.objects.get(kind="attribute.changed").data["turned"] == 2


def test_one_value_that_does_not_fit_keeps_the_kind(cast: Cast, olena: Actor) -> None:
    made = create_attribute(olena, facts())
    give(olena, cast.kawa, floor="3")
    give(olena, cast.nordwind, floor="the attic")
    with pytest.raises(Invalid) as refused:
        change_attribute(olena, made, facts(kind="number"), agreed=True)
    assert "the attic" in refused.value.fields["kind"][0]
    cast.kawa.refresh_from_db()
    assert cast.kawa.attributes == {"floor": "3"}


def test_kinds_that_have_nothing_in_common(cast: Cast, olena: Actor) -> None:
    made = create_attribute(olena, facts())
    assert change_attribute(olena, made, facts(kind="checkbox")).kind == "checkbox"  # no values yet
    give(olena, cast.kawa, floor=True)
    with pytest.raises(Invalid) as refused:
        change_attribute(olena, made, facts(kind="line"), agreed=True)
    assert list(refused.value.fields) == ["kind"]


def test_options_are_ordered_renamed_switched_and_deleted_only_unused(cast: Cast, olena: Actor) -> None:
    made = create_attribute(olena, facts("Class", kind="list", options=[Option("", {"en": "Gold"})]))
    add_options(olena, made, [{"en": "Silver"}, {"en": "Bronze"}])
    reorder_options(olena, made, ["bronze", "gold", "silver"], ["gold", "silver", "bronze"])
    with pytest.raises(Conflict):
        reorder_options(olena, made, ["bronze", "gold", "silver"], ["gold", "silver", "bronze"])
    change_option(olena, made, "gold", {"en": "Golden", "pl": "Złoty"})
    give(olena, cast.kawa, **{"class": "gold"})
    with pytest.raises(Invalid) as refused:
        delete_option(olena, made, "gold")
    assert "Golden" in refused.value.message
    switch_option(olena, made, "gold", is_active=False)
    delete_option(olena, made, "bronze")
    made.refresh_from_db()
    assert [(each["code"], each["is_active"]) for each in made.options] == [("gold", False), ("silver", True)]
    give(olena, cast.kawa, **{"class": "gold"})  # what is there may stay
    with pytest.raises(Invalid):
        give(olena, cast.nordwind, **{"class": "gold"})
    with pytest.raises(Invalid):
        change_attribute(olena, made, facts("Class", kind="list", options=[Option("silver", {"en": "Silver"})]))


def test_deleting_says_what_uses_it_and_erases_only_on_purpose(cast: Cast, olena: Actor) -> None:
    made = create_attribute(olena, facts())
    other = create_attribute(olena, facts("Door"))
    give(olena, cast.kawa, floor="3", door="12")
    assert [(use.count, use.names, use.is_value) for use in uses_of(made)] == [(1, ["Kawa i Ciasto"], True)]
    with pytest.raises(Conflict):
        delete_attribute(olena, made)
    assert delete_attribute(olena, made, with_values=True) == 1
    cast.kawa.refresh_from_db()
    assert cast.kawa.attributes == {"door": "12"}
    assert list(Attribute.objects.all()) == [other]


def test_a_role_that_an_attribute_names_is_not_deleted(olena: Actor) -> None:
    """Else its place in the list would be empty, which means everybody."""
    role = create_role(olena, "Night shift", [])
    create_attribute(olena, facts(seen_by=[role.code]))
    with pytest.raises(Conflict):
        delete_role(olena, role)


def test_each_target_has_its_own_order(olena: Actor) -> None:
    first, second = (create_attribute(olena, facts(name)) for name in ("One", "Two"))
    create_attribute(olena, facts("Three", target=Target.CONTACT))
    reorder_attributes(olena, Target.COMPANY, [second.pk, first.pk], [first.pk, second.pk])
    assert [each.code for each in attributes_of(Target.COMPANY)] == ["two", "one"]

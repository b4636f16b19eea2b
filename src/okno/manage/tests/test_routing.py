"""Pages of routing rules: made, put in order, switched off, tried, deleted; bad input at its field."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.test import Client

from okno.people.operations.agents import deactivate_agent
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import RuleFacts, create_rule
from okno.testing.cast import Cast
from okno.tickets.conditions import parse
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db


def stored(field: str, *values: Any) -> dict[str, Any]:
    return {"version": 1, "mode": "all", "parts": [{"field": field, "operator": "is", "values": list(values)}]}


def posted(**facts: Any) -> dict[str, Any]:
    facts = {"name": "Letters", "is_enabled": "on", "assignee": "default"} | facts
    return facts | {"condition": json.dumps(facts.get("condition", stored("channel", "email")))}


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def rule(cast: Cast, name: str, condition: dict[str, Any] | None = None, **facts: Any) -> RoutingRule:
    facts |= {"condition": parse(condition)} if condition else {}
    return create_rule(cast.actor("olena"), RuleFacts(name, **facts))


def test_a_rule_is_made_changed_and_said_in_words(cast: Cast, olena: Client) -> None:
    facts = posted(assignee=f"team:{cast.second_line.pk}", watchers=[f"agent:{cast.marek.pk}"])
    assert olena.post("/manage/routing/new/", facts).status_code == 303
    made = RoutingRule.objects.get()
    assert (made.target, made.team, list(made.watching_agents.all())) == ("team", cast.second_line, [cast.marek])
    page = text(olena.get("/manage/routing/"))
    assert "to Second line; followed by Marek Lis" in page
    form = text(olena.get(f"/manage/routing/{made.pk}/"))
    assert f'value="team:{cast.second_line.pk}" selected' in form
    assert olena.post(f"/manage/routing/{made.pk}/", posted(assignee="nobody")).status_code == 303
    made.refresh_from_db()
    assert (made.target, made.team, made.watching_agents.count()) == ("nobody", None, 0)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"name": " "}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"name": "LETTERS old"}, "There is already a rule"),
        ({"assignee": "agent:999999"}, "Select a valid choice"),
        ({"watchers": ["team:none"]}, "Select a valid choice"),
        ({"condition": {"version": 1, "mode": "all", "parts": [{"field": "type", "operator": "is"}]}}, "at least one"),
        ({"condition": stored("priority") | {"parts": [
            {"field": "priority", "operator": "is", "values": ["low"]},
            {"field": "priority", "operator": "is", "values": ["high"]},
        ]}}, "exclude each other"),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_kept(cast: Cast, olena: Client, facts: dict[str, Any], message: str) -> None:
    rule(cast, "Letters old")
    answer = olena.post("/manage/routing/new/", posted(**facts))
    assert answer.status_code == 422
    assert message in text(answer)
    assert RoutingRule.objects.count() == 1


def test_whoever_left_is_kept_in_the_form_and_refused(cast: Cast, olena: Client) -> None:
    made = rule(cast, "Letters", target="agent", agent=cast.marek)
    deactivate_agent(cast.actor("olena"), cast.marek)
    assert "Marek Lis is deactivated" in text(olena.get("/manage/routing/"))
    answer = olena.post(f"/manage/routing/{made.pk}/", posted(assignee=f"agent:{cast.marek.pk}"))
    assert answer.status_code == 422
    assert "not deactivated" in text(answer)


def test_order_switch_and_delete(cast: Cast, olena: Client) -> None:
    first, second = rule(cast, "First"), rule(cast, "Second")
    seen = f"{first.pk},{second.pk}"
    olena.post("/manage/routing/order/", {"seen": seen, "move": f"{second.pk}:up"})
    assert list(RoutingRule.objects.values_list("name", flat=True)) == ["Second", "First"]
    stale = olena.post("/manage/routing/order/", {"seen": seen, "move": f"{second.pk}:up"}, follow=True)
    assert "Somebody has changed the list meanwhile" in text(stale)
    olena.post(f"/manage/routing/{second.pk}/switch/", {"enabled": ""})
    assert not RoutingRule.objects.get(pk=second.pk).is_enabled
    olena.post(f"/manage/routing/{second.pk}/delete/")
    assert RoutingRule.objects.get() == first
    assert olena.get(f"/manage/routing/{second.pk}/").status_code == 404


def test_a_rule_that_is_never_asked_is_warned_of(cast: Cast, olena: Client) -> None:
    rule(cast, "Everything")
    rule(cast, "Letters", stored("channel", "email"))
    assert "Never asked: “Everything” above it fits every ticket." in text(olena.get("/manage/routing/"))


def test_the_trial_shows_why_each_rule_does_not_decide(cast: Cast, olena: Client) -> None:
    rule(cast, "Letters", stored("channel", "email"), target="agent", agent=cast.marek)
    rule(cast, "Desk", stored("channel", "desk"), target="team", team=cast.first_line, watching_agents=[cast.olena])
    ticket = new_ticket(cast)
    for query in (f"number={ticket.number}", "channel=desk&client=marta@kawa.example"):
        page = text(olena.get(f"/manage/routing/try/?{query}"))
        assert "Given to First line by the rule “Desk”" in page
        assert "does not fit" in page
        assert "Olena Kravets" in page
    assert "Given to Marek Lis by the rule “Letters”" in text(olena.get("/manage/routing/try/?channel=email"))
    for query, message in (
        ("number=999999999", "There is no ticket"),
        ("client=nobody@x.example", "no such contact"),
    ):
        answer = olena.get(f"/manage/routing/try/?{query}")
        assert (answer.status_code, message in text(answer)) == (422, True)

"""Pages of SLA rules: made, put in order, switched off, tried, deleted; bad input at its field."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from django.test import Client

from okno.calendars.models import WorkSchedule
from okno.core import clock
from okno.core.drains import run_until_empty
from okno.sla.models import Recomputation, SlaRule
from okno.sla.tests.test_following import a_ticket, at, stored
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db
CONDITION = {"version": 1, "mode": "all", "parts": [{"field": "type", "operator": "is", "values": ["incident"]}]}


def posted(**facts: Any) -> dict[str, Any]:
    said = {
        "name": "Incidents", "is_enabled": "on", "condition": json.dumps(CONDITION), "schedule": "",
        "reaction_hours": "1", "reaction_minutes": "30", "resolution_hours": "", "resolution_minutes": "",
        "warning": "percent", "warn_percent": "50", "warn_minutes": "",
    }  # fmt: skip
    return said | facts


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_the_list_says_each_rule_in_words(olena: Client) -> None:
    page = text(olena.get("/manage/sla/"))
    assert "Critical, around the clock" in page
    assert "reaction 1 h, resolution 4 h; by the wall clock" in page
    assert "no deadlines" in page


def test_a_rule_is_made_and_changed(cast: Cast, olena: Client) -> None:
    office = WorkSchedule.objects.get(is_default=True)
    assert olena.post("/manage/sla/new/", posted(schedule=office.pk)).status_code == 303
    made = SlaRule.objects.get(name="Incidents")
    assert (made.reaction_minutes, made.resolution_minutes, made.warn_percent) == (90, None, 50)
    assert (made.schedule, made.condition) == (office, CONDITION)
    assert SlaRule.objects.order_by("position").last() == made
    changed = posted(
        reaction_hours="", reaction_minutes="", resolution_hours="8", warning="left", warn_minutes="60"
    )
    assert olena.post(f"/manage/sla/{made.pk}/", changed).status_code == 303
    made.refresh_from_db()
    assert (made.reaction_minutes, made.resolution_minutes, made.warn_percent, made.warn_minutes) == (
        None,
        480,
        0,
        60,
    )
    form = text(olena.get(f"/manage/sla/{made.pk}/"))
    assert 'value="8"' in form
    assert "No open ticket follows it." in form


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"name": " "}, "This field is required."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"reaction_hours": "0", "reaction_minutes": "0"}, "between one minute and five years"),
        ({"reaction_minutes": "60"}, "less than or equal to 59"),
        ({"resolution_hours": "-1"}, "greater than or equal to 0"),
        ({"resolution_hours": "four"}, "whole number"),
        ({"resolution_hours": "9" * 30}, "less than or equal to"),
        ({"warn_percent": ""}, "from 1 to 99"),
        ({"warn_percent": "100"}, "less than or equal to 99"),
        ({"warning": "left"}, "how many minutes"),
        ({"warning": "often"}, "Select a valid choice"),
        ({"schedule": "999999"}, "Select a valid choice"),
        ({"condition": "{"}, "cannot be read"),
        ({"condition": json.dumps(CONDITION | {"parts": [{"field": "promise_broken", "operator": "yes"}]})}, "deadlines"),
        ({"condition": json.dumps(CONDITION | {"parts": [
            {"field": "priority", "operator": "is", "values": ["low"]},
            {"field": "priority", "operator": "is", "values": ["high"]},
        ]})}, "exclude each other"),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_kept(cast: Cast, olena: Client, facts: dict[str, Any], message: str) -> None:
    before = SlaRule.objects.count()
    answer = olena.post("/manage/sla/new/", posted(**facts))
    assert answer.status_code == 422
    assert message in text(answer)
    assert SlaRule.objects.count() == before


def test_a_rule_that_is_never_reached_is_marked(cast: Cast, olena: Client) -> None:
    assert "never tried" not in text(olena.get("/manage/sla/"))
    olena.post("/manage/sla/new/", posted())
    assert "“Everything else” above fits every ticket" in text(olena.get("/manage/sla/"))


def test_the_order_decides_and_who_was_faster_is_told(cast: Cast, olena: Client) -> None:
    seen = list(SlaRule.objects.values_list("pk", flat=True))
    wanted = [seen[-1], *seen[:-1]]
    facts = {"order": ",".join(map(str, wanted)), "seen": ",".join(map(str, seen))}
    assert olena.post("/manage/sla/order/", facts).status_code == 303
    assert list(SlaRule.objects.values_list("pk", flat=True)) == wanted
    assert olena.post("/manage/sla/order/", facts, follow=True).status_code == 200
    assert list(SlaRule.objects.values_list("pk", flat=True)) == wanted
    assert Recomputation.objects.filter(reason="order").count() == 1


def test_a_rule_that_is_off_or_gone_lets_tickets_follow_the_next(cast: Cast, olena: Client) -> None:
    ticket = a_ticket(cast, at(1, 10), "critical")
    rule = SlaRule.objects.get(pk=stored(ticket).sla_rule)
    assert "1 open ticket follows it" in text(olena.get(f"/manage/sla/{rule.pk}/"))
    olena.post(f"/manage/sla/{rule.pk}/switch/", {"enabled": ""})
    with clock.frozen_at(at(1, 10)):
        run_until_empty("promises")
    last = SlaRule.objects.order_by("position").last()
    assert last is not None
    assert stored(ticket).sla_rule == last.pk
    olena.post(f"/manage/sla/{rule.pk}/switch/", {"enabled": "1"})
    assert olena.post(f"/manage/sla/{rule.pk}/delete/").status_code == 303
    assert not SlaRule.objects.filter(pk=rule.pk).exists()
    assert olena.get(f"/manage/sla/{rule.pk}/").status_code == 404


def test_the_trial_says_why_each_earlier_rule_does_not_fit(cast: Cast, olena: Client) -> None:
    ticket = a_ticket(cast, at(1, 10), "high")
    real = text(olena.get(f"/manage/sla/try/?number={ticket.number}"))
    assert real.count("does not fit") == 3
    assert "decides" in real
    assert "fits, but one above decides" in real
    imagined = text(olena.get("/manage/sla/try/?priority=critical&registered=2026-06-01T10:00&company=nordwind"))
    assert "Critical, around the clock" in imagined
    assert "Resolve by" in imagined
    assert olena.get("/manage/sla/try/?number=99999999").status_code == 422
    assert "no such company" in text(olena.get("/manage/sla/try/?company=Nobody"))
    assert olena.get("/manage/sla/try/?registered=yesterday").status_code == 422
    assert stored(ticket).version == ticket.version


def test_the_job_is_shown_while_it_runs_and_after(cast: Cast, olena: Client) -> None:
    with clock.frozen_at(at(1, 10)):
        a_ticket(cast, at(1, 10))
    olena.post("/manage/sla/new/", posted())
    assert "being reckoned anew" in text(olena.get("/manage/sla/progress/"))
    run_until_empty("promises")
    assert "1 ticket was looked at" in text(olena.get("/manage/sla/"))


def test_a_schedule_that_rules_follow_is_not_deleted(cast: Cast, olena: Client) -> None:
    night = WorkSchedule.objects.exclude(is_default=True).get()
    olena.post("/manage/sla/new/", posted(schedule=night.pk))
    answer = olena.post(f"/manage/schedules/{night.pk}/delete/", follow=True)
    assert "SLA rules: Incidents" in text(answer)


def test_only_who_manages_settings_sees_them(cast: Cast, as_: Any) -> None:
    taras = as_("taras")
    for path in ("", "new/", "try/", "progress/"):
        assert taras.get(f"/manage/sla/{path}").status_code == 403

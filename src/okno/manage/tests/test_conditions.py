"""The condition as a field of a form, and the values that its editor searches for."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django import forms
from django.test import Client

from okno.manage.conditions.field import LONGEST, ConditionField
from okno.manage.conditions.offer import offer
from okno.people.models import Agent
from okno.testing.cast import Cast
from okno.tickets.conditions import ALWAYS, FIELDS, Clause, Group, Mode, Operator

pytestmark = [pytest.mark.django_db, pytest.mark.urls("okno.manage.tests.conditions_site")]

INCIDENT = {"field": "type", "operator": "is", "values": ["incident"]}
URL = "/manage/try/"


def stored(*parts: dict[str, Any]) -> str:
    return json.dumps({"version": 1, "mode": "all", "parts": parts})


def attribute(content: bytes, name: str) -> Any:
    """The data that the page gives to the editor."""
    found = re.search(rf"data-{name}='([^']*)'", content.decode())
    assert found
    return json.loads(unescape(found[1]))


def test_nothing_chosen_fits_every_ticket() -> None:
    field = ConditionField()
    assert field.clean("") == field.clean(None) == field.clean(stored()) == ALWAYS


def test_a_condition_and_its_stored_form() -> None:
    field = ConditionField()
    condition = Group(Mode.ALL, (Clause("type", Operator.IS, ("incident",)),))
    assert field.clean(stored(INCIDENT)) == condition
    assert json.loads(field.prepare_value(condition)) == json.loads(stored(INCIDENT))
    assert not field.has_changed(condition, stored({"mode": "any", "parts": [INCIDENT]}))
    assert field.has_changed(condition, stored())
    assert field.has_changed(None, "{")


@pytest.mark.parametrize("text", ["{", "[]", "7", "null", "[" * 50_000, "x" * (LONGEST + 1), '{"version": 9}'])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        ConditionField().clean(text)


def test_mistakes_keep_their_places_and_what_was_chosen(olena: Client) -> None:
    wrong = stored(INCIDENT, {"mode": "any", "parts": [{"field": "subject", "operator": "any_of"}]})
    answer = olena.post(URL, {"name": "VIP", "condition": wrong})
    assert answer.status_code == 422
    assert attribute(answer.content, "problems") == {"1.0": ["Choose or write at least one value."]}
    assert attribute(answer.content, "value") == json.loads(wrong)
    assert b'value="VIP"' in answer.content


def test_a_percent_sign_in_a_mistake_is_only_a_sign(olena: Client) -> None:
    gone = stored({"field": "type", "operator": "is", "values": ["100%(x)s <b>"]})
    answer = olena.post(URL, {"name": "x", "condition": gone})
    assert attribute(answer.content, "problems") == {"0": ["“100%(x)s <b>” does not exist any more. Remove it."]}
    assert b"<b>\xe2\x80\x9d" not in answer.content


def test_what_can_never_match_is_refused_unless_that_is_allowed(olena: Client) -> None:
    both = stored(INCIDENT, {"field": "type", "operator": "is", "values": ["request"]})
    answer = olena.post(URL, {"name": "x", "condition": both})
    assert attribute(answer.content, "problems") == {
        "": ["No ticket can meet this condition: its parts exclude each other."]
    }
    assert ConditionField(may_be_impossible=True).clean(both).parts


def test_the_page_says_without_scripts_what_stands_there(olena: Client) -> None:
    answer = olena.post(URL, {"name": "x", "condition": stored(INCIDENT)})
    assert b"type is Incident</p>" in answer.content
    assert b"every ticket</p>" in olena.get(URL).content


def test_names_of_what_is_chosen_come_with_the_page(olena: Client, cast: Cast) -> None:
    chosen = stored({"field": "company", "operator": "is", "values": [cast.kawa.pk, 10**7]})
    answer = olena.post(URL, {"name": "x", "condition": chosen})
    assert attribute(answer.content, "names") == {"company": {str(cast.kawa.pk): "Kawa i Ciasto"}}


def test_everything_registered_is_offered(cast: Cast) -> None:
    Agent.objects.filter(pk=cast.marek.pk).update(is_active=False)
    offered = {field["key"]: field for field in offer()["fields"]}
    assert list(offered) == list(FIELDS)
    assert offered["company"]["options"] is None
    assert [label for _pk, label in offered["assignee"]["options"]] == ["Olena Kravets", "Taras Vovk"]
    for field in offered.values():
        labels = [operator["label"] for operator in field["operators"]]
        assert len(set(labels)) == len(labels) > 1


def test_values_are_found_by_a_few_letters(olena: Client, cast: Cast) -> None:
    url = "/manage/conditions/values/"
    assert olena.get(url, {"field": "company", "q": "KAWA"}).json() == {
        "options": [[cast.kawa.pk, "Kawa i Ciasto"]]
    }
    assert len(olena.get(url, {"field": "contact"}).json()["options"]) == 4
    assert olena.get(url, {"field": "priority", "q": "hi"}).json() == {"options": [["high", "High"]]}
    assert olena.get(url, {"field": "contact", "q": "100%_\\"}).json() == {"options": []}
    for field in ("", "subject", "nothing"):
        assert olena.get(url, {"field": field, "q": "x"}).status_code == 404


def test_only_who_may_change_settings_learns_names(as_: Any) -> None:
    assert as_("marek").get("/manage/conditions/values/", {"field": "company"}).status_code == 403

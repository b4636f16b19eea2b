"""What macros draw is remembered: for equal values, in one language and zone, and never unescaped."""

from __future__ import annotations

import zoneinfo
from typing import Any

import pytest
from django.template import engines
from django.utils import timezone, translation
from jinja2 import DictLoader
from markupsafe import Markup

from okno.core.jinja import drawn, drawn_all, environment


@pytest.fixture
def macro() -> Any:
    env = environment(
        loader=DictLoader(
            {
                "m.jinja": "{% macro said(name, more='') %}<b>{{ _('Search') }} {{ name }}{{ more }}</b>{% endmacro %}"
            }
        )
    )
    return env.get_template("m.jinja").module.said


def test_values_are_escaped_and_equal_ones_drawn_once(macro: Any) -> None:
    first = drawn(macro, "<i>")
    assert first == "<b>Search &lt;i&gt;</b>"
    assert drawn(macro, "<i>") is first
    assert drawn_all(macro, ["<i>", "x"]) == "<b>Search &lt;i&gt;</b><b>Search x</b>"


def test_markup_is_refused_since_it_equals_text_that_must_be_escaped(macro: Any) -> None:
    with pytest.raises(TypeError):
        drawn(macro, Markup("<em>"))
    assert drawn(macro, "<em>") == "<b>Search &lt;em&gt;</b>"
    with pytest.raises(TypeError):
        drawn(macro, ("a", Markup("<u>")))


def test_another_language_and_another_zone_are_drawn_anew(macro: Any) -> None:
    english = drawn(macro, "x")
    with translation.override("pl"):
        assert drawn(macro, "x") != english
    with timezone.override(zoneinfo.ZoneInfo("Asia/Tokyo")):
        assert drawn(macro, "x") is not english
    assert drawn(macro, "x") is english


def test_the_desk_knows_both() -> None:
    known = engines["jinja2"].env.globals
    assert known["drawn"] is drawn
    assert known["drawn_all"] is drawn_all

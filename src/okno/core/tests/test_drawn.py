"""What macros draw is remembered: for equal values, in one language and zone, and never unescaped."""

from __future__ import annotations

import zoneinfo
from typing import Any

import pytest
from django.template import engines
from django.utils import timezone, translation
from jinja2 import DictLoader
from markupsafe import Markup

from okno.core.jinja import choice, drawn, drawn_all, drawn_but, environment, translated
from okno.core.models import Delivery


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


def test_values_that_are_put_in_later_are_escaped_too(macro: Any) -> None:
    assert drawn_but(macro, "<i>", more='"a"') == "<b>Search &lt;i&gt;&#34;a&#34;</b>"
    assert drawn_but(macro, "<i>", more=7) == "<b>Search &lt;i&gt;7</b>"
    assert drawn_but(macro, "x", more=Markup("<u>")) == "<b>Search x<u></b>"
    assert drawn_but(macro, "x") == drawn(macro, "x")
    with pytest.raises(TypeError):
        drawn_but(macro, Markup("<em>"), more="")


def test_words_are_remembered_for_each_language_and_their_values_escaped() -> None:
    assert translated("Search") is translated("Search")
    with translation.override("pl"):
        assert translated("Search") == translation.gettext("Search") != "Search"
    assert translated("<b>%(name)s</b>, 100%%", name="<i>") == "<b>&lt;i&gt;</b>, 100%"
    assert translated("100%%") == "100%"
    assert isinstance(translated("Search"), Markup)


def test_pages_mean_by_words_and_calls_what_the_template_language_means() -> None:
    page = (
        "{% macro boxed() %}<p>{{ caller() }}</p>{% endmacro %}{% set kept %}<hr>{{ sign }}{% endset %}"
        "{% call boxed() %}{{ kept }}{{ sign }}{{ _('Search') }}{% endcall %}{{ (sign ~ kept)|upper }}"
        "{% trans name=sign %}<b>{{ name }}</b>, 5%{% endtrans %}{{ ngettext('%(num)d row', '%(num)d rows', 2) }}"
        "{{ [sign, '<br>'|safe]|join }}{{ absent() if absent is defined }}{{ (1, 2)|length }}{{ cycler('<', '>').next() }}"
    )
    text = environment(loader=DictLoader({"p.jinja": page})).get_template("p.jinja").render(sign="<&")
    assert text == (
        "<p><hr>&lt;&amp;&lt;&amp;Search</p>&LT;&AMP;<HR>&LT;&AMP;<b>&lt;&amp;</b>, 5%2 rows&lt;&amp;<br>2&lt;"
    )


def test_a_choice_is_called_as_the_model_calls_it() -> None:
    row = Delivery(state="failed")
    assert choice(row, "state") == row.get_state_display()
    with translation.override("ru"):
        assert choice(row, "state") == row.get_state_display()


def test_the_desk_knows_both() -> None:
    known = engines["jinja2"].env.globals
    assert known["drawn"] is drawn
    assert known["drawn_all"] is drawn_all

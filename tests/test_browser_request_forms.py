"""The browser hides questions of a request form by the same rule as the server (F195)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from okno.workflow.rules import Asked, Check, ItemKind, When, hidden_items
from okno.workflow.tests.test_asking import CHAIN, HOLDING

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RULE = Path(__file__).parent.parent / "frontend" / "js" / "asked" / "rule.js"


def texts(value: Any) -> list[str]:
    """A value as it stands in the fields of a page."""
    if isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, bool):
        return ["yes"] if value else []
    return [] if value is None else [str(int(value) if isinstance(value, float) else value)]


def for_browser(items: list[Asked], given: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": item.code,
            "values": texts(given.get(item.code)),
            "when": None if item.when is None else {
                "item": item.when.item, "check": item.when.check.value,
                "values": list(item.when.values), "is_not": item.when.is_not,
            },
        }
        for item in items
    ]  # fmt: skip


def test_the_browser_hides_by_the_same_table_as_the_server(browse: Callable[..., Page]) -> None:
    before = Asked("a", ItemKind.QUESTION)
    cases = [([before, Asked("b", ItemKind.QUESTION, when=when)], {"a": value}) for when, value, _held in HOLDING]
    ways: list[dict[str, Any]] = [{"way": "ftp", "port": "22"}, {"way": "SSH "}, {"way": "ssh", "port": " "}, {}]
    cases += [(CHAIN, given) for given in ways]
    late = [
        Asked("first", ItemKind.QUESTION, when=When("second", Check.FILLED, is_not=True)),
        Asked("second", ItemKind.QUESTION),
    ]
    cases += [(late, {"second": "x"})]
    page = browse("")
    page.goto("about:blank")
    module = f"data:text/javascript,{quote(RULE.read_text(encoding='utf-8'))}"
    script = f"async (cases) => {{ const {{hiddenItems}} = await import({json.dumps(module)}); return cases.map((each) => [...hiddenItems(each)].sort()) }}"
    found = page.evaluate(script, [for_browser(items, given) for items, given in cases])
    assert found == [sorted(hidden_items(items, given)) for items, given in cases]
    assert ["b"] in found
    assert [] in found

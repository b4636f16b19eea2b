"""The editor of conditions and lists of rules in their order, used with keyboard and mouse in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from okno.people.models import Team
from okno.testing.cast import Cast
from okno.testing.pytest_browser import PATIENCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.urls("okno.manage.tests.conditions_site"),
]
AXE = Path(__file__).parents[4] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


class Desk:
    """The administrator's browser."""

    def __init__(self, chromium: Browser, cast: Cast, url: str) -> None:
        self.chromium, self.url = chromium, url
        self.contexts: list[BrowserContext] = []
        self.troubles: list[str] = []
        signed = Client()
        signed.force_login(cast.olena.user)
        session = next(iter(signed.cookies.values()))
        self.cookie: Any = {"name": session.key, "value": session.value, "url": url}

    def open(self, path: str, *, width: int = 1280, dark: bool = False) -> Page:
        context = self.chromium.new_context(
            base_url=self.url, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        context.add_cookies([self.cookie])
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.goto(path)
        return page


@pytest.fixture
def served(transactional_db: None, django_db_serialized_rollback: None, live_server: object, settings: Any) -> str:
    """Where the product is, with the page that its tests add and the style guide."""
    settings.DEBUG = True
    return str(live_server)


@pytest.fixture
def desk(served: str, cast: Cast, chromium: Browser) -> Iterator[Desk]:
    opened = Desk(chromium, cast, served)
    yield opened
    for context in opened.contexts:
        context.close()
    assert opened.troubles == []


def written(page: Page, name: str = "condition") -> dict[str, Any]:
    """The condition in the hidden field, without its version."""
    data: dict[str, Any] = json.loads(page.locator(f"input[name={name}]").input_value())
    assert data.pop("version") == 1
    return data


def row(page: Page, number: int) -> Locator:
    return page.locator("[data-clause]").nth(number)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"][:3]]


def test_a_condition_by_keyboard_alone(desk: Desk, cast: Cast) -> None:
    page = desk.open("/manage/try/")
    expect(page.get_by_text("No conditions: this fits every ticket.")).to_be_visible()
    page.get_by_label("Name").focus()
    page.keyboard.type("VIP")
    page.keyboard.press("Tab")  # how many must hold
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add a condition")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What is compared")).to_be_focused()
    page.keyboard.type("Prior")
    page.keyboard.press("Tab")
    page.keyboard.type("at le")
    page.keyboard.press("Tab")
    page.keyboard.type("Hi")
    assert written(page) == {
        "mode": "all",
        "parts": [{"field": "priority", "operator": "at_least", "values": ["high"]}],
    }
    page.get_by_role("button", name="Add a condition").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Company")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("kawa")
    expect(page.get_by_role("option", name="Kawa i Ciasto")).to_be_visible()
    page.keyboard.press("Enter")
    assert written(page)["parts"][1] == {"field": "company", "operator": "is", "values": [cast.kawa.pk]}
    row(page, 1).get_by_role("button", name="Up: condition").focus()
    page.keyboard.press("Enter")
    assert [part["field"] for part in written(page)["parts"]] == ["company", "priority"]
    expect(row(page, 0).get_by_role("button", name="Up: condition")).to_be_focused()
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("company is Kawa i Ciasto and priority is at least High")
    expect(page.locator("[data-clause]")).to_have_count(2)
    expect(page.locator(".conditions-picker .tag")).to_have_text("Kawa i Ciasto")


def test_groups_every_kind_of_value_and_moving_in_and_out(desk: Desk) -> None:
    page = desk.open("/manage/try/")
    page.get_by_label("Name").fill("Nights")

    def add(field: str, way: str) -> Locator:
        page.get_by_role("button", name="Add a condition").last.click()
        made = page.locator("[data-clause]").last
        made.get_by_label("What is compared").select_option(label=field)
        made.get_by_label("How it is compared").select_option(label=way)
        return made

    add("Type", "is").get_by_text("Incident", exact=True).click()
    add("Subject", "contains any of").get_by_role("textbox").fill("vpn,  принтер ")
    add("Client category", "is empty")
    add("Reopenings", "at least").get_by_label("Number").fill("2")
    hours = add("Time of registration", "outside")
    hours.get_by_label("Begins").fill("2200")
    hours.get_by_label("Ends").fill("6")
    hours.get_by_role("button", name="Add hours").click()
    hours.get_by_label("Begins").last.fill("12:00")
    hours.get_by_label("Ends").last.fill("13:00")
    hours.get_by_label("Time zone").fill("Europe/Warsaw")
    add("Date of registration", "within the last days").get_by_label("Days").fill("30")
    page.get_by_role("button", name="Add a group").first.click()
    row(page, 6).get_by_label("What is compared").select_option(label="Weekday of registration")
    for day in ("Saturday", "Sunday"):
        row(page, 6).get_by_text(day).click()
    data = written(page)
    assert data["parts"][1:6] == [
        {"field": "subject", "operator": "any_of", "values": ["vpn", "принтер"]},
        {"field": "category", "operator": "empty"},
        {"field": "reopenings", "operator": "at_least", "values": [2]},
        {
            "field": "registered_hours",
            "operator": "is_not",
            "values": ["22:00-06:00", "12:00-13:00"],
            "zone": "Europe/Warsaw",
        },
        {"field": "registered_on", "operator": "within_days", "values": [30]},
    ]
    weekend = {"field": "registered_weekday", "operator": "is", "values": [6, 7]}
    assert data["parts"][6] == {"mode": "any", "parts": [weekend]}
    row(page, 5).get_by_role("button", name="Down: condition").click()
    assert [part["field"] for part in written(page)["parts"][5]["parts"]] == ["registered_on", "registered_weekday"]
    row(page, 5).get_by_role("button", name="Up: condition").click()
    assert written(page) == data
    row(page, 3).get_by_role("button", name="Remove: condition").click()
    assert len(written(page)["parts"]) == 6
    expect(row(page, 3).get_by_role("button", name="Remove: condition")).to_be_focused()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#said")).to_contain_text(
        "time of registration is not 22:00–06:00 or 12:00–13:00, Europe/Warsaw"
    )
    expect(page.locator("[data-group]")).to_have_count(2)
    data["parts"].pop(3)
    assert written(page) == data


def test_mistakes_stand_at_their_rows_and_nothing_is_lost(desk: Desk) -> None:
    page = desk.open("/manage/try/")
    page.get_by_label("Name").fill("x")
    for _time in range(2):
        page.get_by_role("button", name="Add a condition").click()
    row(page, 0).get_by_label("What is compared").select_option(label="Time of registration")
    row(page, 0).get_by_label("Ends").fill("09:00")
    before = written(page)
    page.get_by_role("button", name="Save").click()
    expect(row(page, 0).locator(".field-error")).to_have_text("Write two different times such as 09:00 and 18:00.")
    assert written(page) == before
    expect(row(page, 1).locator(".field-error")).to_have_text("Choose what is compared.")
    expect(row(page, 1).get_by_label("What is compared")).to_have_attribute("aria-invalid", "true")
    row(page, 0).get_by_label("Ends").fill("10:00")
    expect(row(page, 0).locator(".field-error")).to_be_hidden()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
@pytest.mark.parametrize("path", ["/manage/try/", "/styleguide/rules"])
def test_axe_and_the_width_of_a_phone(desk: Desk, path: str, width: int, dark: bool) -> None:
    page = desk.open(path, width=width, dark=dark)
    page.wait_for_selector("[data-conditions-root] [data-group]")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    too_wide = page.evaluate(
        "[...document.querySelectorAll('.conditions *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert too_wide == 0


def names(page: Page) -> list[str]:
    return [str(each.get_attribute("data-name")) for each in page.locator("[data-ordered-row]").all()]


def stored_order() -> list[str]:
    return list(Team.objects.order_by("position", "pk").values_list("name", flat=True))


def test_rules_are_moved_by_buttons_and_dragged(desk: Desk) -> None:
    Team.objects.create(name="Third line", position=3)
    Team.objects.create(name="Night shift", position=4)
    page = desk.open("/manage/try/")
    page.get_by_role("button", name="Down: First line").focus()
    with page.expect_response("**/try/order/"):
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Down: First line")).to_be_focused()
    expect(page.locator("[data-ordered-status]")).to_have_text("First line is now in place 2 of 4.")
    assert stored_order() == names(page) == ["Second line", "First line", "Third line", "Night shift"]

    handle = page.locator("[data-ordered-handle]").last.bounding_box()
    first = page.locator("[data-ordered-row]").first.bounding_box()
    assert handle
    assert first
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, first["y"] + 2, steps=6)
    with page.expect_response("**/try/order/"):
        page.mouse.up()
    assert stored_order() == names(page) == ["Night shift", "Second line", "First line", "Third line"]
    expect(page.get_by_role("button", name="Up: Night shift")).to_be_disabled()

    page.mouse.move(handle["x"] + 5, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(handle["x"] + 5, handle["y"] + 30, steps=6)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert names(page)[0] == "Night shift"


def test_somebody_else_was_faster(desk: Desk) -> None:
    page = desk.open("/manage/try/")
    Team.objects.filter(name="First line").update(position=9)
    page.get_by_role("button", name="Down: First line").click()
    expect(page.get_by_text("Somebody has changed the list meanwhile.")).to_be_visible()
    assert stored_order() == names(page) == ["Second line", "First line"]

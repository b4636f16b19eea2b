"""Every page of an agent passes axe with no violation: wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = Path(__file__).parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    ("administrator", "/tickets/?section=active"),
    ("administrator", "/tickets/?section=closed"),
    ("administrator", "/tickets/?q=nothing-has-these-words"),
    ("administrator", "ticket:first"),
    ("administrator", "/tickets/new/"),
    ("administrator", "/account/profile/"),
    ("administrator", "/account/tokens/"),
    ("administrator", "/account/photo/"),
    ("administrator", "/manage/"),
    ("administrator", "/tickets/?section=mine&q=nothing-has-these-words"),
    ("administrator", "/manage/deliveries/"),
    ("administrator", "/manage/roles/"),
    ("administrator", "/manage/roles/new/"),
    ("administrator", "/manage/roles/1/"),
    ("administrator", "/manage/why/"),
    ("administrator", "/manage/web-forms/"),
    ("administrator", "/manage/web-forms/1/"),
    ("administrator", "/manage/web-forms/new/"),
    ("administrator", "/manage/audit/"),
    ("administrator", "/manage/employees/1/deactivate/"),
    ("administrator", "/manage/why/?person=marek&number=1"),
    ("administrator", "/manage/sla/"),
    ("administrator", "/manage/sla/3/"),
    ("administrator", "/manage/sla/try/?priority=high"),
    ("administrator", "/manage/routing/"),
    ("administrator", "/manage/routing/new/"),
    ("administrator", "/manage/routing/try/?channel=email"),
    ("administrator", "/manage/settings/routing/"),
    ("administrator", "/manage/workload/"),
    ("administrator", "/manage/teams/1/"),
    ("administrator", "/manage/teams/1/delete/"),
    ("administrator", "/times/"),
    ("administrator", "/manage/configuration/"),
    ("specialist", "/account/absence/"),
    ("administrator", "/manage/schedules/"),
    ("administrator", "/manage/schedules/1/"),
    ("administrator", "/manage/schedules/1/days/"),
    ("administrator", "/manage/schedules/1/holidays/?country=PL"),
    ("administrator", "/manage/schedules/1/try/?start=2026-11-20T17:00&hours=20&minutes=0&zone="),
    ("administrator", "/manage/types/"),
    ("administrator", "/manage/types/1/"),
    ("administrator", "/manage/statuses/"),
    ("administrator", "/manage/statuses/3/"),
    ("administrator", "/manage/priorities/"),
    ("administrator", "/manage/priorities/matrix/"),
    ("administrator", "/manage/services/"),
    ("administrator", "/manage/attributes/"),
    ("administrator", "/manage/attributes/new/"),
    ("administrator", "/manage/request-forms/"),
    ("administrator", "/manage/request-forms/1/"),
    ("administrator", "/manage/request-forms/templates/"),
    ("administrator", "/manage/request-forms/templates/network/"),
    ("administrator", "/manage/attributes/3/"),
    ("administrator", "/manage/attributes/3/values/hardware/"),
    ("administrator", "/manage/lifecycles/"),
    ("administrator", "/manage/lifecycles/1/"),
    ("administrator", "/outbox/"),
    ("administrator", "/no-such-page/"),
    ("specialist", "/manage/"),
    ("", "/api/docs"),
    ("", "/account/login/"),
    ("", "/account/link/"),
    ("", "/account/invitation/no-such-link/"),
    ("administrator", "/manage/look/"),
    ("administrator", "/manage/settings/portal/"),
    ("", "/account/password/reset/"),
]


def violations(page: Page) -> list[str]:
    """What axe finds wrong, a line each; scripts of tests are let past the policy by the driver."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")
    return [
        f"{each['id']}: {each['help']}: {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe(browse: Callable[..., Page], width: int, height: int, dark: bool) -> None:
    assert AXE.exists(), "axe-core is a development dependency of frontend/package.json"
    troubles = {}
    for role in ("administrator", "specialist", ""):
        page = browse(role, width=width, height=height, dark=dark)
        for path in [path for wanted, path in PAGES if wanted == role]:
            if path == "ticket:first":
                page.goto("/tickets/?section=active")
                page.locator("[data-row-link]").first.click()
                page.wait_for_url("**/tickets/*/")
            else:
                page.goto(path)
            page.wait_for_timeout(500)
            found = violations(page)
            facts = page.locator("[popovertarget=facts]:not(aside *)")
            if facts.is_visible():
                facts.click()
                page.wait_for_timeout(300)
                found += violations(page)
            if found:
                troubles[page.url] = found
    assert troubles == {}

"""Opening the links of a letter changes nothing, whoever opens them and however often (W25)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from okno.portal.answer.scanners import is_scanner
from okno.testing.cast import Cast
from okno.tickets.rating.tests.acting import link, solved

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
SCANNERS = [
    "",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "Barracuda Sentinel (EE)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/142.0.0.0 Safari/537.36",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0",
    "facebookexternalhit/1.1",
    "python-requests/2.32.3",
    "curl/8.10.1",
    "Go-http-client/2.0",
    "GoogleImageProxy",
    "Mimecast-URL-Protection",
]
AHEAD = [
    {"Sec-Purpose": "prefetch;prerender"},
    {"Purpose": "prefetch"},
    {"X-Purpose": "preview"},
    {"X-Moz": "prefetch"},
]
QUERIES = [
    "",
    "?score=1",
    "?score=3",
    "?do=accept",
    "?do=resume",
    "?do=rate&score=2",
    "?done=accepted",
    "?do=tell&comment=x",
]


def everything() -> dict[str, list[Any]]:
    """Every row of every table of ours, but the sessions."""
    tables = [
        name
        for name in connection.introspection.table_names()
        if name.startswith(("tickets_", "core_", "email_", "people_"))
    ]
    with connection.cursor() as cursor:
        found = {}
        for name in sorted(tables):
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{name}" t ORDER BY 1')
            found[name] = cursor.fetchall()
    return found


@pytest.mark.parametrize("agent", [*SCANNERS, BROWSER, PHONE])
def test_get_and_head_of_every_link_change_nothing_w25(cast: Cast, client: Client, agent: str) -> None:
    token = link(solved(cast))
    before = everything()
    assert len(before["tickets_clientlink"]) == 1
    for query in QUERIES:
        for method in ("get", "head"):
            answer = getattr(client, method)(f"/answer/{token}/{query}", headers={"User-Agent": agent})
            assert answer.status_code == 200, (method, query)
    assert everything() == before


@pytest.mark.parametrize("fields", AHEAD)
def test_prefetching_changes_nothing_and_never_sends_itself_w25(
    cast: Cast, client: Client, fields: dict[str, str]
) -> None:
    token = link(solved(cast))
    before = everything()
    answer = client.get(f"/answer/{token}/?score=3", headers={"User-Agent": BROWSER} | fields)
    assert b"data-send-after" not in answer.content
    assert everything() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(cast: Cast, client: Client, method: str) -> None:
    assert getattr(client, method)(f"/answer/{link(solved(cast))}/?score=3").status_code == 405


@pytest.mark.parametrize("agent", SCANNERS)
def test_known_scanners_get_no_page_that_sends_itself_w25(cast: Cast, client: Client, agent: str) -> None:
    page = client.get(f"/answer/{link(solved(cast))}/?score=3", headers={"User-Agent": agent})
    assert b"data-send-after" not in page.content
    assert is_scanner({"User-Agent": agent})


@pytest.mark.parametrize("agent", [BROWSER, PHONE])
@pytest.mark.parametrize(
    ("query", "counts"), [("?score=3", True), ("?do=accept", True), ("?do=resume", False), ("", False)]
)
def test_people_get_the_countdown_where_one_click_is_enough(
    cast: Cast, client: Client, agent: str, query: str, counts: bool
) -> None:
    page = client.get(f"/answer/{link(solved(cast))}/{query}", headers={"User-Agent": agent})
    assert (b"data-send-after" in page.content) is counts

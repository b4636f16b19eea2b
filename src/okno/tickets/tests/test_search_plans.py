"""A search reads an index and few rows, whatever is asked and whoever asks (W18)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okno.core.actor import Actor
from okno.testing.cast import Cast, make_cast
from okno.tickets.filters import TicketFilter, page, search_count
from okno.workflow.models import Priority, Status, TicketType

pytestmark = pytest.mark.django_db  # so that it runs before tests that empty the tables

TICKETS = 30_000


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast among thirty thousand tickets of two years: one word in each tenth, one in five of all."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(password=None)
        _fill(cast)
        yield cast
        transaction.set_rollback(True)


def _fill(cast: Cast) -> None:
    kinds: dict[str, type[Status | TicketType | Priority]] = {
        "type": TicketType,
        "priority": Priority,
        "status": Status,
    }
    first = {name: model.objects.order_by("pk")[0].pk for name, model in kinds.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO tickets_ticket (number, subject, type_id, status_id, state, priority_id, contact_id, team_id,
                channel, is_internal, is_news, reopenings, message_count, version, created_at, activity_at)
            SELECT 500000 + n, 'Ticket ' || n, %(type)s, %(status)s, 'open', %(priority)s, %(contact)s,
                (%(teams)s)[1 + n %% 3], 'email', false, false, 0, 3, 1, now(), now() - n * interval '35 minutes'
            FROM generate_series(1, %(count)s) n
            """,
            {
                "count": TICKETS,
                "contact": cast.marta.pk,
                "teams": [cast.first_line.pk, cast.second_line.pk, cast.first_line.pk],
                **first,
            },
        )
        cursor.execute(
            """
            INSERT INTO tickets_ticketsearch (ticket_id, day, vector)
            SELECT id, day, array_to_tsvector(array_remove(ARRAY[
                '@0:' || day, '@1:' || day / 8, '@2:' || day / 64, '@3:' || day / 512,
                'word' || n % 50, 'other' || n % 700 || 'x', 'own' || n || 'x', '+own', 'everywhere', '+eve',
                CASE WHEN n % 10 = 0 THEN 'common' END, CASE WHEN n % 6000 = 0 THEN 'rare' END], NULL))
            FROM (SELECT id, number - 500000 AS n, floor(extract(epoch FROM activity_at) / 86400)::integer AS day
                FROM tickets_ticket WHERE number > 500000) AS made
            """
        )
        cursor.execute(
            "INSERT INTO tickets_watcher (ticket_id, agent_id) SELECT id, %s FROM tickets_ticket WHERE number %% 3 = 0",
            [cast.taras.pk],
        )  # a table of a few rows is rightly read whole, and whether it has few depends on the tests before
        cursor.execute("ANALYZE tickets_ticket, tickets_ticketsearch, tickets_watcher")


def read(work: Callable[[], object]) -> list[dict[str, Any]]:
    """The nodes of the plans, with what they really read, of every query that asks search rows."""
    with CaptureQueriesContext(connection) as captured:
        work()
    nodes: list[dict[str, Any]] = []
    for query in captured.captured_queries:
        if "@@" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT json) " + query["sql"])
                answer = cursor.fetchone()[0]
                nodes += walk((json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"])
    assert nodes
    return nodes


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", []):
        yield from walk(child)


def rows_read(nodes: list[dict[str, Any]]) -> float:
    """Rows that were taken from tables, times how often."""
    return sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0))
        * node["Actual Loops"]
        for node in nodes
        if "Relation Name" in node
    )


ASKED = {
    "everywhere": ("everywhere", 50, 2_000),
    "common": ("common", 50, 2_000),
    "two words": ("common word0", 50, 2_000),
    "middling": ("other7x", 43, 1_000),
    "rare": ("rare", 5, 100),
    "one": ("own777x", 1, 100),
    "beginning": ("own", 50, 2_000),
    "beginning of four": ("comm", 50, 2_000),
    "nothing": ("nowhere", 0, 100),
    "common and rare": ("everywhere rare", 5, 200),
    "exclusion": ("common -rare", 50, 2_000),
    "number": ("500777", 1, 100),
}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("who", ["olena", "marek"])
def test_a_search_reads_the_index_and_few_rows(many: Cast, name: str, who: str) -> None:
    typed, expected, most = ASKED[name]
    actor = many.actor(who)
    found = page(actor, TicketFilter(q=typed))
    assert len(found.rows) == expected if who == "olena" else len(found.rows) <= expected
    for after in filter(None, ["-", found.next_cursor]):
        nodes = read(lambda after=after: page(actor, TicketFilter(q=typed), None if after == "-" else after))
        assert not [node for node in nodes if node["Node Type"] == "Seq Scan"], nodes
        assert [node for node in nodes if node.get("Index Name") == "search_vector"], nodes
        assert rows_read(nodes) <= 2 * most, (rows_read(nodes), typed)


def test_counting_a_search_costs_no_more(many: Cast) -> None:
    actor: Actor = many.actor("olena")
    assert search_count(actor, TicketFilter(q="everywhere")) == 100
    assert rows_read(read(lambda: search_count(actor, TicketFilter(q="everywhere")))) <= 4_000
    assert search_count(actor, TicketFilter(q="rare")) == 5


@pytest.mark.parametrize("sort", ["number", "-number", "-created"])
def test_other_orders_read_few_rows_too(many: Cast, sort: str) -> None:
    for typed in ("everywhere", "rare", "nowhere"):
        nodes = read(lambda typed=typed: page(many.actor("olena"), TicketFilter(q=typed, sort=sort)))
        assert rows_read(nodes) <= 11_000

"""A client's list and search read the rows of that client, however many tickets others have."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okno.core.actor import Actor
from okno.testing.cast import Cast, make_cast
from okno.tickets.filters.alike import similar_requests
from okno.tickets.filters.requests import RequestFilter, page_of_requests
from okno.tickets.news import count_of_news, glances_of, happenings_after, last_event
from okno.workflow.models import Priority, Status, TicketType

pytestmark = pytest.mark.django_db
TICKETS = 20_000
OWN = 40
BIG = {"tickets_ticket", "tickets_message", "tickets_participant", "tickets_requestsearch", "core_event"}


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Jan with forty requests among twenty thousand of others."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast(password=None)
        _fill(cast)
        yield cast
        transaction.set_rollback(True)


def _fill(cast: Cast) -> None:
    kinds: dict[str, type[Status | TicketType | Priority]] = {
        "type": TicketType, "priority": Priority, "status": Status,
    }  # fmt: skip
    facts: dict[str, Any] = {name: model.objects.order_by("pk")[0].pk for name, model in kinds.items()}
    facts |= {"jan": cast.jan.pk, "nordwind": cast.nordwind.pk, "kawa": cast.kawa.pk, "count": TICKETS}
    facts["every"] = TICKETS // OWN
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_contact (name, language, is_active)
                SELECT 'Contact ' || n, '', true FROM generate_series(1, 500) n;
            INSERT INTO tickets_ticket (number, subject, type_id, status_id, state, priority_id, company_id, contact_id,
                channel, is_internal, is_news, reopenings, message_count, version, created_at, activity_at)
            SELECT 700000 + n, 'Ticket ' || n, %(type)s, %(status)s, 'open', %(priority)s,
                CASE WHEN n %% %(every)s = 0 THEN %(nordwind)s ELSE %(kawa)s END,
                CASE WHEN n %% %(every)s = 0 THEN %(jan)s ELSE (SELECT max(id) FROM people_contact) - n %% 500 END,
                'portal', false, false, 0, 1, 1, now(), now() - n * interval '35 minutes'
            FROM generate_series(1, %(count)s) n;
            INSERT INTO tickets_participant (ticket_id, address, name, contact_id, is_requester, is_confirmed, is_proven)
                SELECT id, 'a' || id || '@x.example', '', contact_id, true, true, true FROM tickets_ticket;
            INSERT INTO tickets_message (ticket_id, is_public, author_kind, author_name, author_address, is_verified,
                channel, text, html, quoted_text, quoted_html, reason, created_at)
                SELECT id, true, 'agent', 'Olena', '', true, 'desk', 'word', '', '', '', '{}', now() FROM tickets_ticket;
            INSERT INTO tickets_requestsearch (ticket_id, vector) SELECT id, 'word' FROM tickets_ticket;
            INSERT INTO core_event (kind, object_kind, object_id, data, actor_kind, actor_name, at, depth)
                SELECT 'ticket.status_changed', 'ticket', id, '{"after": "open"}', 'agent', 'Olena', now(), 0
                FROM tickets_ticket;
            """,
            facts,
        )
        cursor.execute(
            "ANALYZE tickets_ticket, tickets_participant, tickets_message, tickets_requestsearch, core_event"
        )


def nodes_of(ask: Callable[[], object]) -> list[dict[str, Any]]:
    """The nodes of the plans of all that is asked, with how many rows each met."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    nodes: list[dict[str, Any]] = []
    for query in captured.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, FORMAT json) " + query["sql"])
            nodes += walk(cursor.fetchone()[0][0]["Plan"])
    return nodes


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", []):
        yield from walk(child)


def met(nodes: list[dict[str, Any]]) -> float:
    """How many rows of the big tables were read at all, also those that were thrown away."""
    rows = 0.0
    for node in nodes:
        if node.get("Relation Name") in BIG:
            thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
            rows += (node["Actual Rows"] + thrown) * node["Actual Loops"]
    return rows


ASKED: dict[str, Callable[[Actor], object]] = {
    "list": lambda jan: page_of_requests(jan, RequestFilter(), None, 25),
    "by creation": lambda jan: page_of_requests(jan, RequestFilter(sort="-created"), None, 25),
    "journal": lambda jan: page_of_requests(jan, RequestFilter(closed=True), None, 25),
    "search": lambda jan: page_of_requests(jan, RequestFilter(q="word"), None, 25),
    "search in vain": lambda jan: page_of_requests(jan, RequestFilter(q="nothing"), None, 25),
    "mine": lambda jan: page_of_requests(jan, RequestFilter(whose="mine"), None, 25),
    "similar": lambda jan: similar_requests(jan, "Ticket 500"),
    "count of news": count_of_news,
    "news of rows": lambda jan: glances_of(jan, [row.pk for row in rows_of(jan)]),
    "happenings": lambda jan: happenings_after(jan, last_event() - 500, 5),
}


def rows_of(actor: Actor) -> list[Any]:
    return page_of_requests(actor, RequestFilter(), None, 25).rows


@pytest.mark.parametrize("name", ASKED)
def test_only_the_clients_own_rows_are_met(many: Cast, name: str) -> None:
    jan = many.actor("jan")
    assert len(rows_of(jan)) == 25
    nodes = nodes_of(lambda: ASKED[name](jan))
    assert met(nodes) < OWN * 40, json.dumps(nodes, default=str)

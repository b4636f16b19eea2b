"""Every usual list query is carried by an index from its first row on, at any size of the desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okno.core.actor import Actor
from okno.people.models import Agent, Company, Contact
from okno.testing.cast import Cast, make_cast
from okno.tickets.access import visible_to
from okno.tickets.filters import TicketFilter, page, section_counts
from okno.workflow.models import Priority, Status, TicketType

pytestmark = pytest.mark.django_db  # so that it runs before tests that empty the tables

TICKETS = 20_000


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast among twenty thousand tickets, of which a tenth is not closed; gone after this module."""
    with django_db_blocker.unblock():
        from django.db import transaction

        with transaction.atomic():
            cast = make_cast(password=None)
            fill(cast)
            yield cast
            transaction.set_rollback(True)


def fill(cast: Cast) -> None:
    """Writes the tickets in one statement."""
    statuses = {row.state: row.pk for row in Status.objects.filter(is_default=True)}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_company (name, email, language)
                SELECT 'Company ' || n, '', '' FROM generate_series(1, 200) n;
            INSERT INTO people_contact (name, language)
                SELECT 'Contact ' || n, '' FROM generate_series(1, 100) n;
            """
        )
        cursor.execute(
            """
            INSERT INTO tickets_ticket (number, subject, type_id, status_id, state, priority_id, company_id,
                contact_id, assignee_id, team_id, channel, is_internal, is_news, reopenings, message_count,
                version, rating, created_at, activity_at)
            SELECT 100000 + n, 'Ticket ' || n, (%(types)s)[1 + n * 7 / 10 %% 3], (%(statuses)s::jsonb ->> state)::int, state,
                (%(priorities)s)[1 + n * 11 / 10 %% 4], (SELECT min(id) FROM people_company) + n / 10 %% 200,
                (SELECT min(id) FROM people_contact) + n / 10 %% 100, (%(agents)s)[(n * 17 / 10) %% 5], (%(teams)s)[(n * 13 / 10) %% 4],
                'email', false, state IN ('new', 'open') AND n %% 4 < 3, 0, 3, 1, CASE WHEN n %% 7 = 0 THEN 1 + n %% 3 END,
                now() - n * interval '11 minutes', now() - ((n * 7919) %% 20000) * interval '7 minutes'
            FROM (SELECT n, CASE WHEN n %% 10 > 0 THEN 'closed' ELSE
                (ARRAY['new', 'open', 'waiting', 'resolved'])[1 + (n / 10) %% 4] END AS state
                FROM generate_series(1, %(count)s) n) AS made
            """,
            {
                "count": TICKETS,
                "types": list(TicketType.objects.values_list("pk", flat=True)),
                "priorities": list(Priority.objects.values_list("pk", flat=True)),
                "statuses": json.dumps(statuses),
                "agents": list(Agent.objects.values_list("pk", flat=True)),
                "teams": [cast.first_line.pk, cast.second_line.pk],
            },
        )
        cursor.execute(
            """
            INSERT INTO tickets_participant
                (ticket_id, address, name, contact_id, is_requester, is_confirmed, is_proven)
            SELECT id, 'x@' || id, '', contact_id, true, true, true FROM tickets_ticket UNION ALL
            SELECT ticket.id, 'y@' || ticket.id, '', person.id, false, true, true
                FROM tickets_ticket ticket JOIN people_contact person ON person.id = ticket.contact_id + 1
            """
        )
        cursor.execute("ANALYZE tickets_ticket, tickets_participant")


def plans(actor: Actor, chosen: TicketFilter, after: str | None = None) -> list[dict[str, Any]]:
    """The nodes of the plans of every query on tickets that a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        page(actor, chosen, after)
    nodes: list[dict[str, Any]] = []
    for query in captured.captured_queries:
        if "tickets_ticket" not in query["sql"]:
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (FORMAT json) " + query["sql"])
            nodes += walk(cursor.fetchone()[0][0]["Plan"])
    return nodes


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node and all below it."""
    yield node
    for child in node.get("Plans", []):
        yield from walk(child)


def scans_of_tickets(nodes: list[dict[str, Any]]) -> list[str]:
    """How the table of tickets itself is read."""
    return [node["Node Type"] for node in nodes if node.get("Relation Name") == "tickets_ticket"]


SINGLE = {
    "plain": TicketFilter(),
    "oldest first": TicketFilter(sort="activity"),
    "by creation": TicketFilter(sort="-created"),
    "first created": TicketFilter(sort="created"),
    "by number": TicketFilter(sort="-number"),
    "mine": TicketFilter(section="mine"),
    "unassigned": TicketFilter(section="unassigned"),
    "waiting": TicketFilter(section="waiting"),
    "resolved": TicketFilter(section="resolved"),
    "closed": TicketFilter(section="closed"),
    "active": TicketFilter(section="active"),
    "state": TicketFilter(states=("open",)),
    "states": TicketFilter(states=("open", "new")),
    "status": TicketFilter(statuses=("open",)),
    "type": TicketFilter(types=("incident",)),
    "priority": TicketFilter(priorities=("high",)),
    "rated": TicketFilter(ratings=("bad",)),
    "unread": TicketFilter(unread=True, section="active"),
    "nobody's": TicketFilter(assignee="none"),
}


@pytest.mark.parametrize("name", SINGLE)
def test_list_is_read_from_an_index_in_order(many: Cast, name: str) -> None:
    """Neither a sort nor a walk through the table, on the first page and on later ones."""
    actor = many.actor("taras")
    first = page(actor, SINGLE[name])
    assert len(first.rows) == 50
    for after in (None, first.next_cursor):
        nodes = plans(actor, SINGLE[name], after)
        assert set(scans_of_tickets(nodes)) <= {"Index Scan", "Index Only Scan"}, nodes
        assert not [node for node in nodes if "Sort" in node["Node Type"]], nodes


def test_lists_of_a_client_are_read_in_order(many: Cast) -> None:
    ticket = page(many.actor("taras"), TicketFilter()).rows[0]
    for chosen in (TicketFilter(company=ticket.company_id), TicketFilter(contact=ticket.contact_id)):
        nodes = plans(many.actor("taras"), chosen)
        assert set(scans_of_tickets(nodes)) == {"Index Scan"}
        assert not [node for node in nodes if "Sort" in node["Node Type"]]


@pytest.mark.parametrize(
    "chosen", [TicketFilter(section="my_teams"), TicketFilter(section="my_teams", sort="-number")]
)
def test_each_team_is_read_from_its_index(many: Cast, chosen: TicketFilter) -> None:
    """Several teams are merged from one bounded scan each; what is sorted at last is a page a team."""
    first = page(many.actor("taras"), chosen)
    assert {row.team_id for row in first.rows} == {many.first_line.pk, many.second_line.pk}
    nodes = plans(many.actor("taras"), chosen, first.next_cursor)
    assert "Seq Scan" not in scans_of_tickets(nodes)
    if chosen.sort == "-activity":
        sorted_rows = [node["Plan Rows"] for node in nodes if node["Node Type"] == "Sort"]
        assert all(rows <= 102 for rows in sorted_rows), nodes


@pytest.mark.parametrize("section", ["mine", "unassigned", "waiting", "active", "closed", ""])
def test_specialist_is_served_by_the_same_indexes(many: Cast, section: str) -> None:
    """Who does not see everything waits no longer for it."""
    nodes = plans(many.actor("marek"), TicketFilter(section=section))
    outer = [node for node in nodes if node.get("Relation Name") == "tickets_ticket"]
    assert {node["Node Type"] for node in outer} == {"Index Scan"}
    assert not [node for node in nodes if node["Node Type"] == "Sort"]


def client(*, companies: int) -> Actor:
    """A contact who takes part in some tickets, with all tickets of so many companies open to him."""
    first = Company.objects.filter(name="Company 1").values_list("pk", flat=True)[0]
    ids = tuple(range(first, first + companies))
    contact = Contact.objects.get(name="Contact 7")
    return Actor("contact", contact.pk, contact.name, companies=ids, open_companies=ids)


CLIENTS = {
    "own": (0, TicketFilter(section="active")),
    "own, closed": (0, TicketFilter(section="closed")),
    "one company": (1, TicketFilter()),
    "one company, active": (1, TicketFilter(section="active")),
    "three companies": (3, TicketFilter()),
    "three companies, closed": (3, TicketFilter(section="closed")),
    "one of three": (3, TicketFilter(company=0)),
}


@pytest.mark.parametrize("name", CLIENTS)
def test_lists_of_clients_are_served_by_indexes(many: Cast, name: str) -> None:
    """Neither the table nor the lists of other clients are walked, on the first page and on later ones."""
    companies, chosen = CLIENTS[name]
    actor = client(companies=companies)
    if chosen.company is not None:
        chosen = TicketFilter(company=actor.companies[1])
    first = page(actor, chosen)
    assert first.rows
    assert actor.id
    assert all(
        row.company_id in actor.companies or row.contact_id in {actor.id, actor.id - 1} for row in first.rows
    )
    for after in (None, first.next_cursor) if first.next_cursor else (None,):
        nodes = plans(actor, chosen, after)
        assert "Seq Scan" not in scans_of_tickets(nodes), nodes
        # Known ids may be looked up in any index: of few active tickets, theirs is the smallest.
        walked = {
            node.get("Index Name")
            for node in nodes
            if node.get("Relation Name") == "tickets_ticket" and "(id = ANY" not in node.get("Index Cond", "")
        }
        assert not walked & {"ticket_activity", "ticket_active", "ticket_state"}, walked
        if companies:
            assert "ticket_company_activity" in {node.get("Index Name") for node in nodes}


def test_counts_for_clients_are_served_by_indexes(many: Cast) -> None:
    actor = client(companies=2)
    with CaptureQueriesContext(connection) as captured:
        assert 0 < section_counts(actor)["active"].total == visible_to(actor).exclude(state="closed").count() < 100
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT json) " + captured.captured_queries[-1]["sql"])
        nodes = list(walk(cursor.fetchone()[0][0]["Plan"]))
    assert "Seq Scan" not in scans_of_tickets(nodes), nodes


def test_a_page_is_one_query(many: Cast, django_assert_num_queries: Any) -> None:
    actor = many.actor("taras")
    with django_assert_num_queries(1):
        rows = page(actor, TicketFilter(section="active")).rows
        assert len({(row.status.code, row.company, row.assignee, row.contact) for row in rows}) > 4
    with django_assert_num_queries(2):
        page(actor, TicketFilter(section="my_teams"))


def test_counts_of_all_sections_are_one_query(many: Cast, django_assert_num_queries: Any) -> None:
    actor = many.actor("taras")
    with django_assert_num_queries(1):
        counts = section_counts(actor)
    assert counts["active"].total == 100
    assert counts["closed"].total == 100
    assert counts["closed"].unread == 0

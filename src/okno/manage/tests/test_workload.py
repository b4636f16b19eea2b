"""The page of the workload: who has how much of what he may have, and what waits."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from okno.people.operations.teams import QueueFacts, change_team
from okno.testing.cast import Cast
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db


def test_bars_table_and_what_waits(cast: Cast, olena: Client) -> None:
    change_team(cast.actor("olena"), cast.second_line, queue=QueueFacts(most_per_agent=2))
    tickets = [new_ticket(cast, assignee=cast.marek) for _number in range(3)]
    change_status(cast.actor("olena"), tickets[0], "waiting")
    new_ticket(cast, team=cast.second_line)
    page = unescape(olena.get("/manage/workload/").content.decode())
    assert "Marek Lis: 2 open tickets of at most 2, besides 1 that do not count" in page
    assert "full" in page
    assert page.index("Marek Lis") < page.index("Olena Kravets: 0 open tickets")
    of_team = unescape(olena.get(f"/manage/workload/?team={cast.second_line.pk}").content.decode())
    assert "Olena Kravets:" not in of_team
    assert f"team={cast.second_line.pk}&assignee=none" in of_team
    for wrong in ("999999", "x"):
        assert olena.get(f"/manage/workload/?team={wrong}").status_code == 404

"""Ratings in the desk: the card, the list, the page for leads, and the file, each for who may see it (F101, T19, T21)."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from okno.core import clock
from okno.desk.ratings.chart import chart_of
from okno.people.imports.reading import read_sheet
from okno.testing.cast import Cast
from okno.tickets.filters import TicketFilter, matching_tickets
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.rating import rate
from okno.tickets.operations.status import change_status
from okno.tickets.rating.summaries import (
    Point,
    Sum,
    Wanted,
    by_agent,
    by_client,
    by_type,
    over_time,
    ratings_of,
    total,
)
from okno.tickets.rating.tests.acting import again, choose, link, new_ticket, opened, says

pytestmark = pytest.mark.django_db


def rated(cast: Cast, score: int, comment: str = "", who: str = "marek") -> Ticket:
    """A ticket of Marta's that somebody had, solved and rated."""
    ticket = new_ticket(cast)
    assign(cast.actor("olena"), ticket, agent=getattr(cast, who), team=cast.second_line)
    change_status(cast.actor("olena"), ticket, "resolved")
    rate(opened(link(again(ticket))).actor, ticket, says(score, comment=comment))
    return again(ticket)


def browser(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name).user)
    return client


@pytest.mark.parametrize(
    ("shown", "who", "sees_score", "sees_name"),
    [
        ("names", "marek", True, True),
        ("plain", "marek", True, False),
        ("none", "marek", False, False),
        ("plain", "taras", True, True),
        ("none", "taras", True, True),
    ],
)
def test_the_card_shows_what_the_settings_allow_and_all_to_leads(
    cast: Cast, shown: str, who: str, sees_score: bool, sees_name: bool
) -> None:
    choose(shown=shown)
    ticket = rated(cast, 1, "Three days!")
    facts = browser(cast, who).get(f"/tickets/{ticket.number}/facts/").content.decode()
    assert ("Three days!" in facts) is sees_score
    assert ("Bad" in facts) is sees_score
    above_the_words = facts.split("Three days!")[0][-300:] if sees_score else ""
    assert ("Marta Nowak" in above_the_words) is sees_name
    rows = browser(cast, who).get("/tickets/?section=resolved").content.decode()
    assert ("Rating: bad" in rows) is sees_score


def test_lists_and_conditions_find_by_rating(cast: Cast) -> None:
    bad, good = rated(cast, 1), rated(cast, 3)
    new_ticket(cast)
    taras = cast.actor("taras")
    assert list(matching_tickets(taras, TicketFilter(ratings=("bad",)))) == [bad]
    assert set(matching_tickets(taras, TicketFilter(ratings=("bad", "good")))) == {bad, good}
    page = browser(cast, "taras").get("/tickets/?rating=good").content.decode()
    assert f"/tickets/{good.number}/" in page
    assert f"/tickets/{bad.number}/" not in page
    choose(shown="none")
    assert not matching_tickets(cast.actor("marek"), TicketFilter(ratings=("bad",))).exists()
    assert matching_tickets(taras, TicketFilter(ratings=("bad",))).exists()


def test_the_page_is_for_who_has_the_right_and_shows_visible_tickets_t21(cast: Cast) -> None:
    rated(cast, 1, "CANARY")
    assert browser(cast, "marek").get("/ratings/").status_code == 403
    assert browser(cast, "marek").get("/ratings/export/csv/").status_code == 403
    page = browser(cast, "taras").get("/ratings/").content.decode()
    assert "CANARY" in page
    assert "Marta Nowak" in page
    for other in ("?level=3", f"?agent={cast.taras.pk}", "?type=incident"):
        assert "CANARY" not in browser(cast, "taras").get(f"/ratings/{other}").content.decode()
    for nonsense in ("?days=x&level=9&agent=-1&type=%00&team=zz", "?before=x", "?before=99999999999999999999"):
        assert browser(cast, "taras").get(f"/ratings/{nonsense}").status_code == 200


def test_the_list_goes_by_key(cast: Cast) -> None:
    for number in range(35):
        rated(cast, 3, f"word {number:02d}.")
    client = browser(cast, "taras")
    page = client.get("/ratings/").content.decode()
    assert "word 34." in page
    assert "word 04." not in page
    older = page.split("before=")[1].split('"')[0]
    page = client.get(f"/ratings/?days=90&before={older}").content.decode()
    assert [f"word {number:02d}." in page for number in (0, 4, 5)] == [True, True, False]


def test_averages_are_counted_for_types_people_and_clients(cast: Cast) -> None:
    rated(cast, 1)
    rated(cast, 3)
    rated(cast, 3, who="taras")
    wanted = Wanted(clock.now() - timedelta(days=1))
    found = ratings_of(cast.actor("olena"), wanted)
    whole = total(found)
    assert (whole.count, round(whole.average or 0), whole.bad, whole.neutral, whole.good) == (3, 67, 1, 0, 2)
    assert [(each.name, each.sum.count, each.sum.average) for each in by_agent(found)] == [
        ("Marek Lis", 2, 50.0), ("Taras Vovk", 1, 100.0),
    ]  # fmt: skip
    assert [(each.name, each.sum.count) for each in by_client(found)] == [("Kawa i Ciasto", 3)]
    assert [each.sum.count for each in by_type(found)] == [3]
    points = over_time(found, wanted, clock.now(), "day")
    assert len(points) == 2
    assert sum(point.sum.count for point in points) == 3


def test_the_file_has_a_row_for_each_rating_and_no_formula_t19(cast: Cast) -> None:
    rated(cast, 1, '=HYPERLINK("http://evil.example")')
    answer = browser(cast, "taras").get("/ratings/export/csv/")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Score"], row["Out of 100"], row["Employee"]) == ("Bad", "0", "Marek Lis")
    assert row["Comment"].startswith("'=HYPERLINK")
    assert browser(cast, "taras").get("/ratings/export/exe/").status_code == 404
    book = browser(cast, "taras").get("/ratings/export/xlsx/")
    sheet = read_sheet(book.content)
    assert dict(zip(sheet.headings, sheet.rows[0][1], strict=True))["Comment"].startswith("=HYPERLINK")
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_chart_stands_on_the_ground_and_its_line_breaks_where_nothing_was_rated() -> None:
    day = clock.now().date()
    some, none = Sum(4, 75.0, 1, 0, 3), Sum(0, None, 0, 0, 0)
    chart = chart_of([Point(day, some), Point(day, some), Point(day, none), Point(day, some)])
    assert (chart.width, chart.most, len(chart.bars)) == (40, 4, 6)
    assert [(bar.level, bar.y, bar.height) for bar in chart.bars[:2]] == [(1, 75.0, 25.0), (3, 0.0, 75.0)]
    assert chart.lines == ["5,25.0 15,25.0"]
    assert chart_of([]).bars == []

"""The pages of statuses and types: list, form, order, default, switch, deleting, and what goes wrong."""

from __future__ import annotations

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.core.actor import SYSTEM
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow.lifecycles import read
from okno.workflow.models import Lifecycle, Status, TicketType

pytestmark = pytest.mark.django_db


def open_ticket(cast: Cast, kind: str = "request") -> Ticket:
    wanted = NewTicket(
        subject="Printer",
        message=NewMessage(text="It is broken"),
        channel="email",
        contact=cast.jan,
        type=TicketType.objects.get(code=kind),
    )
    return create_ticket(SYSTEM, wanted)


def said(client: Client, path: str, data: dict[str, object], status: int = 422) -> str:
    answer = client.post(path, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def groups(page: str) -> list[list[str]]:
    """The names in each list of the page, in their order."""
    return [
        [row.attributes.get("data-name") or "" for row in rows.css("[data-ordered-row]")]
        for rows in HTMLParser(page).css("[data-ordered-rows]")
    ]


def test_statuses_stand_by_their_state(olena: Client) -> None:
    page = olena.get("/manage/statuses/").content.decode()
    assert groups(page) == [
        ["New"], ["Open", "In processing"], ["Waiting for client"], ["Postponed"], ["Solution proposed"],
        ["Closed", "Processed"],
    ]  # fmt: skip
    assert "promises stand still" in page


def test_a_status_is_added_and_changed(olena: Client) -> None:
    values = {"name_en": "At the supplier", "name_uk": "У постачальника", "state": "waiting", "colour": "teal"}
    assert olena.post("/manage/statuses/new/", values | {"pauses_clock": "on"}).status_code == 303
    made = Status.objects.get(code="at-the-supplier")
    assert (made.state, made.colour, made.pauses_clock, made.counts_in_workload) == ("waiting", "teal", True, False)
    changed = {"name_en": "With the supplier", "state": "open", "colour": "accent", "counts_in_workload": "on"}
    assert olena.post(f"/manage/statuses/{made.pk}/", changed).status_code == 303
    made.refresh_from_db()
    assert (made.names, made.state, made.colour) == ({"en": "With the supplier"}, "open", "accent")
    assert (made.pauses_clock, made.counts_in_workload) == (False, True)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name_pl": " ", "state": "open", "colour": "teal"}, "id_name_en"),
        ({"name_en": "oPEN", "state": "open", "colour": "teal"}, "id_name_en"),
        ({"name_en": "x" * 81, "state": "open", "colour": "teal"}, "id_name_en"),
        ({"name_en": "Fine", "state": "lost", "colour": "teal"}, "id_state"),
        ({"name_en": "Fine", "state": "open", "colour": "#ff0000"}, "id_colour"),
        ({"name_en": "Fine", "state": "open"}, "id_colour"),
    ],
)
def test_a_status_that_cannot_be_is_told_at_the_field(olena: Client, values: dict[str, object], wrong: str) -> None:
    page = said(olena, "/manage/statuses/new/", {"name_pl": "Wpisane"} | values)
    assert HTMLParser(page).css_first(f"#{wrong}_error") is not None
    assert 'value="Wpisane"' in page or "name_pl" in values
    assert Status.objects.count() == 8


def test_the_state_of_a_status_in_use_stays(olena: Client) -> None:
    row = Status.objects.get(code="waiting")
    page = said(olena, f"/manage/statuses/{row.pk}/", {"name_en": "Waiting", "state": "open", "colour": "teal"})
    assert "in use cannot be changed" in HTMLParser(page).css_first("#id_state_error").text()


def test_statuses_of_one_state_change_places(olena: Client) -> None:
    first, second = Status.objects.get(code="closed"), Status.objects.get(code="processed")
    sent = {"seen": f"{first.pk},{second.pk}", "order": f"{second.pk},{first.pk}"}
    assert olena.post("/manage/statuses/order/?group=closed", sent).status_code == 303
    assert groups(olena.get("/manage/statuses/").content.decode())[-1] == ["Processed", "Closed"]
    late = olena.post("/manage/statuses/order/?group=closed", sent, follow=True).content.decode()
    assert "Somebody has changed the list meanwhile" in late
    strange = olena.post("/manage/statuses/order/?group=none", sent, follow=True).content.decode()
    assert "Somebody has changed the list meanwhile" in strange


def test_a_status_is_deleted_when_another_takes_its_place(olena: Client, cast: Cast) -> None:
    row, other = Status.objects.get(code="processed"), Status.objects.get(code="closed")
    page = olena.get(f"/manage/statuses/{row.pk}/").content.decode()
    assert "Lifecycles: Call-back" in page
    refused = olena.post(f"/manage/statuses/{row.pk}/delete/", follow=True).content.decode()
    assert "This is in use" in refused
    wrong = {"replacement": str(Status.objects.get(code="open").pk)}
    assert "This is in use" in olena.post(f"/manage/statuses/{row.pk}/delete/", wrong, follow=True).content.decode()
    assert olena.post(f"/manage/statuses/{row.pk}/delete/", {"replacement": str(other.pk)}).status_code == 303
    assert not Status.objects.filter(code="processed").exists()
    assert read(Lifecycle.objects.get(code="call-back")).place("closed") is not None


def test_the_default_is_neither_switched_off_nor_deleted(olena: Client) -> None:
    row = Status.objects.get(code="new")
    for act in ("switch", "delete"):
        page = olena.post(f"/manage/statuses/{row.pk}/{act}/", follow=True).content.decode()
        assert "default" in HTMLParser(page).text()
        assert Status.objects.get(code="new").is_active


def test_a_status_becomes_the_default_of_its_state(olena: Client) -> None:
    row = Status.objects.get(code="processed")
    olena.post(f"/manage/statuses/{row.pk}/default/")
    found = Status.objects.filter(state="closed", is_default=True).values_list("code", flat=True)
    assert list(found) == ["processed"]


def test_one_that_is_in_a_lifecycle_is_not_switched_off(olena: Client) -> None:
    row = Status.objects.get(code="processing")
    page = olena.post(f"/manage/statuses/{row.pk}/switch/", follow=True).content.decode()
    assert "Take it out of them first" in page


def test_a_type_is_added_and_changed(olena: Client) -> None:
    task = Lifecycle.objects.get(code="task")
    values = {"name_en": "Repair", "lifecycle": str(task.pk), "icon": "truck", "is_internal": "on"}
    assert olena.post("/manage/types/new/", values).status_code == 303
    made = TicketType.objects.get(code="repair")
    assert (made.icon, made.is_internal, made.lifecycle) == ("truck", True, task)
    assert groups(olena.get("/manage/types/").content.decode())[0][-1] == "Repair"
    olena.post(f"/manage/types/{made.pk}/", values | {"is_internal": "", "icon": "key", "name_en": "Repairs"})
    made.refresh_from_db()
    assert (made.name_in("en"), made.icon) == ("Repairs", "key")
    olena.post(f"/manage/types/{made.pk}/default/")
    assert [row.code for row in TicketType.objects.filter(is_default=True)] == ["repair"]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name_ru": " ", "icon": "key"}, "id_name_en"),
        ({"name_en": "INCIDENT", "icon": "key"}, "id_name_en"),
        ({"name_en": "Fine", "icon": "skull"}, "id_icon"),
        ({"name_en": "Fine", "icon": "key", "lifecycle": "999999"}, "id_lifecycle"),
        ({"name_en": "Fine", "icon": "key", "lifecycle": "x"}, "id_lifecycle"),
    ],
)
def test_a_type_that_cannot_be_is_told_at_the_field(olena: Client, values: dict[str, object], wrong: str) -> None:
    sent = {"lifecycle": str(Lifecycle.objects.get(code="task").pk), "name_ru": "Набрано"} | values
    page = said(olena, "/manage/types/new/", sent)
    assert HTMLParser(page).css_first(f"#{wrong}_error") is not None
    assert 'value="Набрано"' in page or "name_ru" in values
    assert TicketType.objects.count() == 5


def test_another_lifecycle_tells_which_tickets_get_another_status_before(olena: Client, cast: Cast) -> None:
    ticket = open_ticket(cast, "call-back")
    row, other = ticket.type, Lifecycle.objects.get(code="incident")
    Ticket.objects.filter(pk=ticket.pk).update(status=Status.objects.get(code="processed"))
    values: dict[str, object] = {"name_en": "Call-back", "lifecycle": str(other.pk), "icon": "key"}
    page = said(olena, f"/manage/types/{row.pk}/", values)
    text = HTMLParser(page).text()
    assert "1 ticket" in text
    assert "agree" in text
    assert olena.post(f"/manage/types/{row.pk}/", values | {"agree": "on"}).status_code == 303
    ticket.refresh_from_db()
    assert ticket.status.code == "closed"


def test_a_type_with_tickets_gets_a_replacement_of_the_same_lifecycle(olena: Client, cast: Cast) -> None:
    ticket = open_ticket(cast, "question")
    row = ticket.type
    olena.post("/manage/types/new/", {"name_en": "Advice", "lifecycle": str(row.lifecycle_id), "icon": "bulb"})
    made = TicketType.objects.get(code="advice")
    page = olena.get(f"/manage/types/{row.pk}/").content.decode()
    offered = {node.attributes.get("value") for node in HTMLParser(page).css("#id_replacement option")}
    assert offered == {"", str(made.pk)}
    olena.post(f"/manage/types/{row.pk}/delete/", {"replacement": str(made.pk)})
    ticket.refresh_from_db()
    assert ticket.type == made
    assert not TicketType.objects.filter(pk=row.pk).exists()

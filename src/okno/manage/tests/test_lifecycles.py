"""The pages of lifecycles: list, form, its buttons, what cannot be, and tickets whose status is taken out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.core.actor import SYSTEM
from okno.manage.lifecycles.draft import stored
from okno.manage.lifecycles.reading import facts_of
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow.lifecycles import read
from okno.workflow.models import Lifecycle, Status, TicketType
from okno.workflow.operations.lifecycles import change_lifecycle
from okno.workflow.operations.statuses import StatusFacts, create_status

pytestmark = pytest.mark.django_db
Sent = dict[str, object]


def fields(page: str) -> Sent:
    """The form of the page as a browser would send it."""
    sent: Sent = {}
    for node in HTMLParser(page).css("#lifecycle-form input, #lifecycle-form select, #lifecycle-form textarea"):
        name, kind = node.attributes.get("name"), node.attributes.get("type")
        if not name or (kind in {"checkbox", "radio"} and "checked" not in node.attributes):
            continue
        if node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            value = chosen.attributes.get("value") or "" if chosen else ""
        else:
            value = node.text() if node.tag == "textarea" else node.attributes.get("value") or ""
            value = value or ("on" if kind == "checkbox" else "")
        if kind == "checkbox":
            before = sent.setdefault(name, [])
            assert isinstance(before, list)
            before.append(value)
        else:
            sent[name] = value
    return sent


def page_of(client: Client, row: Lifecycle) -> str:
    answer = client.get(f"/manage/lifecycles/{row.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def lifecycle(code: str) -> Lifecycle:
    return Lifecycle.objects.get(code=code)


def place_of(sent: Sent, code: str) -> str:
    """The stem of the fields of a status."""
    return next(
        key.removesuffix("-status") for key, value in sent.items() if key.endswith("-status") and value == code
    )


def way_of(sent: Sent, before: str, after: str) -> str:
    """The stem of the fields of a transition."""
    stem = place_of(sent, before)
    return next(
        key.removesuffix("-after") for key, value in sent.items() if key.startswith(f"{stem}w") and value == after
    )


def kept(sent: Sent) -> Sent:
    """What must survive a mistake; roles and facts that there are not cannot be shown."""
    strange = {"king", "mood"}
    return {
        key: value
        for key, value in sent.items()
        if value
        and key not in {"add", "csrfmiddlewaretoken"}
        and not (isinstance(value, list) and strange & {*value})
    }


def told(page: str) -> list[str]:
    """What the head of the form says."""
    return [node.text().strip() for node in HTMLParser(page).css("[role=alert] li")]


def open_ticket(cast: Cast, kind: str = "request") -> Ticket:
    wanted = NewTicket(
        subject="Printer",
        message=NewMessage(text="It is broken"),
        channel="email",
        contact=cast.jan,
        type=TicketType.objects.get(code=kind),
    )
    return create_ticket(SYSTEM, wanted)


def test_the_list_says_statuses_and_types(olena: Client) -> None:
    shown = olena.get("/manage/lifecycles/").content.decode()
    assert "Call-back" in shown
    assert "21 transitions" in shown
    assert "Types: Service request" in shown


@pytest.mark.parametrize("code", ["incident", "request", "question", "task", "call-back"])
def test_a_form_sent_back_as_it_came_changes_nothing(olena: Client, code: str) -> None:
    row = lifecycle(code)
    before = read(row)
    answer = olena.post(f"/manage/lifecycles/{row.pk}/", fields(page_of(olena, row)))
    assert (answer.status_code, answer["Location"]) == (303, f"/manage/lifecycles/{row.pk}/")
    after = read(lifecycle(code))
    assert after.places == before.places
    assert {(way.before, way.after): way for way in after.ways} == {
        (way.before, way.after): way for way in before.ways
    }
    assert after.reopen_days == before.reopen_days


def test_everything_of_a_transition_and_a_timer_is_written(olena: Client) -> None:
    row = lifecycle("request")
    sent = fields(page_of(olena, row))
    way, place = way_of(sent, "open", "resolved"), place_of(sent, "waiting")
    sent |= {
        "name_en": "Requests", "name_pl": "Wnioski", "reopen_days": "14",
        f"{way}-name-en": "Offer a fix", f"{way}-name-uk": "Запропонувати", f"{way}-role": ["lead", "administrator"],
        f"{way}-comment": "required", f"{way}-public": "on", f"{way}-need": ["service", "assignee"],
        f"{way}-client": "on",
        f"{place}-amount": "36", f"{place}-unit": "hours", f"{place}-then": "resolved",
        f"{place}-warning-en": "Say a word, please",
    }  # fmt: skip
    assert olena.post(f"/manage/lifecycles/{row.pk}/", sent).status_code == 303
    row.refresh_from_db()
    rules = read(row)
    found, timer = rules.way("open", "resolved"), rules.place("waiting")
    assert found is not None
    assert timer is not None
    assert (row.name_in("en"), row.name_in("pl"), row.reopen_days) == ("Requests", "Wnioski", 14)
    assert (found.name_in("en"), found.name_in("uk")) == ("Offer a fix", "Запропонувати")
    assert (found.roles, found.comment, found.comment_is_public) == ({"lead", "administrator"}, "required", True)
    assert (set(found.required), found.by_client, found.by_agents) == ({"service", "assignee"}, True, True)
    assert (timer.hours, timer.then, timer.warning) == (36, "resolved", {"en": "Say a word, please"})
    assert 'value="36"' in page_of(olena, row)


def test_buttons_change_the_form_and_save_nothing(olena: Client, cast: Cast) -> None:
    made = create_status(cast.actor("olena"), StatusFacts({"en": "At the supplier"}, "waiting"))
    row = lifecycle("request")
    before = read(row)
    url = f"/manage/lifecycles/{row.pk}/"
    sent = fields(page_of(olena, row)) | {"name_en": "Typed name"}

    def press(act: str, **more: str) -> str:
        answer = olena.post(url, sent | {"act": act, **more})
        assert answer.status_code == 200
        page = answer.content.decode()
        sent.clear()
        sent.update(fields(page))
        assert sent["name_en"] == "Typed name"
        return page

    page = press("add", add=made.code)
    number = place_of(sent, made.code).removeprefix("p")
    assert f'id="p{number}-add"' in page
    assert HTMLParser(page).css_first("[autofocus]").id == f"p{number}-add"
    press(f"way:{number}")
    press(f"way:{number}")
    assert (sent[f"p{number}w0-after"], sent[f"p{number}w1-after"]) == ("new", "open")
    press(f"up:{number}:1")
    assert (sent[f"p{number}w0-after"], sent[f"p{number}w1-after"]) == ("open", "new")
    press(f"remove:{number}:0")
    assert f"p{number}w1-after" not in sent
    press(f"up:{number}")
    assert place_of(sent, made.code) == f"p{int(number) - 1}"
    waiting = place_of(sent, "waiting").removeprefix("p")
    press(f"remove:{waiting}")
    assert "waiting" not in {value for key, value in sent.items() if key.endswith(("-status", "-after", "-then"))}
    row.refresh_from_db()
    assert read(row) == before


@pytest.mark.parametrize(
    "act", ["", "add", "way", "way:99", "remove:x", "up:-1", "down:0:77", "nothing:1", "look", "remove:²"]
)
def test_a_strange_button_breaks_nothing(olena: Client, act: str) -> None:
    row = lifecycle("task")
    sent = fields(page_of(olena, row))
    answer = olena.post(f"/manage/lifecycles/{row.pk}/", sent | {"act": act, "add": "no-such"})
    assert answer.status_code in {200, 303}
    assert len(read(lifecycle("task")).places) == len(read(row).places)


Spoil = Callable[[Sent], Sent]
BAD: list[tuple[str, Spoil, str, str]] = [
    ("no beginning", lambda sent: {"initial": ""}, "Say in which status a ticket begins.", "places"),
    ("half a timer", lambda sent: {f"{place_of(sent, 'waiting')}-then": ""}, "say both", "p2"),
    ("no number", lambda sent: {f"{place_of(sent, 'waiting')}-amount": "soon"}, "Write a whole number.", "p2"),
    ("too long", lambda sent: {f"{place_of(sent, 'waiting')}-amount": "999"}, "between an hour and a year", "p2"),
    ("timer into itself", lambda sent: {f"{place_of(sent, 'waiting')}-then": "waiting"}, "cannot end in", "p2"),
    ("no return", lambda sent: {f"{place_of(sent, 'postponed')}-then": ""}, "to which status", "p3"),
    (
        "a way twice",
        lambda sent: {f"{way_of(sent, 'new', 'open')}-after": "closed"},
        "is there twice",
        "p0w4-after",
    ),
    ("to itself", lambda sent: {f"{way_of(sent, 'new', 'open')}-after": "new"}, "lead to itself", "p0w0-after"),
    ("outside", lambda sent: {f"{way_of(sent, 'new', 'open')}-after": "processed"}, "not both are", "p0w0-after"),
    ("no name", lambda sent: {f"name_{each}": "" for each in ("en", "ru", "uk", "pl")}, "one language", "names"),
    ("taken name", lambda sent: {"name_en": "INCIDENT"}, "There is already", "names"),
    ("days", lambda sent: {"reopen_days": "many"}, "Write a whole number.", "reopen_days"),
    ("many days", lambda sent: {"reopen_days": "9999"}, "from 0 to 3650", "reopen_days"),
    (
        "client postpones",
        lambda sent: {f"{way_of(sent, 'new', 'postponed')}-client": ["on"]},
        "Clients cannot",
        "p0w2-after",
    ),
    ("unknown role", lambda sent: {f"{way_of(sent, 'new', 'open')}-role": ["king"]}, "no such role", "places"),
    ("unknown field", lambda sent: {f"{way_of(sent, 'new', 'open')}-need": ["mood"]}, "cannot ask", "places"),
]


@pytest.mark.parametrize(("spoil", "said", "anchor"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_cannot_be_is_told_at_its_place_and_nothing_is_lost(
    olena: Client, spoil: Spoil, said: str, anchor: str
) -> None:
    row = lifecycle("request")
    before = read(row)
    sent = fields(page_of(olena, row)) | {"name_uk": "Набрано", "p1w0-name-pl": "Wpisane"}
    sent |= spoil(sent)
    answer = olena.post(f"/manage/lifecycles/{row.pk}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert any(said in line for line in told(page)), told(page)
    anchors = {node.attributes.get("href") for node in HTMLParser(page).css("[role=alert] li a")}
    assert any(str(each).startswith(f"#{anchor}") for each in anchors), anchors
    for each in anchors:
        assert HTMLParser(page).css_first(str(each)) is not None, each
    assert kept(fields(page)) == kept(sent)
    row.refresh_from_db()
    assert read(row) == before


def test_a_status_without_a_way_out_is_told_at_it(olena: Client) -> None:
    row = lifecycle("call-back")
    sent = fields(page_of(olena, row))
    stem = place_of(sent, "processing")
    for key in [key for key in sent if key.startswith(f"{stem}w") or key in {f"{stem}-held", f"{stem}-then"}]:
        del sent[key]
    page = olena.post(f"/manage/lifecycles/{row.pk}/", sent).content.decode()
    assert any("no way leads to a closed status" in line for line in told(page))
    assert "no way leads" in HTMLParser(page).css_first(f"#{stem} .field-error").text()


def test_tickets_of_a_status_that_is_taken_out_go_where_they_are_sent(olena: Client, cast: Cast) -> None:
    ticket = open_ticket(cast)
    row = lifecycle("request")
    url = f"/manage/lifecycles/{row.pk}/"
    sent = fields(page_of(olena, row))
    page = olena.post(url, sent | {"act": f"remove:{place_of(sent, 'new').removeprefix('p')}"}).content.decode()
    assert "1 ticket: New" in page
    sent = fields(page) | {"initial": "open"}
    refused = olena.post(url, sent)
    assert refused.status_code == 422
    assert "1 ticket is “New”" in told(refused.content.decode())[0]
    assert HTMLParser(refused.content.decode()).css_first("#moves") is not None
    ticket.refresh_from_db()
    assert ticket.status.code == "new"
    assert olena.post(url, sent | {"move_new": "open"}).status_code == 303
    ticket.refresh_from_db()
    assert ticket.status.code == "open"
    assert read(row).place("new") is None


def test_whoever_was_slower_is_told_and_loses_nothing(olena: Client, cast: Cast) -> None:
    row = lifecycle("task")
    sent = fields(page_of(olena, row)) | {"name_en": "Mine"}
    change_lifecycle(cast.actor("olena"), row, facts_of(stored(row, read(row))))
    answer = olena.post(f"/manage/lifecycles/{row.pk}/", sent)
    assert answer.status_code == 422
    assert "Somebody changed this" in answer.content.decode()
    assert fields(answer.content.decode())["name_en"] == "Mine"


def test_a_new_one_is_added_and_deleted(olena: Client) -> None:
    sent = fields(olena.get("/manage/lifecycles/new/").content.decode()) | {"name_en": "Short"}
    assert olena.post("/manage/lifecycles/new/", sent).status_code == 303
    made = Lifecycle.objects.get(names__en="Short")
    assert [place.code for place in read(made).places] == ["new", "open", "closed"]
    olena.post(f"/manage/lifecycles/{made.pk}/switch/", {"active": ""})
    made.refresh_from_db()
    assert not made.is_active
    assert olena.post(f"/manage/lifecycles/{made.pk}/delete/").status_code == 303
    assert not Lifecycle.objects.filter(pk=made.pk).exists()


def test_a_copy_says_the_same_under_another_name(olena: Client) -> None:
    row = lifecycle("call-back")
    olena.post(f"/manage/lifecycles/{row.pk}/copy/")
    olena.post(f"/manage/lifecycles/{row.pk}/copy/")
    copies = list(Lifecycle.objects.order_by("pk"))[-2:]
    assert [each.name_in("en") for each in copies] == ["Call-back (copy)", "Call-back (copy 2)"]
    for each in copies:
        assert (read(each).places, read(each).ways) == (read(row).places, read(row).ways)


def test_one_that_types_have_is_not_deleted(olena: Client) -> None:
    row = lifecycle("incident")
    assert "Types: Incident" in page_of(olena, row)
    page = olena.post(f"/manage/lifecycles/{row.pk}/delete/", follow=True).content.decode()
    assert "Give them another lifecycle first" in page
    assert Lifecycle.objects.filter(pk=row.pk).exists()


def test_the_order_is_changed(olena: Client) -> None:
    ids = list(Lifecycle.objects.values_list("pk", flat=True))
    seen = ",".join(map(str, ids))
    olena.post("/manage/lifecycles/order/", {"seen": seen, "move": f"{ids[1]}:up"})
    assert list(Lifecycle.objects.values_list("pk", flat=True)) == [ids[1], ids[0], *ids[2:]]


def test_a_status_in_a_lifecycle_is_not_offered_twice(olena: Client) -> None:
    page = page_of(olena, lifecycle("task"))
    offered = {node.attributes.get("value") for node in HTMLParser(page).css("#add option")}
    assert offered == set(Status.objects.values_list("code", flat=True)) - {
        place.code for place in read(lifecycle("task")).places
    }

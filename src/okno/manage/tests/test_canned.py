"""Canned replies: written, changed, switched off, deleted, and used by everybody."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets.models import CannedReply
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

VALUES = {
    "title": "Hello",
    "group": "Everyday",
    "shortcut": "/hi",
    "language": "en",
    "html": "<p>Hello $first_name</p>",
    "is_active": "on",
}


@pytest.mark.django_db
def test_a_reply_is_written_and_inserted_by_a_colleague_f182(cast: Cast, olena: Client) -> None:
    assert olena.post("/manage/canned/new/", VALUES).status_code == 303
    reply = CannedReply.objects.get()
    assert (reply.shortcut, reply.html) == ("hi", "<p>Hello $first_name</p>")
    assert "Hello $first_name" in olena.get("/manage/canned/").content.decode()
    ticket = create_ticket(
        SYSTEM, NewTicket(subject="x", message=NewMessage(text="x"), channel="email", contact=cast.jan)
    )
    marek = Client()
    marek.force_login(cast.marek.user)
    items = marek.get(f"/tickets/{ticket.number}/canned/?q=hi").json()["items"]
    assert [item["html"] for item in items] == ["<p>Hello Jan</p>"]
    assert marek.get("/manage/canned/").status_code == 403
    olena.post(f"/manage/canned/{reply.pk}/", {**VALUES, "is_active": ""})
    assert marek.get(f"/tickets/{ticket.number}/canned/?q=hi").json()["items"] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"html": "<p> </p>"}, "html"),
        ({"html": "<p>$frist_name</p>"}, "html"),
        ({"shortcut": "two words"}, "shortcut"),
        ({"shortcut": "TAKEN"}, "shortcut"),
        ({"language": "xx"}, "language"),
    ],
)
def test_mistakes_are_said_at_the_field(change: dict[str, str], field: str, cast: Cast, olena: Client) -> None:
    CannedReply.objects.create(title="Other", shortcut="taken", html="<p>x</p>")
    answer = olena.post("/manage/canned/new/", VALUES | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "Everyday" in page
    assert CannedReply.objects.count() == 1


@pytest.mark.django_db
def test_dangerous_markup_is_taken_out_and_dollars_can_be_written(cast: Cast, olena: Client) -> None:
    olena.post("/manage/canned/new/", {**VALUES, "html": "<p onclick='x()'>Costs $$5<script>alert(1)</script></p>"})
    reply = CannedReply.objects.get()
    assert "script" not in reply.html
    assert "onclick" not in reply.html
    assert "$$5" in reply.html


@pytest.mark.django_db
def test_a_reply_is_changed_and_deleted(cast: Cast, olena: Client) -> None:
    olena.post("/manage/canned/new/", VALUES)
    reply = CannedReply.objects.get()
    olena.post(f"/manage/canned/{reply.pk}/", {**VALUES, "title": "Good day"})
    olena.post(f"/manage/canned/{reply.pk}/delete/")
    assert not CannedReply.objects.exists()
    events = list(Event.objects.filter(object_kind="cannedreply").order_by("id").values_list("kind", "data"))
    assert events == [
        ("canned.created", {"title": "Hello"}),
        ("canned.changed", {"title": "Good day", "fields": ["title"]}),
        ("canned.deleted", {"title": "Good day"}),
    ]
    assert olena.get(f"/manage/canned/{reply.pk}/").status_code == 404

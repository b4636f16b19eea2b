"""Taking a mailbox away: what becomes of answers is said first, and afterwards wherever it matters."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings

from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.outgoing.leaving import leaving, why_nothing_leaves
from okno.channels.email.outgoing.senders import mailbox_for, server_for
from okno.core import files
from okno.core.actor import SYSTEM
from okno.people.models import Team
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db


def mailbox(name: str, **more: Any) -> Mailbox:
    values = {"name": name, "address": f"{name}@vikno.example", "smtp_host": "smtp.vikno.example"}
    return Mailbox.objects.create(**(values | more))


def ticket(cast: Cast, box: Mailbox | None = None, team: Team | None = None) -> Ticket:
    new = NewTicket(subject="x", message=NewMessage(text="x", contact=cast.marta), channel="email", team=team)
    made = create_ticket(SYSTEM, new)
    if box is not None:
        Letter.objects.create(
            source="pipe", source_key=f"pipe:{made.pk}", mailbox=box, raw=files.store(b"x"), size=1, ticket=made
        )
    return made


def test_open_tickets_are_counted_by_the_mailbox_that_answers_them(cast: Cast) -> None:
    boxes = [
        mailbox("first", is_default=True),
        mailbox("team", team=cast.first_line),
        mailbox("again", team=cast.first_line),
        mailbox("off", is_active=False),
    ]
    other = Team.objects.create(name="Night shift")
    made = [ticket(cast, box, team) for box in (None, *boxes) for team in (None, cast.first_line, other)]
    change_status(SYSTEM, ticket(cast, boxes[0]), "closed")
    for box in boxes:
        expected = sum(1 for each in made if mailbox_for(each) == box)
        assert leaving(box).tickets == expected, box.name
    assert leaving(boxes[0]).successor == boxes[1]
    assert leaving(boxes[1]).successor == boxes[0]
    assert sum(leaving(box).tickets for box in boxes) == len(made)


def test_what_would_happen_is_said_before_it_does(cast: Cast, olena: Client) -> None:
    box = mailbox("support", is_default=True)
    ticket(cast, box)
    second = mailbox("second")
    for act in ("switch", "delete"):
        page = olena.get(f"/manage/mailboxes/{box.pk}/{act}/").content.decode()
        assert "Answers in 1 open ticket leave by it now. They will leave by second@vikno.example." in page
        assert "nothing can be sent" not in page
    second.delete()
    for act in ("switch", "delete"):
        assert "nothing can be sent" in olena.get(f"/manage/mailboxes/{box.pk}/{act}/").content.decode()
    assert Mailbox.objects.get().is_active
    assert olena.post(f"/manage/mailboxes/{box.pk}/switch/").status_code == 303
    assert not Mailbox.objects.get().is_active


def test_a_form_that_switches_the_last_mailbox_off_asks_first(cast: Cast, olena: Client) -> None:
    box = mailbox("support", is_default=True)
    values = {
        "name": "Support", "address": box.address, "imap_port": "993", "imap_security": "ssl",
        "after_import": "seen", "smtp_host": box.smtp_host, "smtp_port": "587", "smtp_security": "starttls",
    }  # fmt: skip
    answer = olena.post(f"/manage/mailboxes/{box.pk}/", values)
    assert answer.status_code == 422
    assert "nothing can be sent" in answer.content.decode()
    box.refresh_from_db()
    assert (box.is_active, box.name) == (True, "support")
    assert olena.post(f"/manage/mailboxes/{box.pk}/", {**values, "sure": "1"}).status_code == 303
    box.refresh_from_db()
    assert (box.is_active, box.name) == (False, "Support")
    assert olena.post(f"/manage/mailboxes/{box.pk}/", {**values, "name": "Still off"}).status_code == 303


@pytest.mark.parametrize(
    ("facts", "trouble"),
    [
        (None, "No mailbox is in use."),
        ({"is_active": False}, "No mailbox is in use."),
        ({"smtp_host": ""}, "No mailbox in use has an SMTP server."),
        ({}, ""),
    ],
)
def test_a_banner_says_that_nothing_leaves(
    cast: Cast, olena: Client, facts: dict[str, Any] | None, trouble: str
) -> None:
    if facts is not None:
        mailbox("support", **facts)
    number = ticket(cast).number
    assert why_nothing_leaves() == trouble
    pages = [f"/tickets/{number}/", *(["/manage/mailboxes/"] if facts is not None else [])]
    for page in pages:
        assert ("Nothing can be sent by mail" in olena.get(page).content.decode()) is bool(trouble)
    with override_settings(DEMO=True):
        assert bool(why_nothing_leaves()) is trouble.startswith("No mailbox is")


def test_a_mailbox_that_is_off_sends_nothing(cast: Cast) -> None:
    off, default = mailbox("off", is_active=False), mailbox("on", is_default=True)
    assert server_for(off) == default

"""The audit log: every change leaves an entry with its before and after, secrets in none, and the file is safe (F226)."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.operations.mailboxes import change_mailbox, create_mailbox
from okno.core import clock, events, files, settings_store
from okno.core.actor import SYSTEM
from okno.core.auditing import HIDDEN, audit_log, masked
from okno.core.models import Event
from okno.core.sheets import safe_cell
from okno.manage.audit.words import AREAS, DEEDS, tell
from okno.people.models import Role
from okno.people.operations.roles import change_role, create_role
from okno.people.operations.teams import create_team
from okno.testing.cast import PASSWORD, Cast
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db
NOT_IN_THE_LOG = {"ticket", "delivery", "company", "contact", "mail"}


def kinds(browser: Client, **asked: object) -> list[str]:
    """The entries that the page shows."""
    page = browser.get(reverse("manage:audit"), asked).content.decode()
    return [part.partition('"')[0] for part in page.split('data-event="')[1:]]


def test_every_kind_of_event_has_its_words_or_its_own_page() -> None:
    for kind in events.KINDS:
        area, _dot, deed = kind.partition(".")
        if area in NOT_IN_THE_LOG or kind.startswith(("test", "thing", "nothing")):
            continue
        assert area in AREAS, kind
        assert {deed, deed.rpartition("_")[2]} & DEEDS.keys(), kind


def test_acts_of_administrators_are_listed_and_daily_work_is_not(olena: Client, cast: Cast) -> None:
    new_ticket(cast)
    actor = cast.actor("olena")
    settings_store.change(actor, {"general.company_name": "Vikno"})
    role = create_role(actor, "Night shift", ["tickets.answer"])
    change_role(actor, role, "Night shift", ["tickets.answer:own"])
    create_team(SYSTEM, "Third line")
    assert kinds(olena) == ["team.created", "role.changed", "role.created", "setting.changed"]
    page = olena.get(reverse("manage:audit")).content.decode()
    assert "tickets.answer → tickets.answer:own" in page
    assert "Vikno" in page


def test_it_is_narrowed_by_person_area_and_days(olena: Client, cast: Cast) -> None:
    today = clock.now().date()
    create_role(cast.actor("olena"), "One", [])
    create_team(SYSTEM, "Third line")
    assert kinds(olena, who=cast.olena.pk) == ["role.created"]
    assert kinds(olena, who=cast.taras.pk) == []
    assert kinds(olena, what="team") == ["team.created"]
    assert kinds(olena, until=today - timedelta(days=2)) == []
    assert len(kinds(olena, since=today - timedelta(days=1), until=today + timedelta(days=1))) == 2
    for wrong in ({"since": "soon"}, {"who": "nobody"}, {"what": "ticket"}):
        assert olena.get(reverse("manage:audit"), wrong).status_code == 422


def test_it_is_paged_by_key(olena: Client, cast: Cast) -> None:
    for number in range(60):
        create_team(SYSTEM, f"Team {number}")
    first = olena.get(reverse("manage:audit")).content.decode()
    assert first.count("data-event=") == 50
    last = Event.objects.filter(kind="team.created").order_by("-id")[49].pk
    assert f"before={last}" in first
    assert len(kinds(olena, before=last)) == 10


def test_sign_ins_and_failed_ones_of_employees_are_in_it(olena: Client, cast: Cast) -> None:
    browser = Client()
    browser.post("/account/login/", {"login": "marek@vikno.example", "password": "wrong"})
    browser.post("/account/login/", {"login": "nobody@vikno.example", "password": "wrong"})
    browser.post("/account/login/", {"login": "marek@vikno.example", "password": PASSWORD})
    assert kinds(olena, what="user") == ["user.signed_in", "user.sign_in_failed"]
    assert kinds(olena, who=cast.marek.pk) == ["user.signed_in", "user.sign_in_failed"]
    assert "wrong" not in str(list(Event.objects.values_list("data", flat=True)))


def test_who_saves_a_raw_letter_is_in_it(olena: Client, cast: Cast) -> None:
    mailbox = Mailbox.objects.create(name="A", address="a@vikno.example")
    raw = files.store(b"Subject: x")
    letter = Letter.objects.create(source="smtp", source_key="smtp:1", mailbox=mailbox, raw=raw, size=10)
    assert olena.get(reverse("manage:letter-raw", args=[letter.pk])).status_code == 200
    assert kinds(olena) == ["letter.raw_read"]


def test_no_secret_stands_in_an_event_or_on_the_page(olena: Client, cast: Cast) -> None:
    actor = cast.actor("olena")
    mailbox = create_mailbox(actor, {"name": "B", "address": "b@vikno.example", "imap_password": "hunter-two"})
    change_mailbox(actor, mailbox, {"imap_password": "hunter-three"})
    assert "hunter" not in str(list(Event.objects.values_list("data", flat=True)))
    shown = masked({"before": {"imap_password": "x", "name": "A"}, "list": [{"api_secret": "y"}], "password": ""})
    assert shown == {
        "before": {"imap_password": HIDDEN, "name": "A"},
        "list": [{"api_secret": HIDDEN}],
        "password": "",
    }
    told = tell(Event(kind="setting.changed", data={"key": "sms.password", "before": "one", "after": "two"}))
    assert [(line.before, line.after) for line in told.lines] == [(HIDDEN, HIDDEN)]


def test_the_file_runs_no_formula_and_its_taking_is_noted_t19(olena: Client, cast: Cast) -> None:
    for name in ('=HYPERLINK("x")', "+1+cmd", "-2+3", "@SUM(A1)", "Жовта, команда"):
        create_team(SYSTEM, name)
    answer = olena.post(reverse("manage:audit-export"), {"what": "team"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 6
    assert all(len(row) == 6 for row in rows)
    assert {row[4] for row in rows[1:]} == {
        '\'=HYPERLINK("x")', "'+1+cmd", "'-2+3", "'@SUM(A1)", "Жовта, команда",
    }  # fmt: skip
    assert kinds(olena)[0] == "audit.exported"
    assert olena.get(reverse("manage:audit-export")).status_code == 405


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1", "'=1"), ("+a", "'+a"), ("-5", "-5"), ("-5.25", "-5.25"), ("+48", "+48"), ("-5-3", "'-5-3"),
        ("@x", "'@x"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), (-7, "-7"), (None, ""), ("a=b", "a=b"), ("a\x00b", "ab"),
    ],
)  # fmt: skip
def test_cells_t19(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_the_log_is_read_by_its_index(cast: Cast) -> None:
    ticket = new_ticket(cast)
    Event.objects.bulk_create(
        Event(
            kind="ticket.created", object_kind="ticket", object_id=ticket.pk, actor_kind="system", actor_name="Okno"
        )
        for _number in range(20_000)
    )
    create_team(SYSTEM, "Third line")
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE core_event" if "core_event" in connection.introspection.table_names() else "ANALYZE"
        )
    assert "event_audit" in audit_log()[:51].explain()


def test_only_those_who_manage_employees_read_it(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.taras.user)
    assert browser.get(reverse("manage:audit")).status_code == 403
    assert browser.post(reverse("manage:audit-export")).status_code == 403
    assert Role.objects.exists()

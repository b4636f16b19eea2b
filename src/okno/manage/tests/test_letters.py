"""Received letters: lists by state, one letter, what a person can do; the blacklist."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from okno.channels.email.models import BlacklistRule, Letter
from okno.core import files
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.people.models import Role
from okno.testing.cast import Cast, agent
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

RAW = b"From: =?utf-8?B?0JDQvdC90LA=?= <anna@mail.example>\r\nSubject: =?utf-8?Q?Printer_=3Cscript=3E?=\r\n\r\ncanary body <b>&\r\n"


def letter(number: int = 1, **facts: Any) -> Letter:
    values = {
        "source": "smtp",
        "source_key": f"smtp:{number}",
        "raw": files.store(RAW),
        "size": len(RAW),
        "sender": "anna@mail.example",
    }
    return Letter.objects.create(**(values | facts))


@pytest.mark.django_db
def test_letters_by_state_with_their_reason(cast: Cast, olena: Client) -> None:
    letter(1, state="failed", subject="Broken one", outcome={"failed": "gave_up", "detail": "no memory"})
    letter(2, state="ignored", subject="Spam one", outcome={"ignored": "blacklist", "pattern": "*@spam.example"})
    letter(3, state="stored", subject="Waiting one")
    letter(4, state="done", subject="Taken one")
    failed = olena.get("/manage/letters/").content.decode()
    assert "Broken one" in failed
    assert "no memory" in failed
    assert "Spam one" not in failed
    ignored = olena.get("/manage/letters/?state=ignored").content.decode()
    assert "Ignored by the blacklist: *@spam.example." in ignored
    assert "Waiting one" in olena.get("/manage/letters/?state=stored").content.decode()
    everything = olena.get("/manage/letters/?state=all").content.decode()
    assert all(words in everything for words in ("Broken one", "Spam one", "Waiting one", "Taken one"))
    assert olena.get("/manage/letters/?state=nonsense&before=x&mailbox=y").status_code == 200


@pytest.mark.django_db
def test_the_list_is_paged_by_key(cast: Cast, olena: Client) -> None:
    made = [letter(number, state="failed", subject=f"letter-{number:03}") for number in range(60)]
    first = olena.get("/manage/letters/").content.decode()
    assert "letter-059" in first
    assert "letter-010" in first
    assert "letter-009" not in first
    assert f"before={made[10].pk}" in first
    second = olena.get(f"/manage/letters/?before={made[10].pk}").content.decode()
    assert "letter-009" in second
    assert "letter-010" not in second


@pytest.mark.django_db
def test_one_letter_shows_headers_and_raw_as_text(cast: Cast, olena: Client) -> None:
    row = letter(state="failed", sender="", last_error="it broke <here>")
    page = olena.get(f"/manage/letters/{row.pk}/").content.decode()
    assert "Анна" in page
    assert "Printer &lt;script&gt;" in page
    assert "<script>" not in page.split("<body", 1)[1]
    assert "canary body &lt;b&gt;" in page
    assert "it broke &lt;here&gt;" in page
    raw = olena.get(f"/manage/letters/{row.pk}/raw/")
    assert raw.content == RAW
    assert raw["Content-Disposition"].startswith("attachment")
    assert "sandbox" in raw["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_person_tries_again_ignores_and_takes_after_all(cast: Cast, olena: Client) -> None:
    row = letter(state="failed")
    assert olena.post(f"/manage/letters/{row.pk}/ignore/").status_code == 303
    row.refresh_from_db()
    assert row.state == "ignored"
    assert "Ignored by Olena Kravets." in olena.get(f"/manage/letters/{row.pk}/").content.decode()
    olena.post(f"/manage/letters/{row.pk}/release/")
    row.refresh_from_db()
    assert row.state == "stored"
    Letter.objects.filter(pk=row.pk).update(state="failed")
    olena.post(f"/manage/letters/{row.pk}/retry/")
    row.refresh_from_db()
    assert row.state == "stored"
    twice = olena.post(f"/manage/letters/{row.pk}/retry/", follow=True)
    assert "Somebody has already dealt with this letter." in twice.content.decode()
    assert olena.get(f"/manage/letters/{row.pk}/retry/").status_code == 405
    kinds = set(Event.objects.filter(object_kind="letter").values_list("kind", flat=True))
    assert kinds == {"letter.ignored", "letter.released", "letter.retried"}


@pytest.mark.django_db
def test_a_letter_of_a_ticket_that_one_may_not_see_tells_nothing_t14(cast: Cast) -> None:
    Role.objects.create(code="postmaster", name="Postmaster", rights=["mail.manage"])
    browser = Client()
    browser.force_login(agent("Post", "post@vikno.example", "postmaster").user)
    ticket = create_ticket(
        SYSTEM, NewTicket(subject="secret subject", message=NewMessage(text="x"), channel="email", contact=cast.jan)
    )
    assign(SYSTEM, ticket, agent=cast.olena, team=None)
    row = letter(state="done", subject="secret subject", ticket=ticket)
    pages = [browser.get("/manage/letters/?state=all"), browser.get(f"/manage/letters/{row.pk}/")]
    for page in pages:
        assert page.status_code == 200
        assert "secret" not in page.content.decode()
        assert "canary" not in page.content.decode()
    assert browser.get(f"/manage/letters/{row.pk}/raw/").status_code == 404


@pytest.mark.django_db
def test_rules_are_added_changed_switched_and_deleted(cast: Cast, olena: Client) -> None:
    assert (
        olena.post(
            "/manage/blacklist/", {"kind": "address", "pattern": " *@SPAM.example ", "note": "noise"}
        ).status_code
        == 303
    )
    rule = BlacklistRule.objects.get()
    assert rule.pattern == "*@spam.example"
    answer = olena.post("/manage/blacklist/", {"kind": "address", "pattern": "*@spam.example"})
    assert answer.status_code == 422
    assert "There is already such a rule." in answer.content.decode()
    answer = olena.post(f"/manage/blacklist/{rule.pk}/", {"kind": "text", "pattern": "buy"})
    assert answer.status_code == 422
    assert f'id="id_{rule.pk}_pattern_error"' in answer.content.decode()
    BlacklistRule.objects.update(hits=7)
    olena.post(f"/manage/blacklist/{rule.pk}/", {"kind": "text", "pattern": "buy now", "note": ""})
    olena.post(f"/manage/blacklist/{rule.pk}/switch/", {"active": ""})
    rule.refresh_from_db()
    assert (rule.kind, rule.pattern, rule.is_active, rule.hits) == ("text", "buy now", False, 7)
    assert "7 letters" in olena.get("/manage/blacklist/").content.decode()
    olena.post(f"/manage/blacklist/{rule.pk}/delete/")
    assert not BlacklistRule.objects.exists()
    assert olena.post(f"/manage/blacklist/{rule.pk}/delete/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("address", "*"),
        ("address", "*@*"),
        ("address", "spam"),
        ("text", "abc"),
        ("address", "*@vikno.example"),
        ("address", ""),
        ("moon", "x@y.example"),
    ],
)
def test_rules_that_would_keep_out_everybody_are_refused(
    kind: str, pattern: str, cast: Cast, olena: Client
) -> None:
    from okno.channels.email.models import Mailbox

    Mailbox.objects.create(name="Help", address="help@vikno.example")
    assert olena.post("/manage/blacklist/", {"kind": kind, "pattern": pattern}).status_code == 422
    assert not BlacklistRule.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "text", "refused"),
    [
        ("bob@spam.example", "", True),
        ("bob@good.example", "", False),
        ("", "BUY  now\ncheap", True),
        ("x@good.example", "buy later", False),
    ],
)
def test_the_tester_says_what_would_happen(
    address: str, text: str, refused: bool, cast: Cast, olena: Client
) -> None:
    BlacklistRule.objects.create(kind="address", pattern="*@spam.example")
    BlacklistRule.objects.create(kind="text", pattern="buy now")
    BlacklistRule.objects.create(kind="text", pattern="later", is_active=False)
    page = olena.post("/manage/blacklist/test/", {"address": address, "text": text}).content.decode()
    assert ("Refused by:" in page) is refused
    assert ("would be taken" in page) is not refused
    assert BlacklistRule.objects.filter(hits__gt=0).count() == 0

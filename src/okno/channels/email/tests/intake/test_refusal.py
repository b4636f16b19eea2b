"""Letters that become no message: our own, blacklisted, repeated, automatic; and bounces."""

from __future__ import annotations

import pytest

from okno.channels.email import loop, tokens
from okno.channels.email.models import BlacklistRule, Letter
from okno.channels.email.operations.letters import ignore_letter, release_letter, retry_letter
from okno.channels.email.reasons import explain
from okno.channels.email.tests.writing import SUPPORT, bounce, drain, letter, mailbox, sent, take
from okno.core.faults import Conflict, Forbidden
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "pattern", "fits"),
    [
        ("address", "marta@kawa.example", True),
        ("address", "*@kawa.example", True),
        ("address", "@KAWA.example", True),
        ("address", "*@kawa", False),
        ("address", "kawa.example", False),
        ("address", "*@*.example", True),
        ("text", "OVEN  in gdynia", True),
        ("text", "oven is", True),
        ("text", "gearbox", False),
    ],
)
def test_blacklist_f239(cast: Cast, kind: str, pattern: str, fits: bool) -> None:
    rule = BlacklistRule.objects.create(kind=kind, pattern=pattern)
    taken = take(letter())
    rule.refresh_from_db()
    assert (taken.state == "ignored", rule.hits) == (fits, int(fits))
    assert Ticket.objects.exists() is not fits
    assert not fits or pattern in explain(taken.outcome)


def test_an_ignored_letter_can_be_let_through(cast: Cast) -> None:
    BlacklistRule.objects.create(kind="text", pattern="oven")
    taken = take(letter())
    with pytest.raises(Forbidden):
        release_letter(cast.actor("marek"), taken)
    release_letter(cast.actor("olena"), taken)
    drain()
    taken.refresh_from_db()
    assert (taken.state, taken.ticket) == ("done", Ticket.objects.get())
    with pytest.raises(Conflict):
        release_letter(cast.actor("olena"), taken)


def test_failed_letters_are_retried_or_left(cast: Cast) -> None:
    taken = take(letter())
    Letter.objects.filter(pk=taken.pk).update(state="failed", attempts=9)
    ignore_letter(cast.actor("olena"), taken)
    taken.refresh_from_db()
    assert "Olena Kravets" in explain(taken.outcome)
    Letter.objects.filter(pk=taken.pk).update(state="failed", attempts=9, ticket=None, message=None)
    Ticket.objects.all().delete()
    retry_letter(cast.actor("olena"), taken)
    drain()
    taken.refresh_from_db()
    assert (taken.state, taken.ticket) == ("done", Ticket.objects.get())


def test_our_own_letters_do_not_come_in_again_t6(cast: Cast) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    sent(ticket, "<ours@vikno.example>")
    mailbox("sales@vikno.example")
    for raw in (
        letter(message_id="<ours@vikno.example>"),
        letter(message_id="<2@x.example>", headers={loop.HEADER: loop.mark()}),
        letter(message_id="<3@x.example>", headers={"X-Loop": loop.mark()}),
        letter(SUPPORT, message_id="<4@x.example>"),
        letter("Sales+abc@vikno.example", message_id="<5@x.example>"),
    ):
        taken = take(raw)
        assert taken.state == "ignored"
        assert explain(taken.outcome).startswith("Ignored: it ")
    assert Ticket.objects.get().message_count == 1


def test_the_mark_of_another_installation_is_none_of_ours(cast: Cast) -> None:
    assert take(letter(headers={loop.HEADER: "abcdefghijklmnopqrstuvwx"})).state == "done"


def test_the_same_letter_in_two_mailboxes_is_one_message_w3_t8(cast: Cast) -> None:
    raw = letter()
    first = take(raw)
    second = take(b"Received: by another server\r\n" + raw, box=mailbox("sales@vikno.example"))
    assert (second.state, second.ticket, second.message) == ("ignored", first.ticket, first.message)
    assert second.outcome["first"] == first.pk
    assert Ticket.objects.get().message_count == 1


def test_a_letter_without_an_id_is_known_by_its_content(cast: Cast) -> None:
    raw = letter(message_id=None)
    take(raw)
    assert take(raw).state == "ignored"
    assert Ticket.objects.count() == 1


def test_a_reused_id_with_other_content_is_kept_t9(cast: Cast) -> None:
    first = take(letter(text="Parcel 1 is on its way"))
    second = take(letter(text="Parcel 2 is on its way"))
    assert second.state == "done"
    assert second.ticket != first.ticket
    assert second.outcome["same_id_as"] == first.pk
    assert "same identifier" in explain(second.outcome)


VACATION = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}


def test_an_automatic_answer_changes_nothing_t6(cast: Cast) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    sent(ticket, "<ours@vikno.example>")
    change_status(cast.actor("olena"), ticket, "resolved")
    Ticket.objects.update(is_news=False)
    raw = letter(
        subject="Out of office", message_id="<2@x>", headers={**VACATION, "In-Reply-To": "<ours@vikno.example>"}
    )
    taken = take(raw)
    ticket.refresh_from_db()
    assert (taken.state, taken.kind, taken.ticket) == ("done", "auto_reply", ticket)
    assert (ticket.state, ticket.reopenings, ticket.is_news, ticket.message_count) == ("resolved", 0, False, 2)
    assert taken.message is not None
    assert taken.message.is_public
    assert taken.message.reason["auto_reply"] is True


def test_an_automatic_answer_to_nothing_is_ignored_visibly_t6(cast: Cast) -> None:
    taken = take(letter("someone@new.example", headers=VACATION))
    assert (taken.state, taken.outcome["ignored"]) == ("ignored", "auto_reply")
    assert not Ticket.objects.exists()


def test_what_a_clients_program_writes_is_taken_and_reopens_t6(cast: Cast) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    sent(ticket, "<ours@vikno.example>")
    change_status(cast.actor("olena"), ticket, "resolved")
    headers = {"Auto-Submitted": "auto-generated", "In-Reply-To": "<ours@vikno.example>", "Precedence": "bulk"}
    take(letter(subject="INC0012 updated", message_id="<2@servicenow.kawa.example>", headers=headers))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopenings) == ("open", 1)
    taken = take(letter(message_id="<3@x>", headers={"Auto-Submitted": "auto-generated"}))
    assert taken.state == "done"


@pytest.mark.parametrize(
    ("status", "action", "state"),
    [("5.1.1", "failed", "failed"), ("4.4.1", "delayed", "sent"), ("5.2.2", "failed", "failed")],
)
def test_a_bounce_stands_in_the_ticket_t6(cast: Cast, status: str, action: str, state: str) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    out = sent(ticket, "<ours@vikno.example>")
    taken = take(bounce("<ours@vikno.example>", status, action))
    ticket.refresh_from_db()
    assert (taken.state, taken.kind, taken.ticket, Ticket.objects.count()) == ("done", "bounce", ticket, 1)
    assert taken.message is not None
    assert (taken.message.is_public, taken.message.author_kind) == (False, "outsider")
    assert ticket.state == "new"
    out.delivery.refresh_from_db()
    assert out.delivery.state == state
    if state == "failed":
        assert status in out.delivery.last_error
        assert "marta@kawa.example" in out.delivery.last_error


def test_a_bounce_is_known_by_the_address_that_it_came_to(cast: Cast) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    sent(ticket, "<ours@vikno.example>")
    address = tokens.reply_address(SUPPORT, "c", ticket.pk, ticket.participants.get().pk)
    assert take(bounce("<rewritten@mx.kawa.example>"), to=[address]).ticket == ticket


@pytest.mark.parametrize(
    ("named", "by_path", "state"),
    [
        ("marta@kawa.example", False, "failed"),
        ("Marta@KAWA.example", False, "failed"),
        ("thief@evil.example", False, "sent"),
        ("piotr@kawa.example", False, "sent"),
        ("marta@kawa.example.evil.example", False, "sent"),
        ("marta.private@mail.example", True, "failed"),
    ],
)
def test_a_report_about_somebody_else_marks_nothing_t6(cast: Cast, named: str, by_path: bool, state: str) -> None:
    """Whoever once read a letter of ours knows its Message-ID; a report must also name whom it was sent to."""
    ticket = take(letter()).ticket
    assert ticket is not None
    out = sent(ticket, "<ours@vikno.example>")
    path = tokens.reply_address(SUPPORT, "c", ticket.pk, ticket.participants.get().pk)
    taken = take(bounce("<ours@vikno.example>", recipient=named), to=[path if by_path else SUPPORT])
    out.delivery.refresh_from_db()
    assert (taken.state, taken.ticket, out.delivery.state) == ("done", ticket, state)
    note = taken.message
    assert note is not None
    assert not note.is_public
    assert note.reason["bounce"]["counts"] is (state == "failed")
    assert ("still counts as delivered" in explain(note.reason)) is (state == "sent")


def test_a_report_that_names_nobody_marks_nothing_t6(cast: Cast) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    out = sent(ticket, "<ours@vikno.example>")
    taken = take(bounce("<ours@vikno.example>", recipient="nobody"))
    out.delivery.refresh_from_db()
    assert (taken.ticket, out.delivery.state) == (ticket, "sent")


def test_bounces_of_bounces_end_here_t6(cast: Cast) -> None:
    for number in range(5):
        taken = take(bounce(f"<unknown{number}@vikno.example>"))
        assert (taken.state, taken.outcome["ignored"]) == ("ignored", "bounce")
    assert not Ticket.objects.exists()


def test_twenty_vacation_responders_converge_t6(cast: Cast) -> None:
    ticket = take(letter()).ticket
    assert ticket is not None
    before = ticket.version
    for number in range(20):
        sent(ticket, f"<ours{number}@vikno.example>", f"p{number}@kawa.example")
        headers = {**VACATION, "In-Reply-To": f"<ours{number}@vikno.example>"}
        take(letter(f"p{number}@kawa.example", message_id=f"<v{number}@kawa.example>", headers=headers))
    ticket.refresh_from_db()
    assert (Ticket.objects.count(), ticket.state, ticket.message_count) == (1, "new", 21)
    assert ticket.version == before + 20
    assert ticket.participants.count() == 1

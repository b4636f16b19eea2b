"""Letters handed to a real SMTP server on loopback: what is taken, refused, lost on the way, and sent again."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from django.test import override_settings

from okno.channels.email import passwords
from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing import servers, smtp
from okno.channels.email.outgoing.checking import check_smtp
from okno.channels.email.tests.outgoing.acting import answer, answers, ask
from okno.channels.email.tests.outgoing.conftest import Server, make_mailbox, raw_of
from okno.core import clock, deliveries
from okno.core.drains import run_until_empty
from okno.core.models import Delivery, Event
from okno.testing.cast import Cast
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.operations.people import add_participant

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def states() -> list[tuple[str, int]]:
    return list(Delivery.objects.order_by("id").values_list("state", "attempts"))


def deliver() -> None:
    run_until_empty("events", "deliveries")


def test_letters_arrive_as_they_were_stored(cast: Cast, posting: Mailbox, server: Server) -> None:
    ticket = ask(cast)
    add_participant(cast.actor("olena"), ticket, "boss@kawa.example")
    answer(cast, ticket, "<p>.dots\n..\n.</p>")
    deliver()
    taken = sorted(server.post.taken, key=lambda each: each[1])
    assert [(sender, to) for sender, to, _raw in taken] == [
        ("support@vikno.example", ["boss@kawa.example"]),
        ("support@vikno.example", ["marta@kawa.example"]),
    ]
    assert sorted(raw for _sender, _to, raw in taken) == sorted(raw_of(each) for each in answers())
    assert server.post.sessions == 1
    assert states() == [("sent", 1), ("sent", 1)]
    posting.refresh_from_db()
    assert posting.smtp_success_at is not None


@pytest.mark.parametrize("where", ["recipient", "data", "mail"])
@pytest.mark.parametrize(
    "said",
    ["450 4.2.0 greylisted", "421 4.3.2 closing", "451 4.3.0 try later", "550 5.1.1 no such user",
     "552 5.3.4 too large", "554 5.7.1 spam"],
)  # fmt: skip
def test_4xx_is_tried_again_and_5xx_is_final(
    cast: Cast, posting: Mailbox, server: Server, where: str, said: str
) -> None:
    if where == "recipient":
        server.post.on_recipient["marta@kawa.example"] = said
    elif where == "data":
        server.post.on_data.append(said)
    else:
        server.post.on_mail["support@vikno.example"] = said
    state = "queued" if said.startswith("4") else "failed"
    answer(cast, ask(cast))
    deliver()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (state, 1)
    assert said in delivery.last_error
    assert server.post.taken == []
    assert Event.objects.filter(kind=deliveries.FAILED).exists() == (state == "failed")
    posting.refresh_from_db()
    assert posting.smtp_error == ""


def test_one_refused_recipient_does_not_stop_the_others(cast: Cast, posting: Mailbox, server: Server) -> None:
    ticket = ask(cast)
    for name in ("a", "b", "c"):
        add_participant(cast.actor("olena"), ticket, f"{name}@kawa.example")
    server.post.on_recipient["a@kawa.example"] = "550 5.1.1 no such user"
    server.post.on_recipient["b@kawa.example"] = "421 4.7.0 too many"
    answer(cast, ticket)
    deliver()
    assert sorted(to for _sender, (to,), _raw in server.post.taken) == ["c@kawa.example", "marta@kawa.example"]


def test_smtp_down_for_an_hour_loses_nothing_and_sends_in_order(
    cast: Cast, posting: Mailbox, server: Server
) -> None:
    server.stop()
    ticket = ask(cast)
    for minute in range(0, 60, 4):
        with clock.frozen_at(START + timedelta(minutes=minute)):
            answer(cast, ticket, f"<p>Answer {minute:02}</p>")
            deliver()
    assert set(Delivery.objects.values_list("state", "is_blocked", "attempts")) == {("queued", True, 0)}
    posting.refresh_from_db()
    assert "cannot be reached" in posting.smtp_error
    assert posting.smtp_error_at is not None
    expected = list(OutgoingLetter.objects.order_by("id").values_list("header_id", flat=True))
    server.start()
    with clock.frozen_at(START + timedelta(minutes=61)):
        deliver()
    assert server.post.ids() == expected
    assert len(expected) == 15
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
    posting.refresh_from_db()
    assert posting.smtp_error == ""


def test_killed_between_250_and_our_mark_sends_the_same_letter_again_t8(
    cast: Cast, posting: Mailbox, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As if the process had died."""

    def die(_delivery: Delivery) -> None:
        raise Killed

    with clock.frozen_at(START):
        answer(cast, ask(cast))
        with monkeypatch.context() as patched:
            patched.setattr("okno.core.deliveries.draining._mark_sent", die)
            with pytest.raises(Killed):
                deliver()
    assert states() == [("sending", 1)]
    with clock.frozen_at(START + timedelta(minutes=20)):
        deliver()
    assert states() == [("sent", 2)]
    first, second = server.post.taken
    assert first == second
    assert len(set(server.post.ids())) == 1


def test_resend_sends_the_same_bytes_under_the_same_id_t8(cast: Cast, posting: Mailbox, server: Server) -> None:
    answer(cast, ask(cast))
    deliver()
    deliveries.resend(cast.actor("olena"), Delivery.objects.get())
    deliver()
    first, second = server.post.taken
    assert first[2] == second[2] == raw_of(answers()[0])
    assert server.post.ids() == [answers()[0].header_id] * 2


def test_a_wrong_password_blocks_the_mailbox_visibly_and_loses_nothing(cast: Cast, locked_server: Server) -> None:
    mailbox = make_mailbox(locked_server.port, smtp_user="support", smtp_password="")
    with clock.frozen_at(START):
        answer(cast, ask(cast))
        deliver()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.is_blocked, delivery.attempts) == ("queued", True, 0)
    assert "refuses the login" in delivery.last_error
    assert "535" in delivery.last_error
    assert delivery.next_attempt_at == START + smtp.AFTER_REFUSED_LOGIN
    mailbox.refresh_from_db()
    assert "535" in mailbox.smtp_error
    Mailbox.objects.update(smtp_password=passwords.sealed("right"))
    with clock.frozen_at(START + timedelta(minutes=1)):
        deliveries.release("email", f"mailbox:{mailbox.pk}")
        deliver()
    assert len(locked_server.post.taken) == 1


def test_a_server_that_wants_a_login_blocks_the_mailbox(cast: Cast, locked_server: Server) -> None:
    make_mailbox(locked_server.port)
    answer(cast, ask(cast))
    deliver()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.is_blocked) == ("queued", True)
    assert "530" in delivery.last_error


def test_an_unreadable_password_says_so(cast: Cast, locked_server: Server) -> None:
    make_mailbox(locked_server.port, smtp_user="support")
    with override_settings(SECRET_KEY="another key"):
        answer(cast, ask(cast))
        deliver()
    assert "enter it again" in Delivery.objects.get().last_error


def test_starttls_is_not_left_out_when_the_server_has_none(cast: Cast, server: Server) -> None:
    make_mailbox(server.port, smtp_security="starttls", smtp_user="support")
    answer(cast, ask(cast))
    deliver()
    assert "cannot be encrypted" in Delivery.objects.get().last_error
    assert server.post.taken == []


def test_a_server_that_says_nothing_costs_one_timeout_for_the_whole_batch(
    cast: Cast, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "TIMEOUT", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        make_mailbox(silent.getsockname()[1])
        ticket = ask(cast)
        for name in "abcdefgh":
            add_participant(cast.actor("olena"), ticket, f"{name}@kawa.example")
        answer(cast, ticket)
        began = clock.now()
        deliver()
        assert clock.now() - began < timedelta(seconds=5)
    assert set(Delivery.objects.values_list("state", "is_blocked")) == {("queued", True)}
    assert "no answer in time" in Delivery.objects.order_by("id")[0].last_error


def test_a_connection_that_breaks_within_the_letter_is_tried_again(cast: Cast, db: None) -> None:
    def serve(listening: socket.socket) -> None:
        client, _address = listening.accept()
        with client, client.makefile("rwb") as stream:
            stream.write(b"220 hello\r\n")
            stream.flush()
            for answer_ in (b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"):
                stream.readline()
                stream.write(answer_)
                stream.flush()
            stream.readline()

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        make_mailbox(listening.getsockname()[1])
        answer(cast, ask(cast))
        deliver()
        thread.join(10)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, delivery.is_blocked) == ("queued", 1, False)
    assert delivery.last_error


def test_a_mailbox_without_a_server_sends_through_the_default_one_f238(
    cast: Cast, posting: Mailbox, server: Server
) -> None:
    Mailbox.objects.update(is_default=False)
    first = Mailbox.objects.create(name="Help", address="help@vikno.example", is_default=True)
    answer(cast, ask(cast))
    deliver()
    ((sender, _to, raw),) = server.post.taken
    assert sender == first.address
    assert first.address in message_from_bytes(raw)["From"]


def test_without_any_server_letters_wait_for_ever_and_say_why(cast: Cast, db: None) -> None:
    make_mailbox(0, smtp_host="")
    with clock.frozen_at(START):
        answer(cast, ask(cast))
        deliver()
    with clock.frozen_at(START + timedelta(days=30)):
        deliver()
    delivery = Delivery.objects.get()
    assert delivery.state == "queued"
    assert delivery.last_error == "No mailbox has an SMTP server: Settings > Mailboxes"


@override_settings(DEMO=True)
def test_the_demo_keeps_letters_in_the_outbox_whatever_server_is_set(
    cast: Cast, posting: Mailbox, server: Server
) -> None:
    answer(cast, ask(cast))
    deliver()
    assert states() == [("sent", 1)]
    assert server.post.taken == []


@pytest.mark.parametrize("takes_it", [True, False])
def test_an_international_address_needs_a_server_that_takes_it(cast: Cast, db: None, takes_it: bool) -> None:
    server = Server(enable_SMTPUTF8=takes_it)
    server.start()
    make_mailbox(server.port)
    answer(cast, ask(cast, requester_address="марта@kawa.example"))
    deliver()
    server.stop()
    delivery = Delivery.objects.get()
    if takes_it:
        assert [to for _sender, to, _raw in server.post.taken] == [["марта@kawa.example"]]
    else:
        assert (delivery.state, server.post.taken) == ("failed", [])
        assert "553" in delivery.last_error


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"smtp_user": "support"}, [("connect", True), ("encrypt", True), ("login", True), ("sender", True)]),
        ({"smtp_user": "support", "smtp_password": ""}, [("connect", True), ("encrypt", True), ("login", False)]),
        ({}, [("connect", True), ("encrypt", True), ("login", True), ("sender", False)]),
        ({"smtp_security": "starttls"}, [("connect", True), ("encrypt", False)]),
        ({"smtp_security": "ssl"}, [("connect", False)]),
        ({"smtp_host": ""}, [("connect", False)]),
        ({"smtp_port": 1}, [("connect", False)]),
        ({"smtp_host": "no.such.host.invalid"}, [("connect", False)]),
        ({"smtp_host": "a b\r\nc"}, [("connect", False)]),
    ],
)
def test_the_settings_are_checked_step_by_step(
    db: None, locked_server: Server, changes: dict[str, object], expected: list[tuple[str, bool]]
) -> None:
    steps = check_smtp(make_mailbox(locked_server.port, **changes))
    assert [(step.name, step.ok) for step in steps] == expected
    assert all(step.detail for step in steps)
    assert locked_server.post.taken == []


def test_answers_written_while_sending_are_not_forgotten(cast: Cast, posting: Mailbox, server: Server) -> None:
    """Two answers in a row leave in their order, each once."""
    ticket = ask(cast)
    for number in range(3):
        add_answer(cast.actor("olena"), ticket, NewMessage(html=f"<p>{number}</p>"))
    deliver()
    assert server.post.ids() == [each.header_id for each in answers()]

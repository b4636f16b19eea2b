"""SMTP, LMTP and the pipe: a letter is acknowledged after it is stored, and refused only out loud."""

from __future__ import annotations

import io
import smtplib
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.test import override_settings

from okno.channels.email import tokens
from okno.channels.email.models import Letter
from okno.channels.email.receiving import smtp as reception
from okno.channels.email.receiving import storing
from okno.channels.email.receiving.pipe import pipe_command, receive_pipe
from okno.channels.email.receiving.smtp import Listeners
from okno.channels.email.receiving.storing import header_id, store_letter
from okno.channels.email.tests.writing import SUPPORT, letter, mailbox
from okno.core import files, settings_store
from okno.core.models import SettingValue

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@contextmanager
def listening() -> Iterator[Listeners]:
    listeners = Listeners(smtp="127.0.0.1:0", lmtp="127.0.0.1:0")
    listeners.start()
    try:
        yield listeners
    finally:
        listeners.stop()


def test_a_letter_is_stored_before_it_is_acknowledged() -> None:
    box = mailbox()
    raw = letter().replace(b"\n", b"\r\n")
    with listening() as listeners, smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
        assert client.sendmail("Marta@kawa.example", [SUPPORT], raw) == {}
        stored = Letter.objects.get()
    assert files.read(stored.raw) == raw
    assert (stored.source, stored.mailbox, stored.state) == ("smtp", box, "stored")
    assert (stored.envelope_from, stored.envelope_to) == ("marta@kawa.example", [SUPPORT])
    assert (stored.peer, stored.header_id, stored.size) == ("127.0.0.1", "<one@kawa.example>", len(raw))


def test_bounces_have_an_empty_sender() -> None:
    mailbox()
    with listening() as listeners, smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
        client.sendmail("", [SUPPORT], letter())
    assert Letter.objects.get().envelope_from == ""


def test_only_our_own_recipients_are_taken() -> None:
    mailbox()
    mailbox("closed@vikno.example", is_active=False)
    address = tokens.reply_address(SUPPORT, "c", 1, 1)
    with listening() as listeners, smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
        refused = client.sendmail(
            "a@b.example", [address, "victim@elsewhere.example", "closed@vikno.example"], letter()
        )
        assert {code for code, _text in refused.values()} == {550}
        assert set(refused) == {"victim@elsewhere.example", "closed@vikno.example"}
    assert Letter.objects.get().envelope_to == [address]


def test_the_demo_takes_any_recipient() -> None:
    box = mailbox()
    with (
        override_settings(DEMO=True),
        listening() as listeners,
        smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client,
    ):
        assert client.sendmail("a@b.example", ["anybody@vikno.example"], letter()) == {}
    assert Letter.objects.get().mailbox == box


def test_each_mailbox_gets_its_letter() -> None:
    mailbox()
    mailbox("sales@vikno.example")
    with listening() as listeners, smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
        client.sendmail("a@b.example", [SUPPORT, "sales+x@vikno.example", "support+y@vikno.example"], letter())
    kept = {one.mailbox.address: one.envelope_to for one in Letter.objects.select_related("mailbox") if one.mailbox}
    assert kept == {SUPPORT: [SUPPORT, "support+y@vikno.example"], "sales@vikno.example": ["sales+x@vikno.example"]}


def test_too_large_a_letter_is_refused_with_552() -> None:
    mailbox()
    SettingValue.objects.create(key="mail.size_limit", value=1)
    settings_store.forget()
    big = letter(text="x" * 70 + "\n") + b"y" * 76 * 1 + b"\r\n" + (b"z" * 76 + b"\r\n") * 14_000
    with listening() as listeners, smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
        client.ehlo()
        assert client.esmtp_features["size"] == str(1024 * 1024)
        assert {"8bitmime", "smtputf8"} <= set(client.esmtp_features)
        with pytest.raises(smtplib.SMTPSenderRefused) as early:
            client.sendmail("a@b.example", [SUPPORT], big)
        assert early.value.smtp_code == 552
        client.rset()
        client.mail("a@b.example")
        client.rcpt(SUPPORT)
        assert client.data(big)[0] == 552
    assert not Letter.objects.exists()


def test_long_lines_are_taken() -> None:
    mailbox()
    raw = letter() + b"w" * 900_000 + b"\r\n"
    with listening() as listeners, smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
        client.sendmail("a@b.example", [SUPPORT], raw)
    assert Letter.objects.get().size > 900_000


@pytest.mark.parametrize("what", ["database", "disk"])
def test_a_failure_of_ours_is_said_to_be_temporary_t7(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise OSError("no space left on device") if what == "disk" else storing.IntegrityError("gone")

    mailbox()
    place = (storing.files, "store_many") if what == "disk" else (reception, "store_letters")
    monkeypatch.setattr(*place, broken)
    with listening() as listeners, smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            client.sendmail("a@b.example", [SUPPORT], letter())
        assert refused.value.smtp_code == 451
        monkeypatch.undo()
        client.sendmail("a@b.example", [SUPPORT], letter())
    assert Letter.objects.count() == 1


def test_lmtp_answers_for_each_recipient() -> None:
    mailbox()
    mailbox("sales@vikno.example")
    with (
        listening() as listeners,
        socket.create_connection(("127.0.0.1", listeners.ports["lmtp"]), timeout=20) as connection,
    ):
        lines = connection.makefile("rwb")

        def say(text: bytes) -> bytes:
            lines.write(text + b"\r\n")
            lines.flush()
            answer = lines.readline()
            while answer[3:4] == b"-":
                answer = lines.readline()
            return answer[:3]

        assert lines.readline()[:3] == b"220"
        assert say(b"EHLO x") == b"500"
        assert say(b"LHLO x") == b"250"
        assert say(b"MAIL FROM:<a@b.example> BODY=8BITMIME") == b"250"
        assert say(b"RCPT TO:<support@vikno.example>") == b"250"
        assert say(b"RCPT TO:<nobody@vikno.example>") == b"550"
        assert say(b"RCPT TO:<sales@vikno.example>") == b"250"
        assert say(b"DATA") == b"354"
        assert say(letter().replace(b"\n", b"\r\n") + b".") == b"250"
        assert lines.readline()[:3] == b"250"
        assert say(b"QUIT") == b"221"
    assert sorted(Letter.objects.values_list("source", "mailbox__address")) == [
        ("lmtp", "sales@vikno.example"),
        ("lmtp", SUPPORT),
    ]


def test_the_same_key_is_stored_once_t8() -> None:
    first = store_letter(letter(), source="imap", source_key="imap:1:INBOX:1:1")
    assert store_letter(b"other", source="imap", source_key="imap:1:INBOX:1:1").pk == first.pk
    assert Letter.objects.count() == 1


def test_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox()
    assert receive_pipe(letter(), "Support+x@vikno.example").mailbox == box
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(letter())))
    assert pipe_command() == 0
    assert Letter.objects.filter(source="pipe", mailbox=box).count() == 2


def test_the_pipe_says_try_again_when_nothing_was_stored_t7(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_content: bytes) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(storing.files, "store_many", full)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(letter())))
    assert pipe_command() == 75
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"Message-ID: <a@b>\r\n\r\n", "<a@b>"),
        (b"X: y\nmessage-id:\n <a@b>\n\nMessage-ID: <c@d>\n", "<a@b>"),
        (b"X: y\n\nMessage-ID: <c@d>\n", ""),
        (b"", ""),
        (b"Message-ID: \x00\xff\r\n\r\n", None),
    ],
)
def test_the_id_at_a_first_look(raw: bytes, found: str | None) -> None:
    assert found is None or header_id(raw) == found

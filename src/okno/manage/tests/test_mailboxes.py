"""Mailboxes: mistakes at their fields, passwords that never come out, the test of the connection."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.passwords import opened
from okno.core import files
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.testing.dovecot import certificate_of, write_certificate

SECRET = "canary-pass-7Qx!"
VALUES: dict[str, Any] = {
    "name": "Help", "address": "Help@Vikno.example", "is_active": "on",
    "imap_host": "imap.vikno.example", "imap_port": "993", "imap_security": "ssl", "imap_user": "help",
    "imap_password": SECRET, "folders": "INBOX\r\nSupport\r\n\r\nINBOX", "after_import": "seen", "since": "",
    "smtp_host": "smtp.vikno.example", "smtp_port": "587", "smtp_security": "starttls", "smtp_user": "help",
    "smtp_password": SECRET, "trusted_relay": "mx.vikno.example",
}  # fmt: skip


@pytest.fixture
def mailbox(cast: Cast, olena: Client) -> Mailbox:
    answer = olena.post("/manage/mailboxes/new/", VALUES)
    assert answer.status_code == 303, answer.content.decode().split("field-error")[1:]
    return Mailbox.objects.get()


@pytest.mark.django_db
def test_a_mailbox_is_added_with_encrypted_passwords_t28(mailbox: Mailbox) -> None:
    assert mailbox.address == "help@vikno.example"
    assert mailbox.folders == ["INBOX", "Support"]
    assert mailbox.is_default
    assert SECRET not in mailbox.imap_password + mailbox.smtp_password
    assert opened(mailbox.imap_password) == opened(mailbox.smtp_password) == SECRET


@pytest.mark.django_db
def test_a_password_is_in_no_page_event_or_log(
    mailbox: Mailbox, olena: Client, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    sealed = mailbox.imap_password
    pages = [
        olena.get("/manage/"),
        olena.get("/manage/mailboxes/"),
        olena.get(f"/manage/mailboxes/{mailbox.pk}/"),
        olena.post(f"/manage/mailboxes/{mailbox.pk}/", {**VALUES, "imap_port": "none"}),
        olena.post("/manage/mailboxes/check/", {**VALUES, "imap_port": "none", "mailbox": mailbox.pk}),
        olena.post("/manage/mailboxes/new/", {**VALUES, "name": ""}),
    ]
    for page in pages:
        assert page.status_code in {200, 422}
        assert SECRET not in page.content.decode()
        assert sealed not in page.content.decode()
    told = str(list(Event.objects.values_list("data", flat=True)))
    assert SECRET not in told
    assert sealed not in told
    output = capfd.readouterr()
    assert SECRET not in output.out + output.err + caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"address": "no address"}, "address"),
        ({"address": "help@vikno"}, "address"),
        ({"imap_host": "two words"}, "imap_host"),
        ({"imap_port": "0"}, "imap_port"),
        ({"imap_port": "70000"}, "imap_port"),
        ({"imap_port": "many"}, "imap_port"),
        ({"imap_security": "maybe"}, "imap_security"),
        ({"imap_password": ""}, "imap_password"),
        ({"smtp_password": ""}, "smtp_password"),
        ({"folders": "x" * 201}, "folders"),
        ({"after_import": "burn"}, "after_import"),
        ({"since": "yesterday"}, "since"),
        ({"team": "999999"}, "team"),
        ({"trusted_relay": "one two"}, "trusted_relay"),
    ],
)
def test_mistakes_are_said_at_the_field_and_what_was_typed_stays(
    change: dict[str, str], field: str, cast: Cast, olena: Client
) -> None:
    answer = olena.post("/manage/mailboxes/new/", VALUES | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "imap.vikno.example" in page or "imap_host" in change
    assert not Mailbox.objects.exists()
    assert not Event.objects.filter(kind__startswith="mailbox").exists()


@pytest.mark.django_db
def test_the_same_address_twice_is_refused(mailbox: Mailbox, olena: Client) -> None:
    answer = olena.post("/manage/mailboxes/new/", VALUES)
    assert answer.status_code == 422
    assert 'id="id_address_error"' in answer.content.decode()
    assert Mailbox.objects.count() == 1


@pytest.mark.django_db
def test_an_empty_password_keeps_the_stored_one_but_never_for_another_server(
    mailbox: Mailbox, olena: Client
) -> None:
    silent = {**VALUES, "imap_password": "", "smtp_password": ""}
    assert olena.post(f"/manage/mailboxes/{mailbox.pk}/", {**silent, "name": "Helpdesk"}).status_code == 303
    mailbox.refresh_from_db()
    assert mailbox.name == "Helpdesk"
    assert opened(mailbox.imap_password) == SECRET
    for change, field in (
        ({"imap_host": "evil.example"}, "imap"),
        ({"smtp_user": "other"}, "smtp"),
        ({"smtp_security": "none"}, "smtp"),
    ):
        answer = olena.post(f"/manage/mailboxes/{mailbox.pk}/", silent | change)
        assert answer.status_code == 422
        assert f'id="id_{field}_password_error"' in answer.content.decode()
        tried = olena.post("/manage/mailboxes/check/", {**silent, **change, "mailbox": mailbox.pk})
        assert tried.status_code == 422
    mailbox.refresh_from_db()
    assert mailbox.imap_host == "imap.vikno.example"


@pytest.mark.django_db
def test_taking_the_server_away_takes_its_password_too(mailbox: Mailbox, olena: Client) -> None:
    olena.post(
        f"/manage/mailboxes/{mailbox.pk}/", {**VALUES, "imap_host": "", "imap_password": "", "smtp_password": ""}
    )
    mailbox.refresh_from_db()
    assert mailbox.imap_password == ""
    assert opened(mailbox.smtp_password) == SECRET


@pytest.mark.django_db
def test_only_one_mailbox_is_the_default(mailbox: Mailbox, olena: Client) -> None:
    second = {**VALUES, "address": "second@vikno.example", "is_default": "on"}
    assert olena.post("/manage/mailboxes/new/", second).status_code == 303
    assert list(Mailbox.objects.filter(is_default=True).values_list("address", flat=True)) == [
        "second@vikno.example"
    ]


@pytest.mark.django_db
def test_switching_off_and_deleting_keeps_letters(mailbox: Mailbox, olena: Client) -> None:
    letter = Letter.objects.create(
        source="smtp", source_key="smtp:1", mailbox=mailbox, raw=files.store(b"Subject: x"), size=10
    )
    olena.post(f"/manage/mailboxes/{mailbox.pk}/switch/", {"active": ""})
    assert not Mailbox.objects.get().is_active
    assert "1 letter came by it" in olena.get(f"/manage/mailboxes/{mailbox.pk}/").content.decode()
    olena.post(f"/manage/mailboxes/{mailbox.pk}/delete/")
    assert not Mailbox.objects.exists()
    letter.refresh_from_db()
    assert letter.mailbox is None
    assert olena.get(f"/manage/mailboxes/{mailbox.pk}/").status_code == 404
    kinds = list(Event.objects.filter(kind__startswith="mailbox").order_by("id").values_list("kind", flat=True))
    assert kinds == ["mailbox.created", "mailbox.changed", "mailbox.deleted"]


@pytest.mark.django_db
def test_the_connection_is_tried_against_real_servers_step_by_step(cast: Cast, olena: Client) -> None:
    with smtp_server() as port:
        values = {**VALUES, "imap_host": "127.0.0.1", "imap_port": str(closed_port()), "smtp_host": "127.0.0.1"}
        values |= {"smtp_port": str(port), "smtp_security": "none", "smtp_user": "", "smtp_password": ""}
        answer = olena.post("/manage/mailboxes/check/", values)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Receiving by IMAP" in page
    assert "Cannot be reached" in page
    assert "Sending by SMTP" in page
    assert page.count("tabler--circle-check") == 4, page
    assert page.count("tabler--circle-x") == 1
    assert not Mailbox.objects.exists()


@contextmanager
def smtp_server() -> Iterator[int]:
    """A real SMTP server on loopback."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Sink

    controller = Controller(Sink(), hostname="127.0.0.1", port=closed_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_no_thread_is_left_behind() -> None:
    assert not [thread for thread in threading.enumerate() if "mailbox" in thread.name]


@pytest.mark.django_db
def test_a_certificate_is_pasted_and_what_is_none_is_refused(
    mailbox: Mailbox, olena: Client, tmp_path: Path
) -> None:
    write_certificate(tmp_path / "server.pem")
    whole, good = (tmp_path / "server.pem").read_text(), certificate_of(tmp_path / "server.pem")
    page = f"/manage/mailboxes/{mailbox.pk}/"
    for bad in ("no certificate", good[:200], whole, "-----BEGIN CERTIFICATE-----\né\n-----END CERTIFICATE-----"):
        answer = olena.post(page, {**VALUES, "trusted_certificate": bad})
        assert answer.status_code == 422
        assert 'id="id_trusted_certificate_error"' in answer.content.decode()
    without = {**VALUES, "imap_password": "", "smtp_password": "", "trusted_certificate": good}
    again = olena.post(page, without)  # who could vouch for another server must know the passwords
    assert (again.status_code, "Enter the password again" in again.content.decode()) == (422, True)
    assert olena.post(page, {**VALUES, "trusted_certificate": good}).status_code == 303
    mailbox.refresh_from_db()
    assert mailbox.trusted_certificate == good.strip()
    assert olena.post(page, {**without, "trusted_certificate": good.replace("\n", "\r\n")}).status_code == 303
    assert olena.post(page, {**without, "trusted_certificate": ""}).status_code == 303
    mailbox.refresh_from_db()
    assert (mailbox.trusted_certificate, opened(mailbox.imap_password)) == ("", SECRET)

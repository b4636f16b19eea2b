"""Sending over TLS, begun at once or by STARTTLS, to a real server with a certificate of its own."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from okno.channels.email.models import Mailbox
from okno.channels.email.outgoing.checking import check_smtp
from okno.channels.email.tests.outgoing.acting import answer, ask
from okno.channels.email.tests.outgoing.conftest import Keys, Server, make_mailbox
from okno.core.drains import run_until_empty
from okno.core.models import Delivery
from okno.testing.cast import Cast
from okno.testing.dovecot import certificate_of, write_certificate

pytestmark = pytest.mark.django_db


class CountedKeys(Keys):
    """Notes over which connections a password came."""

    def __init__(self) -> None:
        self.encrypted: list[bool] = []

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        transport = server.transport
        self.encrypted.append(transport is not None and transport.get_extra_info("ssl_object") is not None)
        return super().__call__(server, session, envelope, mechanism, data)


@dataclass
class Secure:
    """A server that speaks TLS in one of the two ways, with a certificate for 127.0.0.1 that nobody knows."""

    server: Server
    way: str
    keys: CountedKeys
    certificate: Path

    def mailbox(self, **more: object) -> Mailbox:
        return make_mailbox(self.server.port, smtp_security=self.way, smtp_user="support", **more)


@pytest.fixture(params=["starttls", "ssl"])
def secure(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Secure]:
    certificate, keys = tmp_path / "server.pem", CountedKeys()
    write_certificate(certificate)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if request.param == "starttls":
        server = Server(tls_context=context, require_starttls=True, authenticator=keys, auth_required=True)
    else:
        server = Server(ssl_context=context, authenticator=keys, auth_required=True, auth_require_tls=False)
    server.start()
    yield Secure(server, str(request.param), keys, certificate)
    server.stop()


@pytest.fixture
def trusted(secure: Secure, monkeypatch: pytest.MonkeyPatch) -> Secure:
    """The same, with its certificate known to the machine."""
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.certificate))
    return secure


def send(cast: Cast) -> Delivery:
    answer(cast, ask(cast))
    run_until_empty("events", "deliveries")
    return Delivery.objects.get()


def test_letters_and_passwords_go_encrypted(cast: Cast, trusted: Secure) -> None:
    box = trusted.mailbox()
    assert [(step.name, step.ok) for step in check_smtp(box)] == [
        ("connect", True), ("encrypt", True), ("login", True), ("sender", True),
    ]  # fmt: skip
    assert send(cast).state == "sent"
    assert [to for _sender, to, _raw in trusted.server.post.taken] == [["marta@kawa.example"]]
    assert trusted.keys.encrypted == [True, True]
    box.refresh_from_db()
    assert box.smtp_error == ""


def refused(cast: Cast, secure: Secure, box: Mailbox) -> None:
    """Neither password nor letter went there, and the mailbox says why."""
    delivery = send(cast)
    assert (delivery.state, delivery.is_blocked, delivery.attempts) == ("queued", True, 0)
    assert "certificate" in delivery.last_error.lower()
    assert (secure.keys.encrypted, secure.server.post.taken) == ([], [])
    assert not check_smtp(box)[-1].ok
    box.refresh_from_db()
    assert "certificate" in box.smtp_error.lower()


def test_a_certificate_that_nobody_knows_is_refused(cast: Cast, secure: Secure) -> None:
    refused(cast, secure, secure.mailbox())


def test_letters_leave_by_a_server_whose_certificate_was_pasted(cast: Cast, secure: Secure) -> None:
    box = secure.mailbox(trusted_certificate=certificate_of(secure.certificate))
    assert all(step.ok for step in check_smtp(box))
    assert send(cast).state == "sent"
    assert secure.keys.encrypted == [True, True]


def test_a_pasted_certificate_is_no_leave_for_another_name(cast: Cast, secure: Secure) -> None:
    box = secure.mailbox(smtp_host="localhost", trusted_certificate=certificate_of(secure.certificate))
    refused(cast, secure, box)


def test_a_certificate_of_another_name_is_refused(cast: Cast, trusted: Secure) -> None:
    refused(cast, trusted, trusted.mailbox(smtp_host="localhost"))


def test_a_wrong_password_over_tls_is_the_mailboxs_trouble(cast: Cast, trusted: Secure) -> None:
    trusted.mailbox(smtp_password="")
    delivery = send(cast)
    assert (delivery.state, delivery.is_blocked) == ("queued", True)
    assert "535" in delivery.last_error
    assert trusted.server.post.taken == []

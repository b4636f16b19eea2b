"""A mailbox, a real SMTP server on loopback that says what it is told to, and letters read back by other means."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Parsed

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from okno.channels.email import passwords
from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.core import files


class Post:
    """The receiving end: keeps what was taken, and refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.sessions = 0
        self.on_mail: dict[str, str] = {}
        self.on_recipient: dict[str, str] = {}
        self.on_data: list[str] = []
        vars(self).update(
            handle_EHLO=self.hello, handle_MAIL=self.sender, handle_RCPT=self.recipient, handle_DATA=self.letter
        )

    async def hello(
        self, _server: SMTP, session: Session, _e: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = name
        return answers

    async def sender(self, _server: SMTP, _s: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        refusal = self.on_mail.get(address)
        if refusal:
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def recipient(self, _server: SMTP, _s: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        refusal = self.on_recipient.get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def letter(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        answer = self.on_data.pop(0) if self.on_data else "250 OK"
        if answer.startswith("250"):
            self.taken.append((envelope.mail_from or "", list(envelope.rcpt_tos), bytes(envelope.content or b"")))
        return answer

    def ids(self) -> list[str]:
        return [str(message_from_bytes(raw)["Message-ID"]) for _sender, _to, raw in self.taken]


class Keys:
    """Takes one name and password."""

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        name, password = getattr(data, "login", b""), getattr(data, "password", b"")
        return AuthResult(success=(name, password) == (b"support", b"right"), handled=False)


class Server:
    """A server that can be stopped and started again on the same port."""

    def __init__(self, **options: object) -> None:
        self.post = Post()
        self.options = options
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self.post, hostname="127.0.0.1", port=self.port, **self.options)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop(no_assert=True)
            self.controller = None


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def locked_server() -> Iterator[Server]:
    """A server that wants a login."""
    made = Server(authenticator=Keys(), auth_required=True, auth_require_tls=False)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    """A mailbox whose server is not asked for anything."""
    return make_mailbox(port=9)


@pytest.fixture
def posting(db: None, server: Server) -> Mailbox:
    """A mailbox with a server that takes letters."""
    return make_mailbox(port=server.port)


def make_mailbox(port: int, **changes: object) -> Mailbox:
    facts: dict[str, object] = {
        "name": "Vikno Service",
        "address": "support@vikno.example",
        "is_default": True,
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "smtp_password": passwords.sealed("right"),
    }
    return Mailbox.objects.create(**(facts | changes))


def parsed(letter: OutgoingLetter) -> Parsed:
    """The letter as the old, independent parser of the standard library reads it."""
    return message_from_bytes(files.read(letter.raw))


def raw_of(letter: OutgoingLetter) -> bytes:
    return files.read(letter.raw)


def part_text(letter: Parsed, kind: str) -> str:
    """The decoded text of the first part of this type."""
    for part in letter.walk():
        if part.get_content_type() == kind:
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return payload.decode("utf-8").replace("\r\n", "\n")
    raise AssertionError(f"no {kind}")

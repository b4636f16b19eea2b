"""A mailbox's SMTP server: connecting, encrypting, signing in, and handing over one letter (RFC 5321)."""

from __future__ import annotations

import contextlib
import smtplib

from okno.channels.email import passwords
from okno.channels.email.certificates import tls_context
from okno.channels.email.models import Mailbox
from okno.core.secrets import SecretUnreadable

TIMEOUT = 30.0
"""Seconds for connecting and for each answer of the server."""


class Unusable(Exception):
    """The server cannot be used at all now; ``stage`` is connect, encrypt or login."""

    def __init__(self, stage: str, message: str, *, hard: bool = False) -> None:
        super().__init__(message)
        self.stage = stage
        self.message = message
        self.hard = hard


class Refusal(Exception):
    """The server's own words of refusal, and at which command."""

    def __init__(self, code: int, text: str, command: str) -> None:
        super().__init__(f"{code} {text} ({command})")
        self.code = code
        self.command = command

    @property
    def is_permanent(self) -> bool:
        return self.code >= 500


def connect(mailbox: Mailbox) -> smtplib.SMTP:
    """A connection on which EHLO was said; with SSL it is encrypted already. Raises ``Unusable``."""
    host, port = mailbox.smtp_host, mailbox.smtp_port
    own_name = mailbox.address.rpartition("@")[2] or "localhost"
    try:
        if mailbox.smtp_security == Mailbox.Security.SSL:
            context = tls_context(mailbox)
            connection: smtplib.SMTP = smtplib.SMTP_SSL(host, port, own_name, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(host, port, own_name, timeout=TIMEOUT)
        connection.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Unusable("connect", f"{host}:{port}: {said(error)}") from error
    return connection


def encrypt(connection: smtplib.SMTP, mailbox: Mailbox) -> None:
    """STARTTLS where the mailbox asks for it; a server without it gets neither password nor letter."""
    if mailbox.smtp_security != Mailbox.Security.STARTTLS:
        return
    try:
        code, answer = connection.starttls(context=tls_context(mailbox))
        if code != 220:
            raise smtplib.SMTPResponseException(code, answer)
        connection.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Unusable("encrypt", f"{mailbox.smtp_host}: {said(error)}") from error


def login(connection: smtplib.SMTP, mailbox: Mailbox) -> None:
    """Signs in where the mailbox has a user name."""
    if not mailbox.smtp_user:
        return
    try:
        connection.login(mailbox.smtp_user, passwords.opened(mailbox.smtp_password))
    except SecretUnreadable as error:
        message = "the stored password cannot be read with this key; enter it again"
        raise Unusable("login", message, hard=True) from error
    except smtplib.SMTPAuthenticationError as error:
        raise Unusable("login", f"{mailbox.smtp_host}: {said(error)}", hard=True) from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise Unusable("login", f"{mailbox.smtp_host}: {said(error)}") from error


def open_connection(mailbox: Mailbox) -> smtplib.SMTP:
    """A connection that is ready to take letters; it is closed again when that does not come off."""
    connection = connect(mailbox)
    try:
        encrypt(connection, mailbox)
        login(connection, mailbox)
    except Unusable:
        close(connection)
        raise
    return connection


def close(connection: smtplib.SMTP) -> None:
    """Takes leave politely if the server still listens."""
    with contextlib.suppress(OSError, smtplib.SMTPException):
        connection.quit()
    with contextlib.suppress(OSError):
        connection.close()


def hand_over(connection: smtplib.SMTP, sender: str, recipient: str, raw: bytes) -> None:
    """One letter for one recipient. Raises ``Refusal`` with the server's words, or the connection's own error."""
    options = [f"size={len(raw)}"] if connection.has_extn("size") else []
    if not (sender.isascii() and recipient.isascii() and raw.isascii()):
        if not connection.has_extn("smtputf8"):
            raise Refusal(553, "the server takes no addresses in other letters than Latin ones", "SMTPUTF8")
        options += ["SMTPUTF8", "BODY=8BITMIME"]
    _expect(connection.mail(sender, options), {250}, "MAIL FROM")
    _expect(connection.rcpt(recipient), {250, 251}, "RCPT TO")
    try:
        answer = connection.data(raw)
    except smtplib.SMTPDataError as error:
        raise Refusal(error.smtp_code, _text(error.smtp_error), "DATA") from error
    _expect(answer, {250}, "DATA")


def _expect(answer: tuple[int, bytes], good: set[int], command: str) -> None:
    code, text = answer
    if code not in good:
        raise Refusal(code, _text(text), command)


def said(error: Exception) -> str:
    """The server's answer, or what the connection died of, in one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "no answer in time"
    return f"{type(error).__name__}: {error}"[:500]


def _text(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:1000]

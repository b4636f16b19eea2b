"""Trying a mailbox's SMTP settings step by step, for the page on which they are entered."""

from __future__ import annotations

import smtplib

from django.utils.translation import gettext as _

from okno.channels.email.models import Mailbox
from okno.channels.email.outgoing import servers
from okno.channels.email.steps import Step


def check_smtp(mailbox: Mailbox) -> list[Step]:
    """Connects, encrypts, signs in and names the sender, and sends nothing; it stops at the first failure."""
    if not mailbox.smtp_host:
        return [Step("connect", _("Connection"), ok=False, detail=_("No server is named."))]
    try:
        connection = servers.connect(mailbox)
    except servers.Unusable as trouble:
        return [Step("connect", _("Connection"), ok=False, detail=trouble.message)]
    steps = [Step("connect", _("Connection"), ok=True, detail=f"{mailbox.smtp_host}:{mailbox.smtp_port}")]
    try:
        steps += _inside(connection, mailbox)
    finally:
        servers.close(connection)
    return steps


def _inside(connection: smtplib.SMTP, mailbox: Mailbox) -> list[Step]:
    labels = {"encrypt": _("Encryption"), "login": _("Login"), "sender": _("Sender")}
    steps = []
    try:
        servers.encrypt(connection, mailbox)
        steps.append(Step("encrypt", labels["encrypt"], ok=True, detail=_encryption(connection, mailbox)))
        servers.login(connection, mailbox)
        steps.append(Step("login", labels["login"], ok=True, detail=mailbox.smtp_user or _("without a login")))
        steps.append(_sender_step(connection, mailbox, labels["sender"]))
    except servers.Unusable as trouble:
        steps.append(Step(trouble.stage, labels[trouble.stage], ok=False, detail=trouble.message))
    return steps


def _sender_step(connection: smtplib.SMTP, mailbox: Mailbox, label: str) -> Step:
    try:
        code, answer = connection.mail(mailbox.address)
        connection.rset()
    except (OSError, smtplib.SMTPException) as error:
        return Step("sender", label, ok=False, detail=servers.said(error))
    refusal = servers.Refusal(code, answer.decode("utf-8", "replace"), "MAIL FROM")
    return Step("sender", label, ok=code == 250, detail=mailbox.address if code == 250 else str(refusal))


def _encryption(connection: smtplib.SMTP, mailbox: Mailbox) -> str:
    if mailbox.smtp_security == Mailbox.Security.NONE:
        return _("none: passwords and letters travel in the open")
    version = getattr(connection.sock, "version", None)
    return str(version()) if version else ""

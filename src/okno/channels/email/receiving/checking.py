"""Trying a mailbox's IMAP settings step by step, for the settings page."""

from __future__ import annotations

import socket
import ssl
from typing import Any

from django.utils.translation import gettext as _
from imapclient.exceptions import IMAPClientError, LoginError

from okno.channels.email.models import Mailbox
from okno.channels.email.passwords import opened
from okno.channels.email.receiving.imap import CONNECT_SECONDS, ServerMistake, Session, connect, drop
from okno.channels.email.receiving.watching import folders_of
from okno.channels.email.steps import Step
from okno.core.secrets import SecretUnreadable


def check_imap(mailbox: Mailbox) -> list[Step]:
    """Reaches the server, encrypts, signs in, opens the folders; stops at the first step that fails."""
    steps = [_reach(mailbox)]
    if not steps[-1].ok:
        return steps
    client, step = _encrypt(mailbox)
    steps.append(step)
    if client is None:
        return steps
    try:
        steps.append(_sign_in(client, mailbox))
        if steps[-1].ok:
            session = Session(client)
            steps += [_open(session, name) for name in folders_of(mailbox)]
            steps.append(_waiting(session))
    finally:
        drop(client)
    return steps


def _reach(mailbox: Mailbox) -> Step:
    label = _("The server answers")
    try:
        with socket.create_connection((mailbox.imap_host, mailbox.imap_port), timeout=CONNECT_SECONDS):
            pass
    except OSError as error:
        return Step("connect", label, False, _("Cannot be reached: %(error)s") % {"error": error})
    return Step("connect", label, True, f"{mailbox.imap_host}:{mailbox.imap_port}")


def _encrypt(mailbox: Mailbox) -> tuple[Any, Step]:
    label = _("The connection is encrypted")
    try:
        client = connect(mailbox)
    except ssl.SSLCertVerificationError as error:
        detail = _("The certificate is not to be trusted: %(error)s") % {"error": error.verify_message}
        return None, Step("encrypt", label, False, detail)
    except (OSError, IMAPClientError) as error:
        return None, Step("encrypt", label, False, _("Not with these settings: %(error)s") % {"error": error})
    if mailbox.imap_security == Mailbox.Security.NONE:
        return client, Step("encrypt", label, True, _("Without encryption, as the settings say."))
    return client, Step("encrypt", label, True, "TLS")


def _sign_in(client: Any, mailbox: Mailbox) -> Step:
    label = _("Sign-in")
    try:
        client.login(mailbox.imap_user or mailbox.address, opened(mailbox.imap_password))
    except LoginError as error:
        return Step(
            "login", label, False, _("The server refuses user name and password: %(error)s") % {"error": error}
        )
    except SecretUnreadable:
        return Step("login", label, False, _("The stored password cannot be read any more. Enter it again."))
    except (OSError, IMAPClientError) as error:
        return Step("login", label, False, str(error))
    return Step("login", label, True, mailbox.imap_user or mailbox.address)


def _open(session: Session, folder: str) -> Step:
    label = _("Folder %(folder)s") % {"folder": folder}
    try:
        opened_folder = session.open(folder, readonly=True)
    except (OSError, IMAPClientError, ServerMistake) as error:
        return Step("folder", label, False, str(error))
    return Step("folder", label, True, _("Letters: %(count)d") % {"count": opened_folder.count})


def _waiting(session: Session) -> Step:
    if session.can(b"IDLE"):
        return Step("waiting", _("New letters"), True, _("The server tells of them at once."))
    return Step(
        "waiting", _("New letters"), True, _("The server does not tell of them; it is asked every half a minute.")
    )

"""Access details of a ticket: giving, reading and erasing them (F198)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock, events, secrets
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.text import one_line
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Ticket, TicketSecret
from okno.tickets.operations.change import changing
from okno.workflow.rules import State

LABEL_LIMIT = 100
VALUE_LIMIT = 8_000
"""Characters; a private key of 4,096 bits has some 3,300."""
MOST = 20
"""So many a ticket holds at a time."""

Because = TicketSecret.Because


def check_secret(label: str, value: str) -> None:
    """Refuses what cannot be kept, at its field; ``value`` never stands in the message."""
    problems = {}
    if not one_line(label):
        problems["label"] = [_("Say what it opens: “VPN”, “administrator of the shop”.")]
    elif len(one_line(label)) > LABEL_LIMIT:
        problems["label"] = [_("This is longer than %(limit)d characters.") % {"limit": LABEL_LIMIT}]
    if not value.strip():
        problems["value"] = [_("Write the password or the key.")]
    elif len(value) > VALUE_LIMIT:
        problems["value"] = [_("This is longer than %(limit)d characters.") % {"limit": VALUE_LIMIT}]
    elif "\x00" in value:
        problems["value"] = [_("This holds a character that cannot be stored (NUL).")]
    if problems:
        raise Invalid(problems)


def keep(actor: Actor, ticket: Ticket, label: str, value: str) -> TicketSecret:
    """Keeps a password or key encrypted until the ticket closes; clients and employees may give one."""
    check_secret(label, value)
    with changing(actor, "answer" if actor.is_contact else "note", ticket) as locked:
        if locked.secrets.filter(erased_at=None).count() >= MOST:
            raise Invalid({"value": [_("Erase some first: a ticket holds %(most)d at most.") % {"most": MOST}]})
        return _write(actor, locked, label, value)


def keep_with_new(actor: Actor, ticket: Ticket, label: str, value: str) -> TicketSecret:
    """The same as part of a registration, within its transaction: whoever may register may give what is asked."""
    check_secret(label, value)
    return _write(actor, ticket, label, value)


def reveal(actor: Actor, secret_id: int) -> str:
    """The value, for an employee with the right to it; that it was shown stands in the history and the audit log.

    ``Conflict`` says that it is erased, or was encrypted with another key than the present one.
    """
    with transaction.atomic():
        row = _seen(actor, secret_id)
        if not actor.is_agent:
            raise Forbidden(_("This is done by employees."))
        access.require(actor, "secrets", row.ticket)
        if row.erased_at is not None:
            raise Conflict(_("These access details are erased."), code="secret_erased")
        try:
            value = secrets.decrypt(_purpose(row.ticket_id), row.ciphertext)
        except secrets.SecretUnreadable as error:
            message = _(
                "These access details were encrypted with another secret key than the present one and cannot be "
                "shown. Ask the operator of Okno for the former key file, or the client for the details."
            )
            raise Conflict(message, code="secret_unreadable") from error
        events.record(actor, kinds.SECRET_REVEALED, row.ticket, _facts(row))
        events.record(actor, kinds.SECRET_READ, row, {"label": row.label, "number": row.ticket.number})
    return value


def erase(actor: Actor, secret: TicketSecret) -> TicketSecret:
    """Erases the value for good; a contact what he gave himself, an employee what may be noted on or read."""
    ticket = _seen(actor, secret.pk).ticket
    if actor.is_contact and secret.contact_id != actor.id:
        raise Forbidden(_("Whoever gave access details removes them."))
    verb = "answer" if actor.is_contact else "secrets" if access.may(actor, "secrets", ticket) else "note"
    with changing(actor, verb, ticket) as locked:
        row = TicketSecret.objects.get(pk=secret.pk, ticket=locked)
        if row.erased_at is None:
            _erase(actor, locked, row, Because.ASKED)
    return row


def erase_all(actor: Actor, ticket: Ticket, because: str = Because.CLOSED) -> int:
    """What closing a ticket, which its operation has locked, does to its access details; how many there were."""
    rows = list(ticket.secrets.filter(erased_at=None))
    for row in rows:
        _erase(actor, ticket, row, because)
    return len(rows)


def _write(actor: Actor, ticket: Ticket, label: str, value: str) -> TicketSecret:
    if ticket.state == State.CLOSED:
        message = _("The ticket is closed, so access details would be erased at once. Take it up again first.")
        raise Conflict(message, code="ticket_closed")
    row = TicketSecret.objects.create(
        ticket=ticket,
        label=one_line(label),
        # forms send line ends of their own, with which programs refuse a key
        ciphertext=secrets.encrypt(_purpose(ticket.pk), value.replace("\r\n", "\n").replace("\r", "\n")),
        agent_id=actor.id if actor.is_agent else None,
        contact_id=actor.id if actor.is_contact else None,
        giver=actor.name,
        created_at=clock.now(),
    )
    events.record(actor, kinds.SECRET_KEPT, ticket, _facts(row))
    return row


def _seen(actor: Actor, secret_id: int) -> TicketSecret:
    found = access.secrets_visible_to(actor).select_related("ticket").filter(pk=secret_id).first()
    if found is None:
        raise NotVisible(_("There are no such access details, or they are not for you to see."))
    return found


def _erase(actor: Actor, ticket: Ticket, row: TicketSecret, because: str) -> None:
    row.ciphertext, row.erased_at, row.erased_because = "", clock.now(), because
    row.save(update_fields=["ciphertext", "erased_at", "erased_because"])
    events.record(actor, kinds.SECRET_ERASED, ticket, {**_facts(row), "because": str(because)})


def _facts(row: TicketSecret) -> dict[str, object]:
    return {"which": row.pk, "label": row.label}


def _purpose(ticket: int) -> str:
    """A key for each ticket: a ciphertext that is put into another ticket's row opens nothing there."""
    return f"secret of ticket {ticket}"

"""In whose name a letter leaves: which mailbox, and under which name."""

from __future__ import annotations

from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.outgoing.declarations import SENDER_NAME
from okno.core.declarations import COMPANY_NAME
from okno.tickets.models import Ticket


def mailbox_for(ticket: Ticket) -> Mailbox | None:
    """The active mailbox at which the ticket's last letter arrived, else its team's, else the default one."""
    arrived = Letter.objects.filter(ticket=ticket, mailbox__is_active=True)
    last = arrived.select_related("mailbox").only("mailbox").order_by("-id").first()
    if last is not None and last.mailbox is not None:
        return last.mailbox
    active = Mailbox.objects.filter(is_active=True)
    of_team = active.filter(team=ticket.team_id).first() if ticket.team_id else None
    return of_team or active.order_by("-is_default", "id").first()


def server_for(mailbox: Mailbox | None) -> Mailbox | None:
    """The mailbox whose SMTP server takes the letters of this one: itself, else the default one (F238).

    One that was switched off sends nothing: what waits for it leaves by the default one too.
    """
    if mailbox is not None and mailbox.is_active and mailbox.smtp_host:
        return mailbox
    return Mailbox.objects.filter(is_active=True).exclude(smtp_host="").order_by("-is_default", "id").first()


def company_name(mailbox: Mailbox) -> str:
    """How our company is called in letters: as the settings say, else as the mailbox is called."""
    return COMPANY_NAME() or mailbox.name


def sender_name(mailbox: Mailbox, agent: str) -> str:
    """The name in From, after the pattern of the settings; a letter that no agent wrote has the company's."""
    company = company_name(mailbox)
    if not agent:
        return company
    return SENDER_NAME().replace("{agent}", agent).replace("{company}", company)

"""The mailbox of the demo company. It has no server: letters come by the demo's own port and leave for the outbox."""

from __future__ import annotations

from okno.channels.email.models import Mailbox
from okno.people.models import Team

ADDRESS = "support@vikno.example"


def add_mailbox(team: Team) -> Mailbox:
    """The one address at which the demo company is written to."""
    return Mailbox.objects.create(name="Vikno Service", address=ADDRESS, is_default=True, team=team)

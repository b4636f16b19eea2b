"""Mailboxes hold the teams to which they bring requests (F161)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okno.channels.email.models import Mailbox
from okno.channels.email.operations.mailboxes import replace_team
from okno.core.uses import Holder, register_holder, rows_told
from okno.people.models import Team


def mailboxes_of(team: Team) -> tuple[int, list[str]]:
    """The mailboxes whose letters are the team's."""
    return rows_told(Mailbox.objects.filter(team=team))


register_holder(Team, Holder(_("Mailboxes"), mailboxes_of, replace_team, "mailboxes"))

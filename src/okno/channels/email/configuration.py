"""What of mailboxes and the blacklist stands in the configuration file. Passwords never do (T28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.channels.email.models import BlacklistRule, Mailbox
from okno.channels.email.operations import blacklist, mailboxes
from okno.channels.email.operations.blacklist import RuleFacts
from okno.channels.email.operations.mailbox_facts import lacks_password
from okno.core.configuration import Importing, Row, Section, register
from okno.core.faults import Invalid
from okno.people.portable import team_named

TO_BE_ENTERED = "to be entered"
"""What stands in the file where there is a password."""


class MailboxRow(Row):
    """A mailbox by its address, with its servers and without its passwords."""

    address: str
    name: str
    is_active: bool = True
    is_default: bool = False
    team: str = ""
    imap_host: str = ""
    imap_port: int = 993
    imap_security: str = "ssl"
    imap_user: str = ""
    imap_password: str = ""
    folders: list[str] = []
    after_import: str = "seen"
    since: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    trusted_relay: str = ""


SPECIAL = {"team", "since", "imap_password", "smtp_password"}
PLAIN = [name for name in MailboxRow.model_fields if name not in SPECIAL]


class Mailboxes(Section[MailboxRow]):
    """Mailboxes. One whose password is not here yet comes switched off, and waits for it."""

    key, label, place, right, identity = "mailboxes", gettext_lazy("Mailboxes"), 160, "mail.manage", ("address",)
    row, models = MailboxRow, (Mailbox,)

    def held(self) -> Iterator[tuple[int, MailboxRow]]:
        for box in Mailbox.objects.select_related("team").order_by("address"):
            said: dict[str, Any] = {name: getattr(box, name) for name in PLAIN}
            yield (
                box.pk,
                MailboxRow(
                    **said,
                    team=box.team.name if box.team else "",
                    since=box.since.isoformat() if box.since else "",
                    imap_password=TO_BE_ENTERED if box.imap_host else "",
                    smtp_password=TO_BE_ENTERED if box.smtp_host and box.smtp_user else "",
                ),
            )

    def write(self, importing: Importing, item: MailboxRow, pk: int | None) -> None:
        values: dict[str, Any] = {name: getattr(item, name) for name in PLAIN}
        values["team"] = team_named(item.team, "team") if item.team else None
        values["since"] = _moment(item.since)
        if pk is None:
            box = mailboxes.create_mailbox(importing.actor, values, drops_passwords=True)
        else:
            present = Mailbox.objects.get(pk=pk)
            box = mailboxes.change_mailbox(importing.actor, present, values, drops_passwords=True)
        if lacks_password(box):
            text = _("%(address)s stays switched off until its password is entered on its page.")
            importing.note(self.key, text % {"address": box.address})

    def switch_off(self, importing: Importing, pk: int) -> None:
        mailboxes.switch_mailbox(importing.actor, Mailbox.objects.get(pk=pk), active=False)


class BlockRow(Row):
    """What is not processed: by sender or by a piece of text."""

    kind: str
    pattern: str
    is_active: bool = True
    note: str = ""


class Blacklist(Section[BlockRow]):
    """The blacklist, without how often each has worked."""

    key, label, place, right = "blacklist", gettext_lazy("Blacklist"), 170, "mail.manage"
    identity = ("kind", "pattern")
    row, models = BlockRow, (BlacklistRule,)

    def held(self) -> Iterator[tuple[int, BlockRow]]:
        for rule in BlacklistRule.objects.order_by("kind", "pattern"):
            yield rule.pk, BlockRow(kind=rule.kind, pattern=rule.pattern, is_active=rule.is_active, note=rule.note)

    def write(self, importing: Importing, item: BlockRow, pk: int | None) -> None:
        facts = RuleFacts(item.kind, item.pattern, item.note, item.is_active)
        if pk is None:
            blacklist.create_rule(importing.actor, facts)
        else:
            blacklist.change_rule(importing.actor, BlacklistRule.objects.get(pk=pk), facts)

    def switch_off(self, importing: Importing, pk: int) -> None:
        rule = BlacklistRule.objects.get(pk=pk)
        facts = RuleFacts(rule.kind, rule.pattern, rule.note, is_active=False)
        blacklist.change_rule(importing.actor, rule, facts)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid({"since": [_("“%(text)s” is no moment in time.") % {"text": text[:40]}]}) from error


register(Mailboxes())
register(Blacklist())

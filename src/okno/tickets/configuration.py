"""What of canned replies stands in the configuration file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from okno.core.configuration import Importing, Row, Section, register
from okno.tickets.models import CannedReply
from okno.tickets.operations import canned
from okno.tickets.operations.canned import CannedFacts


class ReplyRow(Row):
    """A canned reply without its files."""

    group: str = ""
    title: str
    shortcut: str = ""
    language: str = ""
    is_active: bool = True
    is_closing: bool = False
    html: str


class CannedReplies(Section[ReplyRow]):
    """Canned replies by group and title. Their files stay with the installation and its backup."""

    key, label, place = "canned_replies", _("Canned replies"), 150
    identity, repeats = ("group", "title"), True
    row, models = ReplyRow, (CannedReply,)

    def held(self) -> Iterator[tuple[int, ReplyRow]]:
        names = ("group", "title", "shortcut", "language", "is_active", "is_closing", "html")
        replies = CannedReply.objects.order_by("pk")
        for reply in sorted(replies, key=lambda reply: (reply.group.casefold(), reply.title.casefold())):
            yield reply.pk, ReplyRow(**{name: getattr(reply, name) for name in names})

    def write(self, importing: Importing, item: ReplyRow, pk: int | None) -> None:
        facts = CannedFacts(**item.model_dump())
        if pk is None:
            canned.create_canned(importing.actor, facts)
        else:
            canned.change_canned(importing.actor, CannedReply.objects.get(pk=pk), facts)

    def switch_off(self, importing: Importing, pk: int) -> None:
        reply = CannedReply.objects.get(pk=pk)
        names = ("title", "html", "group", "shortcut", "language", "is_closing")
        facts = CannedFacts(**{name: getattr(reply, name) for name in names}, is_active=False)
        canned.change_canned(importing.actor, reply, facts)


register(CannedReplies())

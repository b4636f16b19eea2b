"""How many automatic letters may leave: a little for each address, and a limit for all together (T5, T6)."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from okno.channels.email.models import OutgoingLetter
from okno.channels.email.outgoing.declarations import RECEIPTS_PER_HOUR
from okno.channels.email.own_addresses import base_address
from okno.core import clock

PER_HOUR, PER_DAY = 1, 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THIS_HOUR = gettext_noop("this address got an automatic letter within the last hour")
THIS_DAY = gettext_noop("this address got five automatic letters within the last day")
ALL_TOGETHER = gettext_noop("the limit of automatic letters in an hour is reached")
_LOCK = 0x6F6B6E6F
"""Key of the advisory lock under which the budget is read and spent, by one worker at a time."""


def why_not(address: str) -> str:
    """Why no automatic letter may go to this address now, or nothing; call it in the sending transaction.

    Sub-addresses (``name+tag@``) share the budget of their mailbox.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    to_this = _automatic().filter(_same_mailbox(address))
    now = clock.now()
    if to_this.filter(created_at__gt=now - HOUR).count() >= PER_HOUR:
        return THIS_HOUR
    if to_this.filter(created_at__gt=now - DAY).count() >= PER_DAY:
        return THIS_DAY
    if _automatic().filter(created_at__gt=now - HOUR).count() >= RECEIPTS_PER_HOUR():
        return ALL_TOGETHER
    return ""


def _automatic() -> QuerySet[OutgoingLetter]:
    return OutgoingLetter.objects.filter(kind=OutgoingLetter.Kind.RECEIPT)


def _same_mailbox(address: str) -> Q:
    base = base_address(address)
    local, _at, domain = base.rpartition("@")
    tagged = Q(recipient__startswith=f"{local}+", recipient__endswith=f"@{domain}")
    return Q(recipient=base) | tagged

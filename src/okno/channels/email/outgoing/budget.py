"""How many automatic letters may leave: a little for each address, and a limit for all together (T5, T6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_noop

from okno.channels.email.outgoing.declarations import RECEIPTS_PER_HOUR
from okno.channels.email.own_addresses import base_address
from okno.core import clock

PER_HOUR, PER_DAY = 1, 5
PER_DAY_BY_FORM = 1
"""Anybody may write any address into a form, and it costs nothing."""

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THIS_HOUR = gettext_noop("this address got an automatic letter within the last hour")
THIS_DAY = gettext_noop("this address got as many automatic letters within the last day as one may get")
ALL_TOGETHER = gettext_noop("the limit of automatic letters in an hour is reached")
_LOCK = 0x6F6B6E6F
"""Key of the advisory lock under which the budget is read and spent, by one worker at a time."""

_SPENT = """
SELECT count(*) FILTER (WHERE is_same AND created_at > %(hour)s), count(*) FILTER (WHERE is_same),
    count(*) FILTER (WHERE created_at > %(hour)s)
FROM (
    SELECT created_at, recipient = %(address)s OR (
        starts_with(recipient, %(beginning)s) AND right(recipient, length(%(end)s)) = %(end)s
    ) AS is_same
    FROM email_outgoingletter WHERE kind = 'receipt' AND created_at > %(day)s
) AS sent
"""
"""What left to this mailbox in the last hour and day, and to all in the last hour."""


def why_not(address: str, per_day: int = PER_DAY) -> str:
    """Why no automatic letter may go to this address now, or nothing; call it in the sending transaction.

    ``per_day`` is how many it may get in a day: fewer where anybody may write any address (T5). Sub-addresses
    (``name+tag@``) share the budget of their mailbox.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        now = clock.now()
        local, _at, domain = base_address(address).rpartition("@")
        facts: dict[str, str | datetime] = {
            "address": f"{local}@{domain}",
            "beginning": f"{local}+",
            "end": f"@{domain}",
            "hour": now - HOUR,
            "day": now - DAY,
        }
        cursor.execute(_SPENT, facts)
        this_hour, this_day, together = cursor.fetchone()
    if this_hour >= PER_HOUR:
        return THIS_HOUR
    if this_day >= per_day:
        return THIS_DAY
    return ALL_TOGETHER if together >= RECEIPTS_PER_HOUR() else ""

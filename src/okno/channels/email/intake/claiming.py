"""Taking waiting letters so that no two workers process one, and so that a letter that kills is found out.

A claim first counts the attempt in a transaction of its own, then locks the rows in the transaction of the
work. A worker that dies frees the rows and leaves the count behind: such letters are taken one by one, and
after a second death read in a process of their own.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from okno.channels.email.models import Letter
from okno.channels.email.rules.limits import MEGABYTE
from okno.core import clock

BATCH = 20
BATCH_BYTES = 4 * MEGABYTE
LEASE = timedelta(seconds=2)
"""How long others leave a claimed letter alone until its row is locked; that of a dead worker waits as long."""


def claim() -> list[int]:
    """Ids of the letters to process now, each counted as tried once more."""
    with transaction.atomic():
        waiting = _due().select_for_update(skip_locked=True).order_by("id")
        chosen = _batch(list(waiting.values_list("id", "attempts", "size")[:BATCH]))
        if chosen:
            lease = clock.now() + LEASE
            Letter.objects.filter(pk__in=chosen).update(attempts=F("attempts") + 1, next_attempt_at=lease)
    return chosen


def lock(claimed: list[int]) -> list[Letter]:
    """The claimed letters, locked until the transaction ends."""
    rows = Letter.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk__in=claimed, state=Letter.State.STORED
    )
    return list(rows.select_related("raw", "mailbox__team").order_by("id"))


def unclaim(unused: list[int]) -> None:
    """Gives back letters that were claimed and not looked at; the attempt does not count."""
    if unused:
        Letter.objects.filter(pk__in=unused).update(attempts=F("attempts") - 1, next_attempt_at=None)


def _due() -> QuerySet[Letter]:
    is_due = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=clock.now())
    return Letter.objects.filter(is_due, state=Letter.State.STORED)


def _batch(rows: list[tuple[int, int, int]]) -> list[int]:
    """Fresh letters together up to a size; one that was tried before goes alone."""
    chosen: list[int] = []
    total = 0
    for pk, attempts, size in rows:
        total += size
        if chosen and (attempts or total > BATCH_BYTES):
            break
        chosen.append(pk)
        if attempts:
            break
    return chosen

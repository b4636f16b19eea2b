"""Taking the letters of one folder: what is above the mark is new, what is missing below it is found by comparing.

Whether a letter is marked as read plays no part: other programs read the same mailbox (W1). A letter is
marked or deleted on the server only after it is stored and committed (T7).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from okno.channels.email.declarations import SIZE_LIMIT
from okno.channels.email.fault_points import fault_point
from okno.channels.email.models import FolderPosition, Letter, Mailbox
from okno.channels.email.receiving.imap import Envelope, Folder, Session
from okno.channels.email.receiving.storing import Incoming, store_letters
from okno.channels.email.rules.limits import MEGABYTE
from okno.core import clock, logs

log = logs.get(__name__)
BATCH = 25
BATCH_BYTES = 8 * MEGABYTE
A_DAY = timedelta(days=1)


class FolderReader:
    """Takes the letters of one folder of one mailbox through one session."""

    def __init__(self, session: Session, mailbox: Mailbox, folder: Folder) -> None:
        self._session = session
        self._mailbox = mailbox
        self._folder = folder
        self._prefix = f"imap:{mailbox.pk}:{folder.name}:{folder.uidvalidity}:"
        self._position = self._find_position()
        self.problems: list[str] = []

    def take(self, *, compare: bool) -> int:
        """Takes what is new and, if asked to ``compare``, what is missing; returns how many letters were stored."""
        if compare:
            self._finish_what_was_left()
        taken = self._take_missing() if compare else 0
        new = self._session.uids_above(self._position.last_uid)
        taken += self._take(self._session.envelopes(new), moves_mark=True)
        if self._position.finished_uid != self._position.last_uid:
            self._position.finished_uid = self._position.last_uid
            self._position.save(update_fields=["finished_uid"])
        return taken

    def _find_position(self) -> FolderPosition:
        """Where the reading stands. A new folder begins at its end, and what is wanted of the letters before is
        found by comparing; so does one whose numbers the server has made anew."""
        if self._mailbox.since is None:
            self._mailbox.since = clock.now()
            self._mailbox.save(update_fields=["since"])
        beginning = {"uidvalidity": self._folder.uidvalidity, "last_uid": self._folder.uidnext - 1}
        position, made = FolderPosition.objects.get_or_create(
            mailbox=self._mailbox, folder=self._folder.name, defaults=beginning
        )
        if not made and position.uidvalidity != self._folder.uidvalidity:
            log.warning(
                "a folder was renumbered by its server", mailbox=self._mailbox.address, folder=self._folder.name
            )
            position.uidvalidity, position.last_uid = self._folder.uidvalidity, self._folder.uidnext - 1
            position.finished_uid = 0
            position.save()
        return position

    def _stored(self) -> dict[int, str]:
        """UID and state of the letters of this folder that we have."""
        rows = Letter.objects.filter(source_key__startswith=self._prefix).values_list("source_key", "state")
        return {int(key.rpartition(":")[2]): state for key, state in rows}

    def _take_missing(self) -> int:
        since = self._mailbox.since or clock.now()
        below = self._session.uids_up_to(self._position.last_uid, (since - A_DAY).date())
        stored = self._stored()
        missing = self._session.envelopes([uid for uid in below if uid not in stored])
        wanted = [each for each in missing if each.arrived_at is None or each.arrived_at >= since - _A_SECOND]
        taken = self._take(wanted, moves_mark=False)
        self._position.on_server = self._folder.count
        self._position.missing = len(wanted) - taken
        self._position.checked_at = clock.now()
        self._position.save(update_fields=["on_server", "missing", "checked_at"])
        return taken

    def _take(self, envelopes: Sequence[Envelope], *, moves_mark: bool) -> int:
        taken = 0
        for batch in _batches(envelopes):
            incoming = self._fetch(batch)
            fault_point("after_fetch")
            with transaction.atomic():
                store_letters(incoming if moves_mark else self._not_renumbered(incoming))
                if moves_mark:
                    self._position.last_uid = max(each.uid for each in batch)
                    self._position.save(update_fields=["last_uid"])
                fault_point("before_commit")
            fault_point("after_commit")
            self._finish([_uid(each) for each in incoming if not each.refused])
            taken += len(incoming)
        return taken

    def _fetch(self, batch: Sequence[Envelope]) -> list[Incoming]:
        """The letters of a batch; of one that is too large only the header, so that people learn of it."""
        limit = SIZE_LIMIT() * MEGABYTE
        letters = self._session.letters([each.uid for each in batch if each.size <= limit])
        incoming: list[Incoming] = []
        for each in batch:
            if each.size > limit:
                words = _(
                    "The letter has %(size)d MB; at most %(limit)d MB are taken. It is left on the mail server."
                )
                reason = words % {"size": each.size // MEGABYTE, "limit": limit // MEGABYTE}
                incoming.append(self._incoming(each.uid, self._session.head(each.uid), reason))
            elif each.uid in letters:
                incoming.append(self._incoming(each.uid, letters[each.uid]))
            else:
                self.problems.append(f"the server did not hand over letter {each.uid} of {self._folder.name}")
        return incoming

    def _incoming(self, uid: int, raw: bytes, refused: str = "") -> Incoming:
        return Incoming(
            raw=raw, source="imap", source_key=f"{self._prefix}{uid}", mailbox=self._mailbox, refused=refused
        )

    def _not_renumbered(self, incoming: list[Incoming]) -> list[Incoming]:
        """Without those that we have under a former number: their key is renewed instead."""
        former = Letter.objects.filter(source_key__startswith=f"imap:{self._mailbox.pk}:{self._folder.name}:")
        former = former.exclude(source_key__startswith=self._prefix)
        digests = {hashlib.sha256(each.raw).hexdigest(): each.source_key for each in incoming}
        renewed = set()
        for letter in former.filter(raw__sha256__in=digests).select_related("raw"):
            key = digests.pop(letter.raw.sha256, None)
            if key is not None:
                letter.source_key = key
                letter.save(update_fields=["source_key"])
                renewed.add(key)
        return [each for each in incoming if each.source_key not in renewed]

    def _finish(self, uids: list[int]) -> None:
        """Marks or deletes on the server what is safely here."""
        if not uids or self._mailbox.after_import == "leave":
            return
        fault_point("before_flag")
        if self._mailbox.after_import == "delete":
            self._session.delete(uids)
        else:
            self._session.mark_seen(uids)
        fault_point("after_flag")

    def _finish_what_was_left(self) -> None:
        """Letters that were stored when the process died before it could mark them on the server."""
        first, last = self._position.finished_uid, self._position.last_uid
        if self._mailbox.after_import == "leave" or first == last:
            return
        left = [uid for uid, state in self._stored().items() if uid > first and state != Letter.State.FAILED]
        there = {each.uid for each in self._session.envelopes(sorted(left))} if left else set()
        self._finish(sorted(there))


_A_SECOND = timedelta(seconds=1)


def _uid(incoming: Incoming) -> int:
    return int(incoming.source_key.rpartition(":")[2])


def _batches(envelopes: Sequence[Envelope]) -> Iterator[list[Envelope]]:
    """Rising UIDs in pieces that fit into memory."""
    batch: list[Envelope] = []
    size = 0
    for each in envelopes:
        if batch and (len(batch) >= BATCH or size + each.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.size
    if batch:
        yield batch

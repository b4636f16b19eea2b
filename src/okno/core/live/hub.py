"""The hub between one listener and many open streams."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Iterable
from typing import Protocol

from okno.core import logs
from okno.core.actor import Actor
from okno.core.live.changes import ACCESS, EVERYTHING, REST, Change, read
from okno.core.live.threads import in_thread

log = logs.get(__name__)
PAUSE = 0.1
"""Seconds for which changes are gathered, so that a burst costs one question for each person."""
LONGEST_LIST = 64
"""Topics that wait for one stream; one that is slower than that is told to refresh everything."""

MEMORY = 60.0
"""Seconds for which changes are remembered, for a page that was drawn before its stream was open."""
MOST_REMEMBERED = 2000
MOST_OF_ONE = 12
"""Open streams of one person, shared out among the web processes. A browser needs one, or one a tab where it has no
shared worker; more come of windows that were forgotten, or of a program that loops."""
LEAST_OF_ONE = 6
"""... of which a process takes so many at least: a browser opens that many connections, and all may come to one."""


_orders = itertools.count()


class Hearing(Protocol):
    """Who may have a stream, and what each may hear of."""

    def person(self, cookies: str) -> Actor | None:
        """Who these cookies belong to, if that person may have a stream."""

    def topics(self, actor: Actor, changes: Iterable[Change]) -> list[str]:
        """The topics that this person is told of."""


class Stream:
    """One open stream: whose it is, and what it has not been told yet."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.order = next(_orders)
        self._waiting: dict[str, None] = {}
        self._filled = asyncio.Event()
        self.ended = False
        self.is_doubted = False

    def doubt(self) -> None:
        """What the person may see or hear has changed: it is looked up anew before anything more is told."""
        self.is_doubted = True
        self._filled.set()

    def tell(self, topics: Iterable[str]) -> None:
        """Adds topics; equal ones are told once, and too many become ``*``."""
        self._waiting.update(dict.fromkeys(topics))
        if len(self._waiting) > LONGEST_LIST or EVERYTHING in self._waiting:
            self._waiting = {EVERYTHING: None}
        if self._waiting:
            self._filled.set()

    def end(self) -> None:
        """Has the stream finish."""
        self.ended = True
        self._filled.set()

    def rest(self) -> None:
        """Has the stream finish, and its page come back only after a while."""
        self._waiting = {REST: None}
        self.end()

    async def next_topics(self, patience: float) -> list[str]:
        """What is to be told now; an empty list when nothing came for so many seconds."""
        try:
            await asyncio.wait_for(self._filled.wait(), patience)
        except TimeoutError:
            return []
        if not self.ended:
            self._filled.clear()
        topics, self._waiting = list(self._waiting), {}
        return topics


class Hub:
    """The streams of this process, one of so many on the machine, and the changes that they are to be told of."""

    def __init__(self, hearing: Hearing, processes: int = 1) -> None:
        self.hearing = hearing
        self.most_of_one = max(LEAST_OF_ONE, MOST_OF_ONE // processes)
        self.streams: set[Stream] = set()
        self._changes: dict[str, Change] = {}
        self._recent: deque[tuple[float, Change]] = deque(maxlen=MOST_REMEMBERED)
        self._changed = asyncio.Event()
        self._whole_since = float("inf")

    def join(self, actor: Actor) -> Stream:
        """A new stream for this person; beyond ``most_of_one`` the person's oldest makes room for it."""
        person = (actor.kind, actor.id)
        own = [each for each in self.streams if (each.actor.kind, each.actor.id) == person and not each.ended]
        for oldest in sorted(own, key=lambda each: each.order)[: max(0, len(own) - self.most_of_one + 1)]:
            oldest.rest()
        stream = Stream(actor)
        self.streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        """The stream is gone."""
        self.streams.discard(stream)

    def hear(self, payload: str) -> None:
        """A notification came in."""
        change = read(payload)
        if change is None:
            log.warning("notification not understood", length=len(payload))
        else:
            if change.kind == ACCESS:
                self._doubt(change)
                return
            self._recent.append((time.time(), change))
            if self.streams:
                self._changes[payload] = change
                self._changed.set()

    def _doubt(self, change: Change) -> None:
        """``agents`` and ``contacts`` name those whose rights have changed; without them, it may be anybody."""
        named = {kind: change.facts.get(f"{kind}s") for kind in ("agent", "contact")}
        anybody = not any(isinstance(ids, list) for ids in named.values())
        for stream in self.streams:
            if anybody or stream.actor.id in (named.get(stream.actor.kind) or ()):
                stream.doubt()

    async def catch_up(self, stream: Stream, since: float) -> None:
        """Tells a new stream what changed since its page was drawn (seconds since 1970), by whichever process."""
        missed = [change for at, change in self._recent if at >= since]
        if since < max(self._whole_since, time.time() - MEMORY) or len(missed) == MOST_REMEMBERED:
            stream.tell([EVERYTHING])
        elif missed:
            stream.tell(await in_thread(self.hearing.topics, stream.actor, missed))

    def hears(self) -> None:
        """From now on every notification comes in; what changed before, this process may not know."""
        self._whole_since = time.time()

    def refresh_all(self) -> None:
        """Notifications may have been lost: every page refreshes what it shows."""
        self._changes.clear()
        for stream in self.streams:
            stream.tell([EVERYTHING])

    def end_all(self) -> None:
        """Has every stream finish."""
        for stream in self.streams:
            stream.end()

    async def run(self) -> None:
        """Tells the streams of changes, batch by batch, until cancelled."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(PAUSE)
            self._changed.clear()
            changes, self._changes = list(self._changes.values()), {}
            people = {stream.actor for stream in self.streams}
            try:
                heard = await in_thread(self._sort, people, changes)
            except Exception:  # the database may be away; nobody must be left with an old page for that
                log.exception("live audience unknown, every page refreshes")
                self.refresh_all()
                continue
            for stream in self.streams:
                stream.tell(heard.get(stream.actor, ()))

    def _sort(self, people: set[Actor], changes: list[Change]) -> dict[Actor, list[str]]:
        return {actor: self.hearing.topics(actor, changes) for actor in people}

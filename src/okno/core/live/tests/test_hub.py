"""The hub gathers, sorts by audience, and never lets a slow stream grow."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

import pytest

from okno.core.actor import Actor
from okno.core.live import Change, Hub
from okno.core.live.changes import read
from okno.core.live.hub import LEAST_OF_ONE, LONGEST_LIST, MOST_OF_ONE

ANN = Actor("agent", 1, "Ann")
BOB = Actor("agent", 2, "Bob")


class EvenForBob:
    """Ann hears of everything, Bob of even numbers; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Actor, int]] = []
        self.broken = False

    def person(self, cookies: str) -> Actor | None:
        return None

    def topics(self, actor: Actor, changes: Iterable[Change]) -> list[str]:
        if self.broken:
            raise ConnectionError
        changes = list(changes)
        self.asked.append((actor, len(changes)))
        return [change.topic for change in changes if actor == ANN or change.number % 2 == 0]


def in_hub(play: Callable[[Hub, EvenForBob], Awaitable[None]]) -> None:
    """Plays a scene with a running hub."""

    async def scene() -> None:
        hearing = EvenForBob()
        hub = Hub(hearing)
        running = asyncio.create_task(hub.run())
        try:
            await asyncio.wait_for(play(hub, hearing), 10)
        finally:
            running.cancel()

    asyncio.run(scene())


def payload(number: int, **facts: object) -> str:
    return json.dumps({"topic": f"ticket:{number}", **facts})


def test_each_hears_what_is_for_him_and_is_asked_for_once() -> None:
    async def play(hub: Hub, hearing: EvenForBob) -> None:
        ann, bob, second_of_bob = hub.join(ANN), hub.join(BOB), hub.join(BOB)
        for number in (1, 2, 2, 3):
            hub.hear(payload(number))
        assert await ann.next_topics(5) == ["ticket:1", "ticket:2", "ticket:3"]
        assert await bob.next_topics(5) == ["ticket:2"]
        assert await second_of_bob.next_topics(5) == ["ticket:2"]
        assert sorted(hearing.asked, key=lambda each: each[0].id or 0) == [(ANN, 3), (BOB, 3)]
        assert await bob.next_topics(0.05) == []

    in_hub(play)


def test_a_slow_stream_is_told_to_refresh() -> None:
    async def play(hub: Hub, hearing: EvenForBob) -> None:
        ann = hub.join(ANN)
        for number in range(LONGEST_LIST + 1):
            hub.hear(payload(number))
        assert await ann.next_topics(5) == ["*"]

    in_hub(play)


def test_when_the_audience_is_unknown_everybody_refreshes() -> None:
    async def play(hub: Hub, hearing: EvenForBob) -> None:
        bob = hub.join(BOB)
        hearing.broken = True
        hub.hear(payload(1))
        assert await bob.next_topics(5) == ["*"]
        hearing.broken = False
        hub.hear(payload(4))
        assert await bob.next_topics(5) == ["ticket:4"]

    in_hub(play)


def test_a_page_of_another_process_learns_what_it_missed() -> None:
    async def play(hub: Hub, hearing: EvenForBob) -> None:
        drawn = time.time()
        hub.hears()
        began = time.time()
        hub.hear(payload(2))
        hub.hear(payload(3))
        known, old, later = hub.join(BOB), hub.join(BOB), hub.join(BOB)
        await hub.catch_up(known, began)
        assert await known.next_topics(5) == ["ticket:2"]
        await hub.catch_up(old, drawn - 1)  # before this process heard anything
        assert await old.next_topics(5) == ["*"]
        await hub.catch_up(later, time.time())
        assert await later.next_topics(0.3) == []
        hub.hears()  # after a break
        await hub.catch_up(known, began)
        assert await known.next_topics(5) == ["*"]

    in_hub(play)


@pytest.mark.parametrize(("processes", "most"), [(1, MOST_OF_ONE), (2, MOST_OF_ONE // 2), (8, LEAST_OF_ONE)])
def test_processes_share_the_streams_of_a_person_out(processes: int, most: int) -> None:
    async def play() -> None:
        hub = Hub(EvenForBob(), processes)
        streams = [hub.join(BOB) for _each in range(most + 1)]
        assert [each.ended for each in streams] == [True] + [False] * most

    asyncio.run(play())


def test_an_ended_stream_does_not_wait() -> None:
    async def play(hub: Hub, hearing: EvenForBob) -> None:
        bob = hub.join(BOB)
        hub.end_all()
        await bob.next_topics(5)
        assert bob.ended
        hub.leave(bob)
        hub.hear(payload(2))
        assert hub.streams == set()

    in_hub(play)


def test_the_oldest_stream_of_a_person_makes_room_for_the_newest() -> None:
    async def play(hub: Hub, hearing: EvenForBob) -> None:
        ann = hub.join(ANN)
        of_bob = [hub.join(BOB) for _each in range(MOST_OF_ONE)]
        assert not any(each.ended for each in hub.streams)
        renamed = replace(BOB, rights=frozenset({"tickets.view_all"}))  # the same person with other rights
        of_bob += [hub.join(renamed), hub.join(BOB)]
        assert [each.ended for each in of_bob] == [True, True] + [False] * MOST_OF_ONE
        assert await of_bob[0].next_topics(5) == ["rest"]
        assert not ann.ended
        hub.hear(payload(2))
        for each in (ann, *of_bob[2:]):
            assert await each.next_topics(5) == ["ticket:2"]

    in_hub(play)


def test_a_stream_that_went_by_itself_leaves_its_place() -> None:
    async def play(hub: Hub, hearing: EvenForBob) -> None:
        streams = [hub.join(BOB) for _each in range(MOST_OF_ONE)]
        hub.leave(streams.pop())
        streams[5].end()
        hub.join(BOB)
        hub.join(BOB)
        assert [each.ended for each in streams].count(True) == 1

    in_hub(play)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"topic":5}', '{"topic":""}', '{"other":"x"}'])
def test_what_is_not_ours_is_not_understood(text: str) -> None:
    assert read(text) is None


def test_kind_and_number_of_a_topic() -> None:
    assert (Change("ticket:42").kind, Change("ticket:42").number) == ("ticket", 42)
    assert (Change("deliveries").kind, Change("deliveries").number) == ("deliveries", 0)
    assert Change("ticket:x").number == 0


@pytest.mark.parametrize(
    ("facts", "doubted"),
    [
        ({"agents": [2]}, {"bob"}),
        ({"contacts": [2]}, {"client"}),
        ({"agents": [1], "contacts": [2]}, {"ann", "client"}),
        ({"contacts": []}, set()),
        ({}, {"ann", "bob", "client"}),
    ],
)
def test_those_are_looked_up_anew_whose_rights_have_changed_t21(
    facts: dict[str, list[int]], doubted: set[str]
) -> None:
    """A client and an employee may have the same number."""

    async def play(hub: Hub, hearing: EvenForBob) -> None:
        people = {"ann": ANN, "bob": BOB, "client": Actor("contact", 2, "Client")}
        streams = {name: hub.join(person) for name, person in people.items()}
        hub.hear(json.dumps({"topic": "access", **facts}))
        assert {name for name, stream in streams.items() if stream.is_doubted} == doubted

    in_hub(play)

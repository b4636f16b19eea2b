"""The buttons of the lifecycle's form: they change what it holds and save nothing."""

from __future__ import annotations

from collections.abc import Callable

from okno.core.ordered import moved
from okno.manage.lifecycles.draft import MOST_PLACES, MOST_WAYS, Draft, PlaceDraft, WayDraft


def pressed(draft: Draft, act: str, chosen: str, known: set[str]) -> str:
    """Does what the button says, such as ``way:2`` or ``remove:2:0``; returns the id of the field to go on at.

    ``chosen`` is the code of the status that is to be added; ``known`` are those that there are.
    """
    word, *numbers = act.split(":")
    if word == "add":
        return _add_place(draft, chosen, known)
    place = _at(draft.places, numbers[:1])
    if place is None:
        return ""
    return PLACE_ACTS[word](draft, place, numbers) if word in PLACE_ACTS else ""


def _at[Row](rows: list[Row], numbers: list[str]) -> Row | None:
    if numbers and numbers[0].isascii() and numbers[0].isdigit() and int(numbers[0][:4]) < len(rows):
        return rows[int(numbers[0][:4])]
    return None


def _add_place(draft: Draft, chosen: str, known: set[str]) -> str:
    if chosen not in known or draft.place(chosen) is not None or len(draft.places) >= MOST_PLACES:
        return "add"
    draft.places.append(PlaceDraft(chosen))
    if not draft.initial:
        draft.initial = chosen
    return f"p{len(draft.places) - 1}-add"


def _add_way(draft: Draft, place: PlaceDraft, numbers: list[str]) -> str:
    used = {way.after for way in place.ways} | {place.status}
    free = [each.status for each in draft.places if each.status not in used]
    number = draft.places.index(place)
    if not free or len(place.ways) >= MOST_WAYS:
        return f"p{number}-add"
    place.ways.append(WayDraft(after=free[0]))
    return f"p{number}w{len(place.ways) - 1}-after"


def _remove(draft: Draft, place: PlaceDraft, numbers: list[str]) -> str:
    if len(numbers) == 1:
        return _remove_place(draft, place)
    way = _at(place.ways, numbers[1:])
    if way is not None:
        place.ways.remove(way)
    return f"p{draft.places.index(place)}-add"


def _remove_place(draft: Draft, place: PlaceDraft) -> str:
    """Takes the status out, with everything that leads to it."""
    draft.places.remove(place)
    for other in draft.places:
        other.ways = [way for way in other.ways if way.after != place.status]
        if other.then == place.status:
            other.then, other.amount = "", ""
    if draft.initial == place.status:
        draft.initial = ""
    return "add"


def _move(steps: int) -> Callable[[Draft, PlaceDraft, list[str]], str]:
    def act(draft: Draft, place: PlaceDraft, numbers: list[str]) -> str:
        word = "up" if steps < 0 else "down"
        number = draft.places.index(place)
        if len(numbers) == 1:
            draft.places = _moved(draft.places, number, steps)
            return f"p{draft.places.index(place)}-{word}"
        way = _at(place.ways, numbers[1:])
        if way is None:
            return ""
        place.ways = _moved(place.ways, place.ways.index(way), steps)
        return f"p{number}w{place.ways.index(way)}-{word}"

    return act


def _moved[Row](rows: list[Row], number: int, steps: int) -> list[Row]:
    return [rows[place] for place in moved(range(len(rows)), number, steps)]


PLACE_ACTS: dict[str, Callable[[Draft, PlaceDraft, list[str]], str]] = {
    "way": _add_way,
    "remove": _remove,
    "up": _move(-1),
    "down": _move(1),
}

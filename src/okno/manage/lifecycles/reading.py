"""From the form to what the operation takes, and the mistakes back to the rows that they are about."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from okno.core.faults import Invalid
from okno.manage.lifecycles.draft import DAY, Draft, PlaceDraft, WayDraft
from okno.workflow.models import Status
from okno.workflow.operations.drawing import PlaceFacts
from okno.workflow.operations.lifecycles import LifecycleFacts
from okno.workflow.operations.mistakes import words_of
from okno.workflow.rules import Comment, Mistake, Place, Rules, State, Way, mistakes_of

MOST_DIGITS = 5


@dataclass
class Faults:
    """What is wrong with the form. ``links`` are pairs of an anchor and what is said there, for its head."""

    names: list[str] = field(default_factory=list)
    reopen_days: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def note(self, at: list[str], anchor: str, words: str) -> None:
        """Tells a mistake at its place and in the head of the form."""
        if words not in at:
            at.append(words)
            self.links.append((anchor, words))


def number_of(text: str) -> int | None:
    """A whole number as it was typed; nothing when it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def numbers_wrong(draft: Draft, faults: Faults) -> None:
    """Notes the numbers that are none."""
    words = _("Write a whole number.")
    if number_of(draft.reopen_days) is None:
        faults.note(faults.reopen_days, "reopen_days", words)
    for number, place in enumerate(draft.places):
        if place.amount and number_of(place.amount) is None:
            faults.note(place.errors, f"p{number}-amount", words)


def facts_of(draft: Draft) -> LifecycleFacts:
    """What the form says, for the operation."""
    return LifecycleFacts(
        names=draft.names,
        places=[
            PlaceFacts(
                status=place.status,
                is_initial=place.status == draft.initial,
                is_held=place.is_held,
                hours=hours_of(place),
                then=place.then,
                warning=place.warning,
            )
            for place in draft.places
        ],
        ways=ways_of(draft),
        reopen_days=number_of(draft.reopen_days) or 0,
        moves=draft.moves,
    )


def hours_of(place: PlaceDraft) -> int | None:
    """The timer in hours."""
    amount = number_of(place.amount)
    return None if amount is None else amount * (DAY if place.unit == "days" else 1)


def ways_of(draft: Draft) -> list[Way]:
    """All transitions, in the order of the form."""
    return [
        Way(
            before=place.status,
            after=way.after,
            names=way.names,
            by_agents=way.by_agents,
            roles=frozenset(way.roles),
            by_client=way.by_client,
            comment=Comment(way.comment) if way.comment in set(Comment) else Comment.NONE,
            comment_is_public=way.comment_is_public,
            required=tuple(way.required),
        )
        for place in draft.places
        for way in place.ways
    ]


def rules_of(draft: Draft, statuses: dict[str, Status]) -> Rules:
    """The form as a value; statuses that there are not are left out."""
    return Rules(
        code="",
        places=tuple(
            Place(
                code=place.status,
                state=State(statuses[place.status].state),
                is_initial=place.status == draft.initial,
                is_held=place.is_held,
                hours=hours_of(place),
                then=place.then,
            )
            for place in draft.places
            if place.status in statuses
        ),
        ways=tuple(ways_of(draft)),
        reopen_days=number_of(draft.reopen_days) or 0,
    )


def tell(draft: Draft, statuses: dict[str, Status], invalid: Invalid, faults: Faults) -> None:
    """Puts what the operation refused to the rows that it is about; what belongs to no row goes to the head."""
    names = {code: row.name for code, row in statuses.items()}
    for mistake in mistakes_of(rules_of(draft, statuses)):
        at, anchor = _place_of(mistake, draft, faults)
        faults.note(at, anchor, words_of(mistake, names))
    told = {words for _anchor, words in faults.links}
    for name, messages in invalid.fields.items():
        for words in messages:
            if words not in told:
                at = {"names": faults.names, "reopen_days": faults.reopen_days}.get(name, faults.places)
                anchor = {"names": "names", "reopen_days": "reopen_days"}.get(name, "places")
                faults.note(at, anchor, words)


def _place_of(mistake: Mistake, draft: Draft, faults: Faults) -> tuple[list[str], str]:
    if mistake.kind == "reopening_without_way":
        return faults.reopen_days, "reopen_days"
    for number, place in enumerate(draft.places):
        if place.status != mistake.status:
            continue
        if mistake.kind.startswith("way"):
            target = mistake.other or mistake.status
            found = [(index, way) for index, way in enumerate(place.ways) if way.after == target]
            if found:
                return _of_way(number, *found[-1])
        return place.errors, f"p{number}"
    return faults.places, "places"


def _of_way(number: int, index: int, way: WayDraft) -> tuple[list[str], str]:
    return way.errors, f"p{number}w{index}-after"

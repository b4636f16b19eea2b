"""A lifecycle as its form holds it: everything as it was typed, whether or not it can be saved."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict

from okno.workflow.models import Lifecycle
from okno.workflow.rules import Place, Rules, Way

MOST_PLACES, MOST_WAYS = 40, 39
"""Of a lifecycle, and out of one status."""

LANGUAGES = [code for code, _label in settings.LANGUAGES]
DAY = 24


@dataclass
class WayDraft:
    """A transition out of the status that it stands under; ``after`` is the code of a status."""

    after: str
    names: dict[str, str] = field(default_factory=dict)
    by_agents: bool = True
    by_client: bool = False
    roles: list[str] = field(default_factory=list)
    comment: str = "none"
    comment_is_public: bool = False
    required: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class PlaceDraft:
    """A status with its timer and the transitions out of it; ``amount`` counts ``unit``: days or hours."""

    status: str
    is_held: bool = False
    amount: str = ""
    unit: str = "days"
    then: str = ""
    warning: dict[str, str] = field(default_factory=dict)
    ways: list[WayDraft] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """The form. ``moves``: where the tickets of a status that is taken out go on, by codes."""

    names: dict[str, str] = field(default_factory=dict)
    reopen_days: str = "7"
    initial: str = ""
    places: list[PlaceDraft] = field(default_factory=list)
    moves: dict[str, str] = field(default_factory=dict)
    version: str = ""

    def place(self, status: str) -> PlaceDraft | None:
        """The place of this status."""
        return next((place for place in self.places if place.status == status), None)


def stored(lifecycle: Lifecycle, rules: Rules) -> Draft:
    """The form of a lifecycle as it is."""
    draft = drawn(rules)
    draft.names, draft.version = dict(lifecycle.names), str(lifecycle.version)
    return draft


def drawn(rules: Rules) -> Draft:
    """The form that says what a lifecycle says."""
    return Draft(
        reopen_days=str(rules.reopen_days),
        initial=next((place.code for place in rules.places if place.is_initial), ""),
        places=[_place(place, rules) for place in rules.places],
    )


def _place(place: Place, rules: Rules) -> PlaceDraft:
    hours = place.hours
    in_days = hours is None or hours % DAY == 0
    return PlaceDraft(
        status=place.code,
        is_held=place.is_held,
        amount="" if hours is None else str(hours // DAY if in_days else hours),
        unit="days" if in_days else "hours",
        then=place.then,
        warning=dict(place.warning),
        ways=[_way(way) for way in rules.ways_from(place.code)],
    )


def _way(way: Way) -> WayDraft:
    return WayDraft(
        after=way.after,
        names=dict(way.names),
        by_agents=way.by_agents,
        by_client=way.by_client,
        roles=sorted(way.roles),
        comment=str(way.comment),
        comment_is_public=way.comment_is_public,
        required=list(way.required),
    )


def typed(sent: QueryDict) -> Draft:
    """The form as it was sent."""
    draft = Draft(
        names=_languages(sent, "name_"),
        reopen_days=sent.get("reopen_days", "").strip(),
        initial=sent.get("initial", ""),
        version=sent.get("version", ""),
        moves={key.removeprefix("move_"): sent.get(key, "") for key in sent if key.startswith("move_")},
    )
    for number in range(MOST_PLACES):
        if f"p{number}-status" not in sent:
            break
        draft.places.append(_typed_place(sent, f"p{number}"))
    return draft


def _typed_place(sent: QueryDict, stem: str) -> PlaceDraft:
    place = PlaceDraft(
        status=sent.get(f"{stem}-status", ""),
        is_held=f"{stem}-held" in sent,
        amount=sent.get(f"{stem}-amount", "").strip(),
        unit="hours" if sent.get(f"{stem}-unit") == "hours" else "days",
        then=sent.get(f"{stem}-then", ""),
        warning=_languages(sent, f"{stem}-warning-"),
    )
    for number in range(MOST_WAYS):
        if f"{stem}w{number}-after" not in sent:
            break
        place.ways.append(_typed_way(sent, f"{stem}w{number}"))
    return place


def _typed_way(sent: QueryDict, stem: str) -> WayDraft:
    return WayDraft(
        after=sent.get(f"{stem}-after", ""),
        names=_languages(sent, f"{stem}-name-"),
        by_agents=f"{stem}-agents" in sent,
        by_client=f"{stem}-client" in sent,
        roles=sent.getlist(f"{stem}-role"),
        comment=sent.get(f"{stem}-comment", "none"),
        comment_is_public=f"{stem}-public" in sent,
        required=sent.getlist(f"{stem}-need"),
    )


def _languages(sent: QueryDict, stem: str) -> dict[str, str]:
    found = {language: sent.get(stem + language, "") for language in LANGUAGES}
    return {language: text for language, text in found.items() if text.strip()}

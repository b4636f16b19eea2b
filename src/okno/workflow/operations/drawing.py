"""The statuses and transitions of a lifecycle, checked as a whole and written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from okno.people.models import Role
from okno.workflow.models import Lifecycle, LifecycleStatus, Status, Transition
from okno.workflow.operations.mistakes import by_field
from okno.workflow.operations.rows import NAME_LIMIT, Problems
from okno.workflow.rules import Place, Rules, State, Way, mistakes_of

REQUIRABLE = ("assignee", "team", "client", "service", "impact", "urgency")
"""Facts of a ticket that a transition may ask for."""

WARNING_LIMIT = 500


@dataclass(frozen=True)
class PlaceFacts:
    """A status in a lifecycle, by its code; see ``LifecycleStatus`` for what the rest means."""

    status: str
    is_initial: bool = False
    is_held: bool = False
    hours: int | None = None
    then: str = ""
    warning: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """A checked lifecycle as a value, with the rows that it names."""

    rules: Rules
    statuses: dict[str, Status]
    roles: dict[str, Role]


def checked(
    code: str, places: Sequence[PlaceFacts], ways: Sequence[Way], reopen_days: int, problems: Problems
) -> Drawn:
    """The lifecycle as a value; everything that is wrong with it is noted."""
    named = {each for place in places for each in (place.status, place.then) if each}
    statuses = {row.code: row for row in Status.objects.filter(code__in=named, is_active=True)}
    roles = {row.code: row for row in Role.objects.all()}
    for place in places:
        if place.status not in statuses:
            problems.add("places", _("There is no such status: “%(code)s”.") % {"code": place.status})
        if any(len(words) > WARNING_LIMIT for words in place.warning.values()):
            problems.add("places", _("No more than %(limit)d characters.") % {"limit": WARNING_LIMIT})
    for way in ways:
        _check_way(way, roles, problems)
    rules = Rules(
        code=code,
        places=tuple(_place(place, statuses[place.status]) for place in places if place.status in statuses),
        ways=tuple(ways),
        reopen_days=reopen_days,
    )
    if not problems:
        names = {row.code: row.name for row in statuses.values()}
        for name, messages in by_field(mistakes_of(rules), names).items():
            for message in messages:
                problems.add(name, message)
    return Drawn(rules, statuses, roles)


def _check_way(way: Way, roles: Mapping[str, Role], problems: Problems) -> None:
    unknown = sorted(way.roles - set(roles))
    if unknown:
        problems.add("ways", _("There is no such role: “%(code)s”.") % {"code": unknown[0]})
    if set(way.required) - set(REQUIRABLE):
        problems.add("ways", _("A transition cannot ask for “%(name)s”.") % {"name": way.required[0]})
    if any(len(name) > NAME_LIMIT for name in way.names.values()):
        problems.add("ways", _("No more than %(limit)d characters.") % {"limit": NAME_LIMIT})


def _place(facts: PlaceFacts, status: Status) -> Place:
    return Place(
        code=status.code,
        state=State(status.state),
        is_initial=facts.is_initial,
        is_held=facts.is_held,
        hours=facts.hours,
        then=facts.then,
        warning=_in_languages(facts.warning),
    )


def _in_languages(words: Mapping[str, str]) -> dict[str, str]:
    known = dict(settings.LANGUAGES)
    return {language: text.strip() for language, text in words.items() if language in known and text.strip()}


def draw(lifecycle: Lifecycle, drawn: Drawn) -> None:
    """Writes the statuses and transitions of a locked lifecycle in place of those that were there."""
    lifecycle.places.all().delete()
    lifecycle.transitions.all().delete()
    statuses = drawn.statuses
    LifecycleStatus.objects.bulk_create(
        LifecycleStatus(
            lifecycle=lifecycle,
            status=statuses[place.code],
            position=position,
            is_initial=place.is_initial,
            is_held=place.is_held,
            hours=place.hours,
            then=statuses[place.then] if place.then else None,
            warning=dict(place.warning),
        )
        for position, place in enumerate(drawn.rules.places)
    )
    made = Transition.objects.bulk_create(
        Transition(
            lifecycle=lifecycle,
            before=statuses[way.before],
            after=statuses[way.after],
            position=position,
            names=_in_languages(way.names),
            by_agents=way.by_agents,
            by_client=way.by_client,
            comment=way.comment,
            comment_is_public=way.comment_is_public,
            required=list(way.required),
        )
        for position, way in enumerate(drawn.rules.ways)
    )
    through = Transition.roles.through
    through.objects.bulk_create(
        through(transition_id=row.pk, role_id=drawn.roles[code].pk)
        for row, way in zip(made, drawn.rules.ways, strict=True)
        for code in sorted(way.roles)
    )

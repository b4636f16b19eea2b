"""What the pages of lifecycles call things."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from okno.manage.lifecycles.draft import PlaceDraft, WayDraft
from okno.manage.lifecycles.reading import hours_of
from okno.workflow.models import Status
from okno.workflow.rules import Comment, State

DAY = 24


def comments() -> list[tuple[str, str]]:
    """Whether something is said on a way."""
    return [
        (Comment.NONE.value, _("no comment")),
        (Comment.OPTIONAL.value, _("a comment if wanted")),
        (Comment.REQUIRED.value, _("a comment is required")),
    ]


def requirables() -> list[tuple[str, str]]:
    """What a transition may ask for."""
    return [
        ("assignee", _("Assignee")),
        ("team", _("Team")),
        ("client", _("Client")),
        ("service", _("Service")),
        ("impact", _("Impact")),
        ("urgency", _("Urgency")),
    ]


def units() -> list[tuple[str, str]]:
    """What a timer counts."""
    return [("days", _("days")), ("hours", _("hours"))]


def way_words(way: WayDraft, statuses: dict[str, Status]) -> str:
    """What the button of a transition says: its name, or that of the status."""
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    own = way.names.get(language) or way.names.get("en")
    return own or (statuses[way.after].name if way.after in statuses else way.after)


def timer_words(place: PlaceDraft, state: str) -> str:
    """When a ticket leaves the status by itself."""
    if state == State.POSTPONED:
        return _("at the chosen moment")
    if place.is_held:
        return _("when its window is left")
    hours = hours_of(place) or 0
    if hours % DAY == 0:
        return ngettext("after %(num)d day", "after %(num)d days", hours // DAY) % {"num": hours // DAY}
    return ngettext("after %(num)d hour", "after %(num)d hours", hours) % {"num": hours}


def way_told(way: WayDraft, roles: dict[str, str]) -> str:
    """What is asked on a transition, in one line."""
    said = []
    if way.roles:
        said.append(", ".join(roles.get(code, code) for code in way.roles))
    if way.comment != Comment.NONE:
        said.append(dict(comments()).get(way.comment, ""))
    labels = dict(requirables())
    said += [labels.get(name, name) for name in way.required]
    return " · ".join(each for each in said if each)

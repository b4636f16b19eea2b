"""What happened to a ticket, as a sentence; kinds that a message already shows have none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from okno.core.jinja import datetime_local
from okno.core.models import Event
from okno.core.remembered import Memory
from okno.desk.mail_sentences import mail_sentence
from okno.desk.promises import promise_sentence
from okno.fields.catalogue import attribute_of
from okno.fields.models import Target
from okno.fields.showing import value_in_words
from okno.people.models import label_of
from okno.routing.wording import assigned_words, watching_words
from okno.tickets import events as kinds
from okno.tickets.rating.declarations import SHOWN
from okno.tickets.rating.rules import Scale
from okno.tickets.rating.wording import score
from okno.workflow.catalogue import IMPACTS, PRIORITIES, SERVICES, STATUSES, TYPES, URGENCIES


@dataclass(frozen=True)
class Sentence:
    """The words and the icon before them."""

    text: str
    icon: str


def sentence(event: Event) -> Sentence | None:
    """The sentence of an event, or nothing for those that need none."""
    say = _SENTENCES.get(event.kind)
    if say is not None:
        return say(event.actor_name, event.data)
    other = mail_sentence(event) or promise_sentence(event)
    return Sentence(*other) if other else None


def _created(who: str, data: dict[str, Any]) -> Sentence | None:
    if data.get("channel") != "desk":
        return None
    return Sentence(_("%(who)s registered the ticket") % {"who": who}, "icon-[tabler--ticket]")


def _status(who: str, data: dict[str, Any]) -> Sentence:
    names = {"who": who, "before": STATUSES.name_of(data["before"]), "after": STATUSES.name_of(data["after"])}
    because = (data.get("reason") or {}).get("because")
    if because == "client wrote":
        text = _("“%(before)s” became “%(after)s”, since the client wrote") % names
    elif because == "unproven letter":
        text = _("“%(before)s” became “%(after)s”, since a letter came whose sender could not be proven") % names
    elif because == "answered":
        text = _("“%(before)s” became “%(after)s” with the answer") % names
    elif because == "closing reason":
        text = _("%(who)s closed the ticket (“%(after)s”): %(title)s") % {**names, "title": data["reason"]["title"]}
    elif because in _BECAUSE:
        text = _(_BECAUSE[because]) % {**names, "whose": (data.get("reason") or {}).get("who", "")}
    else:
        text = _("%(who)s changed the status from “%(before)s” to “%(after)s”") % names
    return Sentence(text, "icon-[tabler--progress-check]")


_BECAUSE = {
    "timer": gettext_noop("“%(before)s” became “%(after)s” by itself, since its time was over"),
    "returned": gettext_noop("“%(before)s” became “%(after)s” by itself at the chosen time"),
    "type changed": gettext_noop("“%(before)s” became “%(after)s” with the new type"),
    "lifecycle changed": gettext_noop("“%(before)s” became “%(after)s” when the lifecycle was changed"),
    "solution accepted": gettext_noop("%(who)s accepted the solution"),
    "solution rejected": gettext_noop("%(who)s rejected the solution"),
    "client closed": gettext_noop("%(who)s closed the request, since it is not needed any more"),
    "client renewed": gettext_noop("%(who)s took the ticket up again"),
    "processing": gettext_noop("%(who)s began to process the request"),
    "abandoned": gettext_noop("%(whose)s left the request unprocessed, so it is “%(after)s” again"),
}
"""Why a status changed, by the word that the event keeps."""


def _given(who: str, reason: dict[str, Any], names: list[str]) -> Sentence:
    if reason["because"] == "first answer":
        text = _("%(who)s answered first and is responsible now") % {"who": who}
        return Sentence(text, "icon-[tabler--user-check]")
    if reason["because"] == "team deleted":
        text = _("%(who)s deleted the team %(former)s, so the ticket belongs to %(team)s now")
        facts = {"who": who, "former": label_of(reason.get("who") or {}), "team": names[-1] if names else ""}
        return Sentence(text % facts, "icon-[tabler--users-group]")
    text = _("%(who)s handed all tickets of %(former)s over to %(whom)s")
    facts = {"who": who, "former": reason.get("who", ""), "whom": ", ".join(names)}
    return Sentence(text % facts, "icon-[tabler--users-group]")


def _assigned(who: str, data: dict[str, Any]) -> Sentence:
    after = data["after"]
    names = [label_of(part) for part in (after.get("agent"), after.get("team")) if part]
    reason = data.get("reason") or {}
    if reason.get("because") == "routing":
        return Sentence(assigned_words(data), "icon-[tabler--route]")
    if reason.get("because") == "deactivated":
        words = _("%(who)s is deactivated, so the ticket has no assignee now")
        if names:
            words = _("%(who)s is deactivated, so the ticket is left to %(whom)s")
        facts = {"who": reason.get("who", ""), "whom": ", ".join(names)}
        return Sentence(words % facts, "icon-[tabler--user-x]")
    if reason.get("because") in {"handed over", "first answer", "team deleted"}:
        return _given(who, reason, names)
    if not names:
        return Sentence(_("%(who)s left the ticket without an assignee") % {"who": who}, "icon-[tabler--user-x]")
    if after.get("agent") and after["agent"]["name"] == who:
        return Sentence(_("%(who)s took the ticket") % {"who": who}, "icon-[tabler--user-check]")
    facts = {"who": who, "whom": ", ".join(names)}
    return Sentence(_("%(who)s assigned the ticket to %(whom)s") % facts, "icon-[tabler--user-check]")


def _type(who: str, data: dict[str, Any]) -> Sentence:
    facts = {"who": who, "after": TYPES.name_of(data["after"])}
    return Sentence(_("%(who)s changed the type to “%(after)s”") % facts, "icon-[tabler--category]")


def _priority(who: str, data: dict[str, Any]) -> Sentence:
    facts = {"who": who, "after": PRIORITIES.name_of(data["after"])}
    return Sentence(_("%(who)s changed the priority to “%(after)s”") % facts, "icon-[tabler--flag]")


def _named(template: str, rows: Memory[Any], icon: str) -> Callable[[str, dict[str, Any]], Sentence]:
    def say(who: str, data: dict[str, Any]) -> Sentence:
        return Sentence(_(template) % {"who": who, "after": rows.name_of(data["after"]) or "—"}, icon)

    return say


def _rated(who: str, data: dict[str, Any]) -> Sentence:
    shown = SHOWN()
    if shown != "names":
        who = _("The client")
    if shown == "none":
        return Sentence(_("%(who)s rated the solution") % {"who": who}, "icon-[tabler--mood-check]")
    given = score(Scale(data["scale"]), data["score"])
    if data.get("before") is None:
        text = _("%(who)s rated the solution: %(score)s")
    else:
        text = _("%(who)s changed the rating: %(score)s")
    return Sentence(text % {"who": who, "score": given.word}, "icon-[tabler--mood-check]")


def _revoked(_who: str, data: dict[str, Any]) -> Sentence:
    text = ngettext(
        "%(num)d link in letters is worthless now", "%(num)d links in letters are worthless now", data["count"]
    )
    return Sentence(text % {"num": data["count"]}, "icon-[tabler--link-off]")


def _postponed(who: str, data: dict[str, Any]) -> Sentence:
    until = datetime_local(datetime.fromisoformat(data["until"]))
    return Sentence(
        _("%(who)s postponed the ticket until %(until)s") % {"who": who, "until": until},
        "icon-[tabler--clock-pause]",
    )


def _subject(who: str, data: dict[str, Any]) -> Sentence:
    facts = {"who": who, "before": data["before"]}
    return Sentence(_("%(who)s changed the subject, which was “%(before)s”") % facts, "icon-[tabler--pencil]")


def _attributes(who: str, data: dict[str, Any]) -> Sentence:
    known = ((attribute_of(Target.TICKET, code), change) for code, change in data["changes"].items())
    told = [
        f"{row.name}: {value_in_words(row, change['after']) or '—'}" for row, change in known if row is not None
    ]
    return Sentence(_("%(who)s set %(values)s") % {"who": who, "values": "; ".join(told)}, "icon-[tabler--forms]")


def _client(who: str, data: dict[str, Any]) -> Sentence:
    after = data["after"]
    names = [part["name"] for part in (after.get("contact"), after.get("company")) if part]
    facts = {"who": who, "whom": ", ".join(names) or "—"}
    return Sentence(_("%(who)s set the client: %(whom)s") % facts, "icon-[tabler--building]")


def _watcher(template: str, icon: str) -> Callable[[str, dict[str, Any]], Sentence]:
    def say(who: str, data: dict[str, Any]) -> Sentence:
        text, reason = _(template) % {"who": who, "whom": label_of(data)}, data.get("reason") or {}
        if reason.get("because") == "routing":
            text = _("%(text)s, as said by %(places)s") % {"text": text, "places": watching_words(reason)}
        return Sentence(text, icon)

    return say


def _participant(template: str, icon: str) -> Callable[[str, dict[str, Any]], Sentence]:
    return lambda who, data: Sentence(_(template) % {"who": who, "address": data["address"]}, icon)


def _linked(who: str, data: dict[str, Any]) -> Sentence:
    reason = data.get("reason") or {}
    if reason.get("because") == "split":
        text = (
            _("%(who)s split ticket %(other)s off")
            if reason.get("is_source")
            else _("Split off from ticket %(other)s")
        )
        return Sentence(text % {"who": who, "other": data["other"]}, "icon-[tabler--arrows-split-2]")
    return Sentence(
        _("%(who)s linked ticket %(other)s") % {"who": who, "other": data["other"]}, "icon-[tabler--link]"
    )


def _secret(template: str, icon: str) -> Callable[[str, dict[str, Any]], Sentence]:
    return lambda who, data: Sentence(_(template) % {"who": who, "label": data["label"]}, icon)


_SENTENCES: dict[str, Callable[[str, dict[str, Any]], Sentence | None]] = {
    kinds.CREATED: _created,
    kinds.STATUS_CHANGED: _status,
    kinds.ASSIGNED: _assigned,
    kinds.TYPE_CHANGED: _type,
    kinds.PRIORITY_CHANGED: _priority,
    kinds.POSTPONED: _postponed,
    kinds.SERVICE_CHANGED: _named(
        gettext_noop("%(who)s set the service: %(after)s"), SERVICES, "icon-[tabler--category]"
    ),
    kinds.IMPACT_CHANGED: _named(gettext_noop("%(who)s set the impact: %(after)s"), IMPACTS, "icon-[tabler--flag]"),
    kinds.URGENCY_CHANGED: _named(
        gettext_noop("%(who)s set the urgency: %(after)s"), URGENCIES, "icon-[tabler--flag]"
    ),
    kinds.SUBJECT_CHANGED: _subject,
    kinds.ATTRIBUTES_CHANGED: _attributes,
    kinds.CLIENT_CHANGED: _client,
    kinds.WATCHER_ADDED: _watcher(gettext_noop("%(whom)s now follows the ticket"), "icon-[tabler--eye]"),
    kinds.WATCHER_REMOVED: _watcher(
        gettext_noop("%(whom)s no longer follows the ticket"), "icon-[tabler--eye-off]"
    ),
    kinds.PARTICIPANT_ADDED: _participant(
        gettext_noop("%(address)s was added in copy"), "icon-[tabler--user-plus]"
    ),
    kinds.PARTICIPANT_CONFIRMED: _participant(
        gettext_noop("%(who)s confirmed %(address)s, who now gets the answers"), "icon-[tabler--user-check]"
    ),
    kinds.PARTICIPANT_REMOVED: _participant(
        gettext_noop("%(who)s removed %(address)s"), "icon-[tabler--user-minus]"
    ),
    kinds.LINKED: _linked,
    kinds.RATED: _rated,
    kinds.SECRET_KEPT: _secret(gettext_noop("%(who)s gave access details: %(label)s"), "icon-[tabler--key]"),
    kinds.SECRET_REVEALED: _secret(
        gettext_noop("%(who)s looked at the access details: %(label)s"), "icon-[tabler--eye]"
    ),
    kinds.SECRET_ERASED: _secret(gettext_noop("Access details were erased: %(label)s"), "icon-[tabler--key-off]"),
    kinds.LINKS_REVOKED: _revoked,
}

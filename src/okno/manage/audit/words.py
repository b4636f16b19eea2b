"""An event of the audit log in words: what area it belongs to, what was done, to what, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.auditing import HIDDEN, SECRETS, masked
from okno.core.models import Event
from okno.core.settings_store import SETTINGS
from okno.people.models import label_of

AREAS: dict[str, str | Promise] = {
    "user": gettext_lazy("Sign-ins"),
    "setting": gettext_lazy("Settings"),
    "agent": gettext_lazy("Employees"),
    "role": gettext_lazy("Roles"),
    "team": gettext_lazy("Teams"),
    "token": gettext_lazy("Tokens"),
    "mailbox": gettext_lazy("Mailboxes"),
    "blacklist": gettext_lazy("Blacklist"),
    "letter": gettext_lazy("Received letters"),
    "workflow": gettext_lazy("Types, statuses and priorities"),
    "lifecycle": gettext_lazy("Lifecycles"),
    "attribute": gettext_lazy("Attributes"),
    "client_category": gettext_lazy("Client categories"),
    "client_import": gettext_lazy("Import of clients"),
    "client_export": gettext_lazy("Export of clients"),
    "web_form": gettext_lazy("Web forms"),
    "erasure": gettext_lazy("Erased persons"),
    "schedule": gettext_lazy("Schedules"),
    "sla_rule": gettext_lazy("SLA rules"),
    "routing": gettext_lazy("Routing rules"),
    "ticket_secret": gettext_lazy("Access details"),
    "canned": gettext_lazy("Canned replies"),
    "section": gettext_lazy("Sections of the knowledge base"),
    "article": gettext_lazy("Articles"),
    "audit": gettext_lazy("Audit log"),
    "configuration": gettext_lazy("Configuration as a file"),
}
"""By the first part of an event's kind. A new kind of event without a word here is shown by its own name."""

DEEDS: dict[str, str | Promise] = {
    "created": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "deleted": gettext_lazy("deleted"),
    "reordered": gettext_lazy("put in another order"),
    "ordered": gettext_lazy("put in another order"),
    "revoked": gettext_lazy("revoked"),
    "deactivated": gettext_lazy("deactivated"),
    "reactivated": gettext_lazy("activated again"),
    "password_set": gettext_lazy("given a new password"),
    "signed_out": gettext_lazy("signed out everywhere"),
    "signed_in": gettext_lazy("signed in"),
    "sign_in_failed": gettext_lazy("a sign-in failed"),
    "password_changed": gettext_lazy("chose a new password"),
    "factor_added": gettext_lazy("has another second factor"),
    "factor_removed": gettext_lazy("has a second factor less"),
    "factor_renewed": gettext_lazy("has new recovery codes"),
    "switched": gettext_lazy("switched on or off"),
    "secret_made": gettext_lazy("given a new secret"),
    "read": gettext_lazy("looked at"),
    "retried": gettext_lazy("processed again"),
    "released": gettext_lazy("let through"),
    "ignored": gettext_lazy("set aside"),
    "raw_read": gettext_lazy("saved as it came"),
    "requested": gettext_lazy("asked for"),
    "finished": gettext_lazy("done"),
    "exported": gettext_lazy("saved as a file"),
    "saved": gettext_lazy("saved as a new version"),
    "published": gettext_lazy("published"),
    "withdrawn": gettext_lazy("made a draft again"),
    "moved": gettext_lazy("moved"),
    "archived": gettext_lazy("archived"),
    "restored": gettext_lazy("taken out of the archive"),
    "file_removed": gettext_lazy("a file was removed"),
    "started": gettext_lazy("begun"),
    "taken": gettext_lazy("taken away as a file"),
    "imported": gettext_lazy("laid over what was here, from a file"),
}
NAMES = ("name", "title", "address", "email", "pattern", "code", "letter", "label")
"""What an event calls its object by, the best first."""

LONGEST = 300


@dataclass(frozen=True)
class Line:
    """One fact of an event: what it is called, what it was and what it is now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An event in words."""

    event: Event
    area: str
    deed: str
    about: str
    lines: tuple[Line, ...]


def tell(event: Event) -> Told:
    """The words for an event of the log; secrets never stand in them."""
    area, _dot, deed = event.kind.partition(".")
    data = masked(event.data)
    return Told(event, str(AREAS.get(area, area)), words_of(deed), _about(data), tuple(_lines(data)))


def words_of(deed: str) -> str:
    """The words of a deed, also of one that names a part (``rule_changed``); without words it is told as it is."""
    return str(DEEDS.get(deed) or DEEDS.get(deed.rpartition("_")[2]) or deed)


def _about(data: dict[str, Any]) -> str:
    if "key" in data:
        setting = SETTINGS.get(str(data["key"]))
        return str(setting.label) if setting else str(data["key"])
    after = data.get("after")
    named = {**data, **(after if isinstance(after, dict) else {})}
    return _text(label_of(named) or next((named[name] for name in NAMES if named.get(name)), ""))


def _lines(data: dict[str, Any]) -> Iterator[Line]:
    before, after = data.get("before"), data.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            if before.get(name) != after.get(name):
                yield Line(name, _text(before.get(name)), _text(after.get(name)))
    elif "before" in data or "after" in data:
        is_secret = any(secret in str(data.get("key", "")).lower() for secret in SECRETS)
        yield Line("", *((HIDDEN, HIDDEN) if is_secret else (_text(before), _text(after))))
    for name, value in data.items():
        if name in {"before", "after", "key", "name", "names"} or value in ("", [], {}, None):
            continue
        if isinstance(value, dict) and value and all(_is_change(each) for each in value.values()):
            for field, change in value.items():
                yield Line(field, _text(change.get("before")), _text(change.get("after")))
        elif _is_change(value):
            yield Line(name, _text(value.get("before")), _text(value.get("after")))
        else:
            yield Line(name, "", _text(value))


def _is_change(value: Any) -> bool:
    return isinstance(value, dict) and {"before", "after"} <= value.keys()


def _text(value: Any) -> str:
    match value:
        case None | "":
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case list():
            words = ", ".join(_text(each) for each in value) or "–"
        case dict():
            words = "; ".join(f"{name}: {_text(each)}" for name, each in value.items()) or "–"
        case _:
            words = str(value)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"

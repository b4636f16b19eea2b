"""What a form asks, and what becomes of the answers: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Kind = Literal["line", "email", "phone", "text", "files"]

BUILT_IN: Final[dict[str, Kind]] = {
    "name": "line",
    "email": "email",
    "phone": "phone",
    "company": "line",
    "text": "text",
    "files": "files",
}
"""The fields that every form can have. Others are lines of the administrator's own (``own_1`` ...)."""

OWN = re.compile(r"own_[0-9]{1,2}")
MOST_OWN = 8
LONGEST: Final[dict[Kind, int]] = {"line": 300, "email": 320, "phone": 40, "text": 20_000, "files": 0}
SHOWN_FIRST = ("name", "email", "text", "files")
"""What a new form shows."""


@dataclass(frozen=True)
class Field:
    """One thing that a form asks; ``labels`` by language, empty for the words that Okno brings."""

    code: str
    required: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        return BUILT_IN.get(self.code, "line")

    def as_data(self) -> dict[str, Any]:
        return {"code": self.code, "required": self.required, "labels": dict(self.labels)}


def fields_of(stored: Sequence[Mapping[str, Any]]) -> list[Field]:
    """The fields of a stored form in their order; what nobody knows is passed over."""
    found = []
    for each in stored:
        code = str(each.get("code", ""))
        if code in BUILT_IN or OWN.fullmatch(code):
            found.append(Field(code, bool(each.get("required")), dict(each.get("labels") or {})))
    return found


def first_fields() -> list[Field]:
    """The fields of a new form: who, where to answer, what, and files."""
    return [Field(code, required=code in {"email", "text"}) for code in SHOWN_FIRST]


def description_of(answers: Sequence[tuple[str, str]]) -> str:
    """All that was filled in, as ``"Field name": "value"``, one field after the other (F122)."""
    return "\n".join(f'"{label}": "{value}"' for label, value in answers if value)


def subject_of(text: str, fallback: str, limit: int = 200) -> str:
    """The first line of the request that says something; the fallback where there is none (F122).

    A line that is longer than the limit is cut at a word, since all of it stands in the description.
    """
    line = next((each.strip() for each in text.splitlines() if each.strip()), "")
    if len(line) <= limit:
        return line or fallback
    return line[:limit].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"


def origin_fits(origin: str, allowed: Sequence[str]) -> bool:
    """Whether a page of this origin may use the form: of a named host or below it; any where none is named.

    The origin is what a browser says in ``Origin`` (RFC 6454), the allowed ones are host names.
    """
    if not allowed:
        return True
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", origin.lower()).split("/", 1)[0]
    host = re.sub(r":[0-9]{1,5}$", "", host)
    return any(host == name or host.endswith(f".{name}") for name in allowed)

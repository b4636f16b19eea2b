"""What somebody says of an attribute, checked field by field before it is written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from okno.core.faults import Invalid
from okno.core.text import many_lines, one_line
from okno.fields.models import Attribute, Target
from okno.fields.rules import Definition, Kind, Limits, Option, limits_problems, read
from okno.fields.rules.definition import CHOSEN
from okno.fields.rules.limits import stored_limits
from okno.fields.words import in_words

NAME_LIMIT, HELP_LIMIT, MOST_OPTIONS = 80, 500, 200
CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
"""It begins with a letter: PostgreSQL would take a number for a place in a list."""
WITHOUT_DEFAULT = frozenset({Kind.PERSON, Kind.FILE})


@dataclass(frozen=True)
class AttributeFacts:
    """What an attribute says. ``default`` is read as a value of it; an empty ``code`` is made from the name."""

    target: str
    kind: str
    names: Mapping[str, str]
    helps: Mapping[str, str] = field(default_factory=dict)
    types: Sequence[str] = ()
    options: Sequence[Option] = ()
    default: object = None
    is_required: bool = False
    seen_by: Sequence[str] = ()
    changed_by: Sequence[str] = ()
    for_clients: str = Attribute.ForClients.HIDDEN
    limits: Limits = field(default_factory=Limits)
    code: str = ""


class Problems(dict[str, list[str]]):
    """Mistakes by field."""

    def add(self, name: str, message: str) -> None:
        """Notes a mistake at a field."""
        self.setdefault(name, []).append(message)

    def check(self) -> None:
        """Refuses when there was any."""
        if self:
            raise Invalid(self)


def checked(facts: AttributeFacts, row: Attribute | None) -> dict[str, Any]:
    """The columns of the attribute, or ``Invalid`` with every mistake at its field."""
    problems = Problems()
    if facts.kind not in Attribute.Kind.values or facts.target not in Target.values:
        raise Invalid({"kind": [_("Choose one of the offered values.")]})
    kind = Kind(facts.kind)
    names = checked_names(facts.names, problems)
    _refuse_twins(facts.target, names, row, problems)
    options = checked_options(facts.options, problems) if kind in CHOSEN else []
    for name, problem in limits_problems(kind, facts.limits).items():
        problems.add(name, in_words(problem))
    if facts.for_clients not in Attribute.ForClients.values:
        problems.add("for_clients", _("Choose one of the offered values."))
    values = {
        "target": facts.target,
        "kind": facts.kind,
        "names": names,
        "helps": _checked_helps(facts.helps, problems),
        "types": sorted(set(facts.types)) if facts.target == Target.TICKET else [],
        "options": [stored_option(option) for option in options],
        "default": _default(facts, kind, options, problems),
        "is_required": facts.is_required,
        "seen_by": sorted(set(facts.seen_by)),
        "changed_by": sorted(set(facts.changed_by)),
        "for_clients": facts.for_clients,
        "limits": stored_limits(kind, facts.limits),
    }
    problems.check()
    return values


def checked_names(names: Mapping[str, str], problems: Problems, at: str = "names") -> dict[str, str]:
    """The names in the languages of the product, in one line each, of which there is one at least."""
    clean = {language: one_line(names.get(language, "")) for language, _label in settings.LANGUAGES}
    clean = {language: name for language, name in clean.items() if name}
    if not clean:
        problems.add(at, _("Write the name in one language at least."))
    if any(len(name) > NAME_LIMIT for name in clean.values()):
        problems.add(at, _("No more than %(limit)d characters.") % {"limit": NAME_LIMIT})
    return clean


def checked_options(options: Sequence[Option], problems: Problems) -> list[Option]:
    """The options with their codes, which are made from the names where there are none yet."""
    if len(options) > MOST_OPTIONS:
        problems.add("options", _("No more than %(limit)d values.") % {"limit": MOST_OPTIONS})
        return []
    if not options:
        problems.add("options", _("Write at least one value that can be chosen."))
    taken = {option.code for option in options if option.code}
    clean: list[Option] = []
    for option in options:
        names = checked_names(option.names, problems, "options")
        code = option.code or free_code(names, taken, "value")
        taken.add(code)
        if any(_alike(names, other.names) for other in clean):
            problems.add("options", _("There is already “%(name)s”.") % {"name": next(iter(names.values()), code)})
        clean.append(replace(option, code=code, names=names))
    return clean


def free_code(names: Mapping[str, str], taken: set[str], usual: str) -> str:
    """A code made from the name that nobody has."""
    stem = slugify(names.get("en") or next(iter(names.values()), ""))[:36].strip("-_") or usual
    stem = stem.replace("_", "-")
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in itertools.count(1))
    return next(code for code in numbered if code not in taken)


def code_for(facts: AttributeFacts, names: Mapping[str, str]) -> str:
    """The given code, or one made from the name; programs and rules know the attribute by it."""
    taken = set(Attribute.objects.values_list("code", flat=True))
    if not facts.code:
        made = free_code(names, taken, "attribute")
        return made if CODE.fullmatch(made) else free_code({"en": f"a-{made}"}, taken, "attribute")
    if not CODE.fullmatch(facts.code):
        raise Invalid({"code": [_("A small Latin letter, then such letters, digits and hyphens, 40 at most.")]})
    if facts.code in taken:
        raise Invalid({"code": [_("There is already “%(name)s”.") % {"name": facts.code}]})
    return facts.code


def _refuse_twins(target: str, names: Mapping[str, str], row: Attribute | None, problems: Problems) -> None:
    for other in Attribute.objects.filter(target=target).exclude(pk=row.pk if row else 0):
        if _alike(names, other.names):
            problems.add("names", _("There is already “%(name)s”.") % {"name": other.name})
            return


def _alike(names: Mapping[str, str], others: Mapping[str, str]) -> bool:
    return any(others.get(language, "").lower() == name.lower() for language, name in names.items())


def _checked_helps(helps: Mapping[str, str], problems: Problems) -> dict[str, str]:
    clean = {language: many_lines(helps.get(language, "")).strip() for language, _label in settings.LANGUAGES}
    if any(len(text) > HELP_LIMIT for text in clean.values()):
        problems.add("helps", _("No more than %(limit)d characters.") % {"limit": HELP_LIMIT})
    return {language: text for language, text in clean.items() if text}


def _default(facts: AttributeFacts, kind: Kind, options: Sequence[Option], problems: Problems) -> Any:
    if kind in WITHOUT_DEFAULT:
        return None
    found = read(Definition("", kind, facts.limits, tuple(options)), facts.default)
    if found.problem:
        problems.add("default", in_words(found.problem))
    return found.value


def stored_option(option: Option) -> dict[str, Any]:
    """How an option is stored."""
    return {"code": option.code, "names": dict(option.names), "is_active": option.is_active}

"""Sections: made, changed, put in order, switched off and deleted (F129)."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.ordered import last_position, reorder
from okno.core.text import one_line
from okno.knowledge import access
from okno.knowledge import events as kinds
from okno.knowledge.limits import LONGEST_ABOUT, LONGEST_NAME, MOST_SECTIONS
from okno.knowledge.models import Section
from okno.knowledge.models.sections import FIELDS
from okno.knowledge.rules import Audience, Right
from okno.people.models import Company


@dataclass(frozen=True)
class SectionFacts:
    """Everything that is said of a section. ``roles`` are codes by right, ``*`` for every role."""

    names: Mapping[str, str]
    about: Mapping[str, str] = field(default_factory=dict)
    parent: Section | None = None
    inherits: bool = False
    audience: str = Audience.INTERNAL
    companies: Collection[Company] = ()
    roles: Mapping[Right, Collection[str]] = field(default_factory=dict)


def create_section(actor: Actor, facts: SectionFacts) -> Section:
    """Makes a section, the last among its neighbours."""
    access.require(actor, Right.CREATE, facts.parent)
    with transaction.atomic():
        values = _checked(facts, None)
        if Section.objects.count() >= MOST_SECTIONS:
            raise Invalid({"names": [_("There are %(most)d sections already.") % {"most": MOST_SECTIONS}]})
        position = last_position(Section.objects.filter(parent=facts.parent))
        section = Section.objects.create(code=f"section-{secrets.token_hex(6)}", position=position, **values)
        section.companies.set(_companies(facts))
        data = {"name": section.name, "parent": section.parent_id}
        events.record(actor, kinds.SECTION_CREATED, section, data)
    return section


def change_section(actor: Actor, section: Section, facts: SectionFacts) -> Section:
    """Changes names, place, rights and audience; whoever moves a section may make one in the other place too."""
    access.require(actor, Right.MANAGE, section)
    with transaction.atomic():
        locked = _locked(section)
        if (facts.parent.pk if facts.parent else None) != locked.parent_id:
            access.require(actor, Right.CREATE, facts.parent)
        values = _checked(facts, locked)
        _keep_one_foot_in(actor, locked, facts)
        fields = {
            name: {"before": _told(getattr(locked, name)), "after": _told(value)}
            for name, value in values.items()
            if getattr(locked, name) != value
        }
        for name, value in values.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(values))
        fields |= _change_companies(locked, facts)
        if fields:
            events.record(actor, kinds.SECTION_CHANGED, locked, {"name": locked.name, "fields": fields})
    return locked


def switch_section(actor: Actor, section: Section, *, is_active: bool) -> Section:
    """Hides a section with all that stands in it from readers, or shows it again."""
    access.require(actor, Right.MANAGE, section)
    with transaction.atomic():
        locked = _locked(section)
        if locked.is_active != is_active:
            locked.is_active = is_active
            locked.save(update_fields=["is_active"])
            fields = {"is_active": {"before": not is_active, "after": is_active}}
            events.record(actor, kinds.SECTION_CHANGED, locked, {"name": locked.name, "fields": fields})
    return locked


def reorder_sections(actor: Actor, parent: Section | None, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the sections that stand side by side in order."""
    access.require(actor, Right.MANAGE if parent else Right.CREATE, parent)
    with transaction.atomic():
        rows = Section.objects.filter(parent=parent)
        first = rows.first()
        if reorder(rows, wanted, seen) and first is not None:
            data = {"parent": parent.pk if parent else None, "order": list(wanted)}
            events.record(actor, kinds.SECTIONS_REORDERED, first, data)


def delete_section(actor: Actor, section: Section) -> None:
    """Deletes an empty section; one that holds something says what."""
    access.require(actor, Right.MANAGE, section)
    with transaction.atomic():
        locked = _locked(section)
        articles, sections = locked.articles.count(), locked.children.count()
        if articles or sections:
            raise Conflict(
                _("This section is not empty. Articles, also archived ones: %(articles)d; sections: %(sections)d.")
                % {"articles": articles, "sections": sections},
                code="in_use",
                details={"articles": articles, "sections": sections},
            )
        events.record(actor, kinds.SECTION_DELETED, locked, {"name": locked.name})
        locked.delete()


def forget_role(code: str) -> None:
    """Takes a deleted role out of all sections, so that a later one of this code does not inherit what it might."""
    for right in FIELDS.values():
        for section in Section.objects.select_for_update().filter(**{f"{right}__contains": [code]}):
            setattr(section, right, [each for each in getattr(section, right) if each != code])
            section.save(update_fields=[right])


def _locked(section: Section) -> Section:
    found = Section.objects.select_for_update(of=("self",)).filter(pk=section.pk).first()
    if found is None:
        raise Conflict(_("Somebody has deleted this meanwhile."))
    return found


def _checked(facts: SectionFacts, section: Section | None) -> dict[str, Any]:
    problems: dict[str, list[str]] = {}
    names = _in_languages(facts.names, LONGEST_NAME, "names", problems)
    if not names:
        problems["names"] = [_("Write the name in one language at least.")]
    about = _in_languages(facts.about, LONGEST_ABOUT, "about", problems)
    if facts.inherits and facts.parent is None:
        problems["inherits"] = [_("A section at the top has rights of its own.")]
    if section is not None and facts.parent is not None and facts.parent.pk in access.tree_of().below(section.pk):
        problems["parent"] = [_("A section cannot stand in itself.")]
    if facts.audience not in Section.For.values:
        problems["audience"] = [_("Choose one of the offered values.")]
    if facts.audience == Audience.COMPANIES and not facts.inherits and not facts.companies:
        problems["companies"] = [_("Name the companies whose clients read it.")]
    if problems:
        raise Invalid(problems)
    roles = {FIELDS[right]: _codes(facts, right) for right in Right}
    fixed = {"parent": facts.parent, "inherits": facts.inherits, "audience": facts.audience}
    return {"names": names, "about": about, **fixed, **roles}


def _codes(facts: SectionFacts, right: Right) -> list[str]:
    """The roles of a right; whoever may do something in a section sees it too."""
    named = set(facts.roles.get(right, ()))
    if right is Right.VIEW:
        named.update(code for codes in facts.roles.values() for code in codes)
    return sorted(named)


def _in_languages(
    given: Mapping[str, str], limit: int, name: str, problems: dict[str, list[str]]
) -> dict[str, str]:
    clean = {language: one_line(given.get(language, "")) for language, _label in settings.LANGUAGES}
    if any(len(text) > limit for text in clean.values()):
        problems[name] = [_("No more than %(limit)d characters.") % {"limit": limit}]
    return {language: text for language, text in clean.items() if text}


def _keep_one_foot_in(actor: Actor, section: Section, facts: SectionFacts) -> None:
    """Nobody shuts himself out by mistake."""
    if not actor.is_agent or access.MANAGE_ALL in actor.rights or facts.inherits:
        return
    if not {actor.role, "*"} & set(facts.roles.get(Right.MANAGE, ())) and not section.inherits:
        raise Invalid({"managers": [_("Your own role would no longer change this section. Leave it the right.")]})


def _companies(facts: SectionFacts) -> list[Company]:
    return list(facts.companies) if facts.audience == Audience.COMPANIES else []


def _change_companies(section: Section, facts: SectionFacts) -> dict[str, Any]:
    before = sorted(section.companies.values_list("pk", flat=True))
    wanted = _companies(facts)
    after = sorted(each.pk for each in wanted)
    if before == after:
        return {}
    section.companies.set(wanted)
    return {"companies": {"before": before, "after": after}}


def _told(value: Any) -> Any:
    return value.pk if isinstance(value, Section) else value

"""The blacklist: rules by sender or by a piece of text, and what they would do to a letter (F239)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okno.channels.email import mailbox_events as kinds
from okno.channels.email.access import require
from okno.channels.email.intake.rules.blacklist import address_fits, text_fits
from okno.channels.email.models import BlacklistRule, Mailbox
from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid

SHORTEST_TEXT = 4
"""A shorter piece of text stands in letters of everybody."""


@dataclass(frozen=True)
class RuleFacts:
    """What a rule looks at and looks for."""

    kind: str
    pattern: str
    note: str = ""
    is_active: bool = True


def create_rule(actor: Actor, facts: RuleFacts) -> BlacklistRule:
    """Adds a rule. Letters that came before stay what they are."""
    require(actor)
    facts = _checked(facts, None)
    try:
        with transaction.atomic():
            rule = BlacklistRule.objects.create(**vars(facts))
            events.record(actor, kinds.RULE_CREATED, rule, _named(rule))
    except IntegrityError as error:
        raise Invalid({"pattern": [_taken()]}) from error
    return rule


def change_rule(actor: Actor, rule: BlacklistRule, facts: RuleFacts) -> BlacklistRule:
    """Replaces what the rule says; how often it has worked is kept."""
    require(actor)
    facts = _checked(facts, rule)
    with transaction.atomic():
        locked = BlacklistRule.objects.select_for_update().get(pk=rule.pk)
        changed = [name for name, value in vars(facts).items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, getattr(facts, name))
        if changed:
            locked.save(update_fields=changed)
            events.record(actor, kinds.RULE_CHANGED, locked, {**_named(locked), "fields": changed})
    return locked


def delete_rule(actor: Actor, rule: BlacklistRule) -> None:
    """Deletes the rule; letters that it kept out can still be let through one by one."""
    require(actor)
    with transaction.atomic():
        locked = BlacklistRule.objects.select_for_update().get(pk=rule.pk)
        events.record(actor, kinds.RULE_DELETED, locked, _named(locked))
        locked.delete()


def refusing_rules(address: str, text: str) -> list[BlacklistRule]:
    """The active rules that would keep out a letter of this sender with this text."""
    active = BlacklistRule.objects.filter(is_active=True).order_by("pk")
    by_address = BlacklistRule.Kind.ADDRESS
    return [
        rule
        for rule in active
        if (rule.kind == by_address and address_fits(rule.pattern, address.strip()))
        or (rule.kind != by_address and text_fits(rule.pattern, text))
    ]


def _named(rule: BlacklistRule) -> dict[str, object]:
    return {"kind": rule.kind, "pattern": rule.pattern}


def _taken() -> str:
    return _("There is already such a rule.")


def _checked(facts: RuleFacts, rule: BlacklistRule | None) -> RuleFacts:
    pattern = " ".join(facts.pattern.split())
    problems: dict[str, list[str]] = {}
    if facts.kind == BlacklistRule.Kind.ADDRESS:
        pattern = pattern.lower()
        problem = _problem_of_address(pattern)
    elif facts.kind == BlacklistRule.Kind.TEXT:
        short = len(pattern) < SHORTEST_TEXT
        problem = _("Write at least %(count)d characters.") % {"count": SHORTEST_TEXT} if short else ""
    else:
        raise Invalid({"kind": [_("Choose one of the offered values.")]})
    same = BlacklistRule.objects.filter(kind=facts.kind, pattern=pattern).exclude(pk=rule.pk if rule else 0)
    problem = problem or (_taken() if same.exists() else "")
    if len(pattern) > 320:
        problem = _("No more than %(limit)d characters.") % {"limit": 320}
    if problem:
        problems["pattern"] = [problem]
    if len(facts.note) > 200:
        problems["note"] = [_("No more than %(limit)d characters.") % {"limit": 200}]
    if problems:
        raise Invalid(problems)
    return RuleFacts(facts.kind, pattern, facts.note.strip(), facts.is_active)


def _problem_of_address(pattern: str) -> str:
    _local, at, domain = pattern.rpartition("@")
    if not at or not domain.strip("*. "):
        return _("Write an address, or a domain such as *@spam.example.")
    ours = [
        address for address in Mailbox.objects.values_list("address", flat=True) if address_fits(pattern, address)
    ]
    if ours:
        return _("This would keep out your own mailbox %(address)s.") % {"address": ours[0]}
    return ""

"""Letters that become no message, each with its reason: our own, those of the blacklist, the same letter again."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from okno.channels.email import loop
from okno.channels.email.intake.case import Case, Outcome
from okno.channels.email.intake.identification import sender_address
from okno.channels.email.intake.knowledge import Knowledge
from okno.channels.email.intake.marks import is_marked_as_ours
from okno.channels.email.intake.rules.blacklist import address_fits, text_fits
from okno.channels.email.models import BlacklistRule, Letter


def refusal(case: Case, knowledge: Knowledge) -> Outcome | None:
    """Why the letter is ignored, or nothing. A bounce of our own letter is not our own letter."""
    if case.is_released:
        return None
    return _own(case, knowledge) or _blacklisted(case, knowledge) or _duplicate(case, knowledge)


def _ignored(because: str, **facts: Any) -> Outcome:
    return Outcome(Letter.State.IGNORED, {"ignored": because, **facts})


def _own(case: Case, knowledge: Knowledge) -> Outcome | None:
    """A letter that we sent ourselves and that somebody sent back to us would go round for ever (T6)."""
    if is_marked_as_ours(case):
        return _ignored("own_letter", detail=loop.HEADER)
    if case.header_id and knowledge.correspondence.sent(case.header_id):
        return _ignored("own_letter", detail=case.header_id)
    address = sender_address(case)
    if address and knowledge.desk.is_own(address):
        return _ignored("own_address", detail=address)
    return None


def _blacklisted(case: Case, knowledge: Knowledge) -> Outcome | None:
    for rule in knowledge.desk.blacklist:
        if _fits(rule, case):
            BlacklistRule.objects.filter(pk=rule.pk).update(hits=F("hits") + 1)
            return _ignored("blacklist", rule=rule.pk, kind=rule.kind, pattern=rule.pattern)
    return None


def _fits(rule: BlacklistRule, case: Case) -> bool:
    if rule.kind == BlacklistRule.Kind.ADDRESS:
        addresses = {sender_address(case), (case.letter.envelope_from or "").lower()} - {""}
        return any(address_fits(rule.pattern, address) for address in addresses)
    return text_fits(rule.pattern, case.parsed.subject, case.parsed.full_text)


def _duplicate(case: Case, knowledge: Knowledge) -> Outcome | None:
    """The same letter again: same Message-ID and same content. Same id alone is noted and taken (T9)."""
    others = [known for known in _others(case, knowledge) if known[1]]
    same = next((known for known in others if known[1] == case.content_hash), None)
    if same is not None:
        first = Letter.objects.select_related("ticket", "message").get(pk=same[0])
        facts = {"ignored": "duplicate", "first": first.pk}
        return Outcome(Letter.State.IGNORED, facts, first.ticket, first.message)
    if others:
        case.reason["same_id_as"] = others[0][0]
    return None


def _others(case: Case, knowledge: Knowledge) -> list[tuple[int, str]]:
    """Processed letters with the same id; of letters without an id, those with the same content."""
    if case.header_id:
        received = knowledge.correspondence.received(case.header_id)
        return [(known.id, known.content_hash) for known in received if known.id != case.letter.pk]
    if case.parsed.date is None:
        return []
    equal = Letter.objects.filter(content_hash=case.content_hash, header_id="").exclude(pk=case.letter.pk)
    return list(equal.order_by("id").values_list("id", "content_hash")[:1])

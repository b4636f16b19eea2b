"""What can happen to promises. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

DEADLINE_SET = kind("ticket.deadline_set", "Set or cleared by hand. data: before, after (ISO 8601 or empty)")
DEADLINE_NEAR = kind("ticket.deadline_near", "A promise is soon over. data: of (reaction, resolution), deadline")
DEADLINE_PASSED = kind(
    "ticket.deadline_passed", "A promise was not kept. data: of (reaction, resolution), deadline"
)
RULE_CREATED = kind("sla_rule.created", "data: name")
RULE_CHANGED = kind("sla_rule.changed", "data: name, fields (names of what changed)")
RULE_DELETED = kind("sla_rule.deleted", "data: name")
RULES_ORDERED = kind("sla_rule.ordered", "data: order (ids)")

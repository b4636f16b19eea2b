"""What can happen to routing rules. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

RULE_CREATED = kind("routing.rule_created", "A routing rule was made. data: name, after (what it says)")
RULE_CHANGED = kind("routing.rule_changed", "data: name, fields (names of what changed), before, after")
RULE_DELETED = kind("routing.rule_deleted", "data: name, before (what it said)")
RULES_REORDERED = kind("routing.rules_reordered", "data: before, after (ids in their order)")

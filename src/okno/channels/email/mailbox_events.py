"""What a person can do to mailboxes and to the blacklist. Passwords are never among the data."""

from __future__ import annotations

from okno.core.events import kind

CREATED = kind("mailbox.created", "A mailbox was added. data: address")
CHANGED = kind("mailbox.changed", "data: address, fields (names of what changed)")
DELETED = kind("mailbox.deleted", "data: address")
RULE_CREATED = kind("blacklist.created", "A rule of the blacklist was added. data: kind, pattern")
RULE_CHANGED = kind("blacklist.changed", "data: kind, pattern, fields (names of what changed)")
RULE_DELETED = kind("blacklist.deleted", "data: kind, pattern")

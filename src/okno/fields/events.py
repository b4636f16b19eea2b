"""What can happen to definitions. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

CREATED = kind("attribute.created", "data: code, name, target, kind")
CHANGED = kind("attribute.changed", "data: code, name, fields: {name: {before, after}}, turned (values), if any")
DELETED = kind("attribute.deleted", "data: code, name, target, values (how many were erased)")
REORDERED = kind("attribute.reordered", "data: target, order (codes)")

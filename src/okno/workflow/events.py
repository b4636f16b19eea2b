"""What can happen to the configuration of tickets. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

ROW_CREATED = kind(
    "workflow.created", "data: what (type, status, priority, impact, urgency, service, form), code, name"
)
ROW_CHANGED = kind("workflow.changed", "data: what, code, name, fields: {name: {before, after}}")
ROW_DELETED = kind("workflow.deleted", "data: what, code, name, replaced_by (code, or empty)")
ROWS_REORDERED = kind("workflow.reordered", "data: what, order (codes)")
MATRIX_CHANGED = kind("workflow.matrix_changed", "data: cells: [{impact, urgency, before, after}] (codes)")
LIFECYCLE_CREATED = kind("lifecycle.created", "data: code, name")
LIFECYCLE_CHANGED = kind(
    "lifecycle.changed",
    "data: code, name, fields, statuses: {added, removed}, transitions: {added, removed, changed}, moved (tickets)",
)
LIFECYCLE_DELETED = kind("lifecycle.deleted", "data: code, name, replaced_by (code, or empty)")

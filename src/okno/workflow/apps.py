"""Workflow: types, statuses, priorities."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "okno.workflow"
    label = "workflow"

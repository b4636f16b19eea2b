"""SLA: the promises of when a ticket is answered and solved."""

from __future__ import annotations

from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "okno.sla"
    label = "sla"

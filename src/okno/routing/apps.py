"""Routing: who answers for a new ticket and who follows it."""

from __future__ import annotations

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "okno.routing"
    label = "routing"

"""The ``portal`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "okno.portal"
    label = "okno_portal"

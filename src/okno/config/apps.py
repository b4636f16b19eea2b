"""The ``config`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "okno.config"
    label = "okno_config"

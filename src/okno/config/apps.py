"""The ``config`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "okno.config"
    label = "okno_config"

    def ready(self) -> None:
        from django.core.checks import register

        from okno.config.checks import secret_key_is_present

        register(secret_key_is_present)

"""The core: what any product of this shape needs and that knows no word of the domain."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "okno.core"
    label = "core"

    def ready(self) -> None:
        """Collects the handlers and drains of every package, so that an event finds its listeners."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("events", "declarations", "handlers", "drains", "configuration")

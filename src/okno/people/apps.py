"""People: companies, contacts, agents, teams, roles."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "okno.people"
    label = "people"

    def ready(self) -> None:
        """Has the settings of the portal declared, which stand apart from those of the client base."""
        import_module("okno.people.portal_declarations")

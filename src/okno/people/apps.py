"""People: companies, contacts, agents, teams, roles."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "okno.people"
    label = "people"

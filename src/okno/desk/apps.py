"""The ``desk`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "okno.desk"
    label = "okno_desk"

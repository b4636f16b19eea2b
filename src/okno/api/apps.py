"""The ``api`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "okno.api"
    label = "okno_api"

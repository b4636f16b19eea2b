"""Fields: attributes that an installation gives to its tickets, companies and contacts."""

from __future__ import annotations

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "okno.fields"
    label = "fields"

"""The e-mail channel: letters in, letters out."""

from __future__ import annotations

from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "okno.channels.email"
    label = "email"

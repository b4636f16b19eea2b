"""The web form channel."""

from __future__ import annotations

from django.apps import AppConfig


class WebFormConfig(AppConfig):
    name = "okno.channels.web_form"
    label = "web_form"

"""The ``manage`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ManageConfig(AppConfig):
    name = "okno.manage"
    label = "okno_manage"

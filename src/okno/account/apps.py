"""The ``account`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "okno.account"
    label = "okno_account"

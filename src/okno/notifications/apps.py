"""Notifications: what happened, told to those whom it concerns."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "okno.notifications"
    label = "notifications"

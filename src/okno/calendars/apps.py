"""Calendars: schedules of working hours."""

from __future__ import annotations

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "okno.calendars"
    label = "calendars"

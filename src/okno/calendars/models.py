"""Schedules: when work is done, by which the promises to clients are counted (F57, F234)."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

WEEK = [[["09:00", "18:00"]]] * 5 + [[], []]


def usual_week() -> list[list[list[str]]]:
    """Monday to Friday from nine to six."""
    return [[list(pair) for pair in day] for day in WEEK]


class WorkSchedule(models.Model):
    """Working hours of a week in a zone. Days that differ are its exceptions.

    ``weekly`` has a list for each day from Monday on: pairs of written times, an end of 24:00 for midnight.
    """

    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=50, blank=True, default="", help_text="empty: that of the installation")
    in_client_zone = models.BooleanField(default=True, help_text="by the clocks of the client's company (F60)")
    weekly = models.JSONField(default=usual_week)
    is_default = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True, default="", help_text="whose holidays are closed days")
    region = models.CharField(max_length=20, blank=True, default="")
    holidays_until = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the last year written down")
    version = models.UUIDField(default=uuid4, help_text="another after every change, also of an exception")

    class Meta:
        ordering = ["-is_default", Lower("name")]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="schedule_name_once"),
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="schedule_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_zone(self) -> str:
        """The zone by whose clocks the hours are meant."""
        return self.zone or settings.DISPLAY_TIME_ZONE

    def zone_for(self, client_zone: str) -> str:
        """The zone that counts for a client: the client's own where it is known and followed (F60)."""
        return client_zone if self.in_client_zone and client_zone else self.own_zone


class ScheduleException(models.Model):
    """A day on which other hours hold: none, others, or the usual ones in spite of a holiday (F57, F224).

    ``hours`` is a list of pairs as in a week; null stands for the usual hours of the weekday.
    """

    class Source(models.TextChoices):
        HAND = "hand"
        COUNTRY = "country"
        FILE = "file"

    schedule = models.ForeignKey(WorkSchedule, on_delete=models.CASCADE, related_name="exceptions")
    date = models.DateField()
    hours = models.JSONField(null=True, blank=True, default=list)
    name = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=7, choices=Source, default=Source.HAND)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["schedule", "date"], name="schedule_exception_once_a_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

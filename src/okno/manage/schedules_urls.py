"""The URLs of schedules."""

from __future__ import annotations

from django.urls import path

from okno.manage.schedules import days, editing, files, holidays, listing, trial

urlpatterns = [
    path("", listing.schedules, name="schedules"),
    path("new/", editing.new, name="schedule-new"),
    path("week/", editing.week, name="schedule-week"),
    path("<int:pk>/", editing.edit, name="schedule"),
    path("<int:pk>/default/", editing.default, name="schedule-default"),
    path("<int:pk>/delete/", editing.delete, name="schedule-delete"),
    path("<int:pk>/days/", days.days, name="schedule-days"),
    path("<int:pk>/days/remove/", days.remove, name="schedule-day-remove"),
    path("<int:pk>/holidays/", holidays.holidays, name="schedule-holidays"),
    path("<int:pk>/file/", files.look, name="schedule-file"),
    path("<int:pk>/file/take/", files.take, name="schedule-file-take"),
    path("<int:pk>/file/remove/", days.remove_files, name="schedule-file-remove"),
    path("<int:pk>/try/", trial.trial, name="schedule-trial"),
]

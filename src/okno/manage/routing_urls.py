"""The URLs of routing rules."""

from __future__ import annotations

from django.urls import path

from okno.manage.routing import editing, listing, trial

urlpatterns = [
    path("", listing.rules, name="routing"),
    path("new/", editing.new, name="routing-new"),
    path("order/", listing.order, name="routing-order"),
    path("try/", trial.trial, name="routing-trial"),
    path("<int:pk>/", editing.edit, name="routing-rule"),
    path("<int:pk>/switch/", listing.switch, name="routing-switch"),
    path("<int:pk>/delete/", listing.delete, name="routing-delete"),
]

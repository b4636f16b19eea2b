"""The URLs of SLA rules."""

from __future__ import annotations

from django.urls import path

from okno.manage.sla import editing, listing, trial

urlpatterns = [
    path("", listing.rules, name="sla"),
    path("new/", editing.new, name="sla-new"),
    path("order/", listing.order, name="sla-order"),
    path("progress/", listing.progress, name="sla-progress"),
    path("try/", trial.trial, name="sla-trial"),
    path("<int:pk>/", editing.edit, name="sla-rule"),
    path("<int:pk>/switch/", listing.switch, name="sla-switch"),
    path("<int:pk>/delete/", listing.delete, name="sla-delete"),
]

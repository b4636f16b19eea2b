"""The URLs of the pages of web forms."""

from __future__ import annotations

from django.urls import path

from okno.manage.web_forms import editing

urlpatterns = [
    path("", editing.listing, name="web-forms"),
    path("new/", editing.new, name="web-form-new"),
    path("preview/", editing.preview, name="web-form-preview"),
    path("<int:pk>/", editing.edit, name="web-form"),
    path("<int:pk>/switch/", editing.switch, name="web-form-switch"),
    path("<int:pk>/secret/", editing.secret, name="web-form-secret"),
    path("<int:pk>/delete/", editing.delete, name="web-form-delete"),
]

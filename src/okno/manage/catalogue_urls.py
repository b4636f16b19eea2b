"""The URLs of what tickets are described with: lifecycles and the small catalogues."""

from __future__ import annotations

from django.urls import include, path

from okno.manage.lifecycles.editing import PAGES as LIFECYCLES

urlpatterns = [
    path("lifecycles/", include(LIFECYCLES.urls())),
]

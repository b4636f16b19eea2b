"""The URLs of what tickets are described with: lifecycles and the small catalogues."""

from __future__ import annotations

from django.urls import include, path

from okno.manage.catalogue.statuses import PAGES as STATUSES
from okno.manage.catalogue.types import PAGES as TYPES
from okno.manage.lifecycles.editing import PAGES as LIFECYCLES

urlpatterns = [
    path("types/", include(TYPES.urls())),
    path("statuses/", include(STATUSES.urls())),
    path("lifecycles/", include(LIFECYCLES.urls())),
]

"""The URLs of what tickets are described with: lifecycles and the small catalogues."""

from __future__ import annotations

from django.urls import include, path

from okno.manage.attributes.options import urlpatterns as options
from okno.manage.attributes.pages import PAGES as ATTRIBUTES
from okno.manage.catalogue.categories import PAGES as CATEGORIES
from okno.manage.catalogue.priorities import IMPACTS, PRIORITIES, URGENCIES, matrix_page
from okno.manage.catalogue.services import PAGES as SERVICES
from okno.manage.catalogue.statuses import PAGES as STATUSES
from okno.manage.catalogue.types import PAGES as TYPES
from okno.manage.lifecycles.editing import PAGES as LIFECYCLES
from okno.manage.request_forms.editing import PAGES as REQUEST_FORMS

urlpatterns = [
    path("attributes/<int:pk>/values/", include(options)),
    path("attributes/", include(ATTRIBUTES.urls())),
    path("types/", include(TYPES.urls())),
    path("statuses/", include(STATUSES.urls())),
    path("lifecycles/", include(LIFECYCLES.urls())),
    path("priorities/matrix/", matrix_page, name="matrix"),
    path("priorities/impacts/", include(IMPACTS.urls())),
    path("priorities/urgencies/", include(URGENCIES.urls())),
    path("priorities/", include(PRIORITIES.urls())),
    path("categories/", include(CATEGORIES.urls())),
    path("services/", include(SERVICES.urls())),
    path("request-forms/", include(REQUEST_FORMS.urls())),
]

"""The address of links in letters."""

from __future__ import annotations

from django.urls import path

from okno.portal.answer import pages

app_name = "answer"

urlpatterns = [path("<str:token>/", pages.page, name="page")]

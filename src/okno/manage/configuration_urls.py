"""The URLs of the configuration as a file."""

from __future__ import annotations

from django.urls import path

from okno.manage.configuration import page

urlpatterns = [
    path("", page.configuration, name="configuration"),
    path("file/", page.save, name="configuration-file"),
    path("look/", page.look, name="configuration-look"),
    path("take/", page.take, name="configuration-take"),
]

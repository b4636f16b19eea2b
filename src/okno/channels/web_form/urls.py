"""The URLs of web forms: called by the pages of others."""

from __future__ import annotations

from django.urls import path

from okno.channels.web_form import views

app_name = "web_form"

urlpatterns = [
    path("okno.js", views.script, name="script"),
    path("<slug:key>/", views.form, name="form"),
    path("<slug:key>/configuration/", views.configuration, name="configuration"),
    path("<slug:key>/work/", views.work, name="work"),
]

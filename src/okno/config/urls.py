"""Every URL: each face brings its own."""

from __future__ import annotations

from django.urls import include, path

from okno.account import demo
from okno.config import policies

urlpatterns = [
    path("", include("okno.desk.urls")),
    path("manage/", include("okno.manage.urls")),
    path("account/", include("okno.account.urls")),
    path("account/", include("allauth.urls")),
    path("api/", include("okno.api.urls")),
    path(f"{demo.PATH[1:]}<str:token>/", demo.sign_in, name="demo_sign_in"),
]
handler404 = "okno.core.http.errors.not_found"
handler403 = "okno.core.http.errors.forbidden"
handler500 = "okno.core.http.errors.server_error"

policies.declare()

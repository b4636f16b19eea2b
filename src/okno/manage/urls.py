"""The URLs of the settings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from okno.manage import deliveries, index

app_name = "manage"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="index"),
    path("deliveries/", deliveries.listing, name="deliveries"),
    path("deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("deliveries/<int:pk>/frame/", deliveries.frame, name="delivery-frame"),
    path("deliveries/<int:pk>/raw/", deliveries.raw, name="delivery-raw"),
    path("deliveries/<int:pk>/resend/", deliveries.resend, name="delivery-resend"),
    path("deliveries/<int:pk>/cancel/", deliveries.cancel, name="delivery-cancel"),
]

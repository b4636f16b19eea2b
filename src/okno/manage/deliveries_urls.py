"""The URLs of the page of deliveries."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from okno.manage import deliveries

urlpatterns: list[URLPattern | URLResolver] = [
    path("", deliveries.listing, name="deliveries"),
    path("<int:pk>/", deliveries.delivery, name="delivery"),
    path("<int:pk>/frame/", deliveries.frame, name="delivery-frame"),
    path("<int:pk>/raw/", deliveries.raw, name="delivery-raw"),
    path("<int:pk>/resend/", deliveries.resend, name="delivery-resend"),
    path("<int:pk>/cancel/", deliveries.cancel, name="delivery-cancel"),
]

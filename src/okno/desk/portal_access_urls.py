"""The URLs of a contact's access to the portal."""

from __future__ import annotations

from django.urls import path

from okno.desk import portal_access

urlpatterns = [
    path("", portal_access.block, name="access"),
    path("invite/", portal_access.invite, name="access-invite"),
    path("give/", portal_access.give, name="access-give"),
    path("password/", portal_access.password, name="access-password"),
    path("login/", portal_access.login, name="access-login"),
    path("levels/", portal_access.change_levels, name="access-levels"),
    path("revoke/", portal_access.revoke, name="access-revoke"),
]

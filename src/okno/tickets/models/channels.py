"""The ways by which tickets and messages come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """By which way a ticket or a message came (F48)."""

    DESK = "desk", _("by an employee")
    EMAIL = "email", _("by mail")
    PORTAL = "portal", _("through the portal")
    WEB_FORM = "web_form", _("through a web form")
    API = "api", _("through the API")

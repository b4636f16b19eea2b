"""Django behind WSGI: all pages and the API."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okno.config.settings")
application = get_wsgi_application()

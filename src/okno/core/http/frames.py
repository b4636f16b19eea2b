"""Foreign HTML in a page of its own, for a sandboxed frame: no script, no request, no form (T12)."""

from __future__ import annotations

from html import escape

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
"""It holds even if the sanitiser should fail. Of our origin, so that the page may measure the frame's height."""

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
html {{ color-scheme: light; background: #fff; }}
body {{ margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #1d2330; overflow-wrap: anywhere; }}
img {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>{markup}</body>
</html>
"""


def frame_page(markup: str) -> HttpResponse:
    """A page with this HTML, which must have been sanitised; it stands under a policy of its own as well."""
    page = _PAGE.format(language=escape(get_language() or "en"), title=escape(_("Letter")), markup=markup)
    answer = HttpResponse(page)
    answer["Content-Security-Policy"] = POLICY
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "private, no-store"
    return answer

"""What programs read of the public sections, and of nothing else: a feed, a site map, a word to search engines."""

from __future__ import annotations

from datetime import UTC
from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.declarations import COMPANY_NAME
from okno.core.http.policy import anybody
from okno.core.jinja import url
from okno.knowledge import access
from okno.knowledge.reading import own_language, read
from okno.knowledge.rendering import page_of
from okno.portal.help.frame import in_language

MOST_ENTRIES = 50
MOST_ADDRESSES = 40_000
"""A site map holds at most 50,000 addresses (sitemaps.org)."""


@require_safe
@anybody
@in_language
def feed(request: HttpRequest) -> HttpResponseBase:
    """The public articles that were changed last (Atom, RFC 4287); whoever asks, strangers' articles alone."""
    home = settings.BASE_URL + url("help:home")
    written = Atom1Feed(
        title=f"{COMPANY_NAME() or 'Okno'}: {_('Knowledge base')}",
        link=home,
        description="",
        language=own_language(),
        feed_url=settings.BASE_URL + request.get_full_path(),
    )
    rows = access.articles_visible_to(None).prefetch_related("texts").order_by("-updated_at", "-pk")
    for row in rows[:MOST_ENTRIES]:
        shown = read(row, own_language())
        if shown is not None:
            address = f"{settings.BASE_URL}{url('help:article', row.pk)}?language={shown.language}"
            content = page_of(shown.html).html.replace('src="/help/', f'src="{settings.BASE_URL}/help/')
            written.add_item(
                title=shown.title, link=address, description=content, unique_id=address,
                pubdate=row.created_at, updateddate=shown.updated_at, author_name=shown.author or "Okno",
            )  # fmt: skip
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    answer.write(written.writeString("utf-8"))
    return answer


@require_safe
@anybody
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The addresses of the public articles with their languages (sitemaps.org)."""
    rows = access.articles_visible_to(None).prefetch_related("texts").order_by("pk")[:MOST_ADDRESSES]
    lines = []
    for row in rows:
        address = settings.BASE_URL + url("help:article", row.pk)
        texts = [text for text in row.texts.all() if text.published]
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{text.language}" '
            f'href="{escape(address)}?language={text.language}"/>'
            for text in texts
        )
        for text in texts:
            changed = text.updated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            place = f"{escape(address)}?language={text.language}"
            lines.append(f"<url><loc>{place}</loc><lastmod>{changed}</lastmod>{links}</url>")
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    )
    body = head + "\n".join(lines) + "\n</urlset>\n"
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@require_safe
@anybody
def robots(request: HttpRequest) -> HttpResponseBase:
    """Search engines may read the help and nothing else (RFC 9309)."""
    place = settings.BASE_URL + url("help:sitemap")
    text = f"User-agent: *\nAllow: /help/\nAllow: /static/\nDisallow: /\n\nSitemap: {place}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")

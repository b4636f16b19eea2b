"""Yes or no below an article, and a word about what is missing."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Invalid
from okno.core.http.addresses import client_address, network_of
from okno.core.http.after import go
from okno.core.http.policy import Request, anybody
from okno.core.http.respond import is_fragment, respond
from okno.knowledge import access
from okno.knowledge.models import Article, Vote
from okno.knowledge.operations import counting
from okno.knowledge.reading import own_language
from okno.portal.help.frame import in_language, kept

COOKIE = "okno_reader"
"""A random name for a browser whose person is not signed in, set by the first vote and by nothing else."""

KEPT = timedelta(days=365)


@require_POST
@anybody
@in_language
def vote(request: Request, pk: int) -> HttpResponseBase:
    """Counts the vote of this person or browser, or changes it."""
    article = access.get_article(request.actor, pk)
    browser = request.COOKIES.get(COOKIE, "") or secrets.token_urlsafe(20)
    if request.POST.get("helped") not in {"yes", "no"}:
        raise Invalid({"helped": [_("Choose one of the offered values.")]})
    try:
        answer = _answer(request, article, _counted(request, article, browser))
    except Invalid as invalid:
        if not is_fragment(request):
            raise
        answer = _answer(request, article, None, trouble=invalid.message)
    if request.actor is None:
        secure = settings.SESSION_COOKIE_SECURE
        answer.set_cookie(COOKIE, browser, max_age=KEPT, httponly=True, samesite="Lax", secure=secure)
    return answer


def _counted(request: Request, article: Article, browser: str) -> Vote:
    return counting.vote(
        request.actor,
        article,
        is_helpful=request.POST.get("helped") == "yes",
        comment=request.POST.get("comment", ""),
        language=own_language(),
        browser=browser,
        address=network_of(client_address(request)),
    )


def _answer(request: Request, article: Article, voted: Vote | None, *, trouble: str = "") -> HttpResponse:
    """The question again, with thanks or with what was wrong; without scripts the page of the article."""
    if not is_fragment(request):
        return go(request, f"{reverse('help:article', args=[article.pk])}{kept(request)}#helpful")
    comment = request.POST.get("comment", "")
    context = {
        "article": article,
        "voted": voted,
        "trouble": trouble,
        "typed_comment": comment,
        "is_no": request.POST.get("helped") == "no",
        "is_thanked": bool(comment.strip()) and not trouble,
        "keep": kept(request),
    }
    return respond(request, "help/voted.jinja", context, status=422 if trouble else 200)

"""Articles beside a ticket: those that may answer it, put into an answer, made of an answer."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.core.actor import Actor
from okno.core.faults import Invalid, NotVisible
from okno.core.http.after import go
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.loading import load
from okno.knowledge import access as knowledge
from okno.knowledge.models import Article
from okno.knowledge.reading import Reading, own_language, read
from okno.knowledge.search import find, suggest
from okno.tickets import access
from okno.tickets.models import Draft, Message, Ticket
from okno.tickets.operations.drafts import open_draft
from okno.tickets.operations.knowledge import link_to, make_article, words_for_answer

MOST = 5
WORDS = 600
"""Characters of the first message that count when articles are looked for."""


@require_safe
@agents
def beside(request: AgentRequest, number: int) -> HttpResponseBase:
    """The articles that may answer the ticket, or those that fit what is typed."""
    ticket = load(request, number)
    typed = request.GET.get("q", "").strip()[:200]
    language = _language(ticket)
    if typed:
        hits = find(request.actor, typed, language, limit=MOST).hits
        rows = [(hit.article, hit.title, hit.language) for hit in hits if not hit.is_draft]
    else:
        offered = suggest(request.actor, _said(ticket), language, MOST)
        rows = [(each.article, each.title, each.language) for each in offered]
    readable = readable_by_client(ticket, [pk for pk, _title, _language in rows])
    made = knowledge.articles_visible_to(request.actor).filter(from_ticket=ticket.number)
    context = {
        "ticket": ticket,
        "typed": typed,
        "rows": [(pk, title, code, pk in readable) for pk, title, code in rows],
        "made": [(row.pk, row) for row in made.prefetch_related("texts")[:MOST]],
        "kind": "answer" if access.may_seen(request.actor, "answer", ticket) else "note",
    }
    return respond(request, "desk/tickets/articles.jinja", context)


@require_POST
@agents
def insert(request: AgentRequest, number: int, kind: str, pk: int) -> HttpResponseBase:
    """Puts an article into the answer that is being written: ``as=link`` or its whole text with its pictures."""
    ticket = load(request, number)
    if kind not in {Draft.Kind.ANSWER, Draft.Kind.NOTE}:
        raise Invalid({"kind": [_("There is no such draft.")]})
    article = knowledge.get_article(request.actor, pk)
    reading = _reading(article, _language(ticket))
    if request.POST.get("as") == "link":
        if kind == Draft.Kind.ANSWER and pk not in readable_by_client(ticket, [pk]):
            raise Invalid({"as": [_("The client cannot open this article. Insert its text instead.")]})
        markup = link_to(article, reading)
    else:
        markup = words_for_answer(request.actor, open_draft(request.actor, ticket, kind), reading)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"html": markup})
    trigger = {"composer:insert": {"id": f"{kind}-editor", "html": markup}}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(trigger)})


@require_POST
@agents
def make(request: AgentRequest, pk: int) -> HttpResponseBase:
    """A draft of an article with the words of this answer; the editor opens with it."""
    message = Message.objects.filter(pk=pk).first()
    if message is None:
        raise NotVisible(_("There is no such message, or it is not for you to see."))
    article = make_article(request.actor, message)
    language = article.texts.get().language
    address = f"{reverse('desk:article-edit', args=[article.pk])}?language={language}"
    messages.success(request, _("A draft is made of the answer. Take out what is the client's own."))
    return go(request, address)


def readable_by_client(ticket: Ticket, articles: list[int]) -> set[int]:
    """Which of these articles the client of the ticket can open; without a contact those that everybody can."""
    client: Actor | None = ticket.contact.as_actor() if ticket.contact else None
    seen = knowledge.articles_visible_to(client).filter(pk__in=articles, is_published=True)
    return set(seen.values_list("pk", flat=True))


def offers(request: AgentRequest, ticket: Ticket, words: str) -> list[dict[str, object]]:
    """Articles for the list that a slash opens: each as a link, where the client can open it, and as text."""
    hits = [hit for hit in find(request.actor, words, _language(ticket), limit=4).hits if not hit.is_draft]
    readable = readable_by_client(ticket, [hit.article for hit in hits])
    rows: list[dict[str, object]] = []
    for hit in hits:
        address = reverse("desk:ticket-article-insert", args=[ticket.number, "answer", hit.article])
        if hit.article in readable:
            rows.append({"id": f"link-{hit.article}", "title": hit.title, "hint": _("article, as a link"),
                         "insert": address, "as": "link"})  # fmt: skip
        rows.append({"id": f"text-{hit.article}", "title": hit.title, "hint": _("article, as text"),
                     "insert": address, "as": "text"})  # fmt: skip
    return rows


def _reading(article: Article, language: str) -> Reading:
    found = read(article, language)
    if found is None:
        raise NotVisible(_("The article is not published yet."))
    return found


def _language(ticket: Ticket) -> str:
    language = ticket.contact.language if ticket.contact else ""
    return language or own_language()


def _said(ticket: Ticket) -> str:
    first = ticket.messages.filter(is_public=True).order_by("id").values_list("text", flat=True).first() or ""
    return f"{ticket.subject}\n{first[:WORDS]}"

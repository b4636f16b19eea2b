"""What readers think of articles: by article, and over all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.http.policy import AgentRequest, agents
from okno.desk.knowledge.offers import bars_of, offers_by_article, weeks_of
from okno.desk.knowledge.tree import frame
from okno.knowledge import access
from okno.knowledge.models import Article, OfferCount, Vote
from okno.knowledge.reading import title_of

SHOWN_COMMENTS = 20
MOST_ROWS = 100
PERIOD = timedelta(days=90)


@dataclass(frozen=True)
class Helpfulness:
    """Votes of an article, what readers wrote, and what offering it has saved."""

    yes: int = 0
    no: int = 0
    comments: list[Vote] = field(default_factory=list)
    opened: int = 0
    helped: int = 0

    @property
    def share(self) -> int | None:
        """How many of a hundred readers it helped; nothing without votes."""
        return round(100 * self.yes / (self.yes + self.no)) if self.yes + self.no else None


def helpfulness_of(article: Article) -> Helpfulness:
    """The figures of one article."""
    votes = article.votes.aggregate(
        yes=Count("pk", filter=Q(is_helpful=True)), no=Count("pk", filter=Q(is_helpful=False))
    )
    offers = article.offers.aggregate(opened=Sum("opened"), helped=Sum("helped"))
    comments = list(article.votes.exclude(comment="").order_by("-created_at")[:SHOWN_COMMENTS])
    return Helpfulness(votes["yes"], votes["no"], comments, offers["opened"] or 0, offers["helped"] or 0)


@require_safe
@agents
def figures(request: AgentRequest) -> HttpResponseBase:
    """The articles that helped least first, and what offering articles has saved in three months."""
    seen = access.articles_visible_to(request.actor).filter(archived_at=None, is_published=True)
    rows = (
        seen.annotate(
            yes=Count("votes", filter=Q(votes__is_helpful=True)),
            no=Count("votes", filter=Q(votes__is_helpful=False)),
        )
        .filter(Q(yes__gt=0) | Q(no__gt=0))
        .annotate(balance=F("no") - F("yes"))
        .prefetch_related("texts")
        .order_by("-balance", "-no", "pk")[:MOST_ROWS]
    )
    offers = OfferCount.objects.filter(article__in=seen, day__gte=clock.now().date() - PERIOD)
    weeks = weeks_of(offers)
    context = frame(request.actor) | {
        "rows": [(row, title_of(row), Helpfulness(row.yes, row.no)) for row in rows],
        "offered": offers_by_article(offers),
        "weeks": weeks,
        "bars": bars_of(weeks),
        "offers": offers.aggregate(shown=Sum("shown"), opened=Sum("opened"), helped=Sum("helped")),
    }
    return render(request, "desk/knowledge/figures.jinja", context)

"""What offering articles to those who write requests has saved: by article, and week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncWeek

from okno.core import clock
from okno.core.jinja import current_locale
from okno.knowledge.models import Article, OfferCount
from okno.knowledge.reading import title_of

WEEKS = 13
MOST_ROWS = 50
STEP, GAP, HEIGHT = 10, 2, 100
"""Units of the drawing, which is stretched to the place there is."""


@dataclass(frozen=True)
class Week:
    """From its Monday on: how many offered articles were opened, and how many requests these spared."""

    begins: date
    opened: int = 0
    helped: int = 0

    @property
    def label(self) -> str:
        """The day on which it begins."""
        locale: Any = current_locale()
        return format_date(self.begins, "d.MM" if locale.language != "en" else "d MMM", locale=locale)


@dataclass(frozen=True)
class Bar:
    """A column of the drawing."""

    is_helped: bool
    x: float
    y: float
    height: float


def offers_by_article(offers: QuerySet[OfferCount]) -> list[tuple[Article, str, Mapping[str, object]]]:
    """The articles with how often each was shown, opened and enough, those that spared most first."""
    sums = offers.values("article").annotate(shown=Sum("shown"), opened=Sum("opened"), helped=Sum("helped"))
    rows = {row["article"]: row for row in sums.order_by("-helped", "-opened", "-shown", "article")[:MOST_ROWS]}
    known = {each.pk: each for each in Article.objects.filter(pk__in=rows).prefetch_related("texts")}
    return [(known[pk], title_of(known[pk]), row) for pk, row in rows.items()]


def weeks_of(offers: QuerySet[OfferCount]) -> list[Week]:
    """The last weeks in their order, also those in which nothing happened."""
    today = clock.now().date()
    monday = today - timedelta(days=today.weekday())
    rows = (
        offers.annotate(week=TruncWeek("day")).values("week").annotate(opened=Sum("opened"), helped=Sum("helped"))
    )
    found = {row["week"]: row for row in rows}
    begins = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    return [
        Week(each, found[each]["opened"], found[each]["helped"]) if each in found else Week(each) for each in begins
    ]


def bars_of(weeks: list[Week]) -> list[Bar]:
    """Pure: a column of what was opened, and before it one of what helped."""
    most = max((max(week.opened, week.helped) for week in weeks), default=0) or 1
    bars = []
    for place, week in enumerate(weeks):
        for is_helped, count in ((False, week.opened), (True, week.helped)):
            height = round(HEIGHT * count / most, 2)
            if count:
                bars.append(Bar(is_helped, place * STEP + GAP / 2, round(HEIGHT - height, 2), height))
    return bars

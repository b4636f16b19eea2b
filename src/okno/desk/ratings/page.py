"""All ratings for those who lead: what clients said, how it went over time, whose work it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.http.respond import respond
from okno.core.jinja import current_locale, url
from okno.desk.ratings.asking import STEPS, RatingsForm, read
from okno.desk.ratings.chart import chart_of
from okno.tickets.models import Rating
from okno.tickets.rating import summaries
from okno.tickets.rating.rules import Scale
from okno.tickets.rating.showing import RIGHT
from okno.tickets.rating.wording import score

PAGE = 30
LARGEST_ID = 2**63 - 1


@require_safe
@agents_with(RIGHT)
def ratings(request: AgentRequest) -> HttpResponseBase:
    """The page; what the form asks is in its address."""
    form, wanted = read(request.GET.dict())
    found = summaries.ratings_of(request.actor, wanted)
    whole = summaries.ratings_of(request.actor, replace(wanted, level=None))
    step = STEPS[form.cleaned_data["days"]]
    points = summaries.over_time(whole, wanted, clock.now(), step)
    rows, older = _listed(found, request.GET.get("before", ""))
    context = {
        "form": form,
        "total": summaries.total(whole),
        "points": [(_label(point, step), point) for point in points],
        "chart": chart_of(points),
        "groups": [
            (_("By type"), summaries.by_type(whole)),
            (_("By employee"), summaries.by_agent(whole)),
            (_("By team"), summaries.by_team(whole)),
            (_("By client"), summaries.by_client(whole)),
        ],
        "rows": [(row, score(Scale(row.scale), row.score)) for row in rows],
        "older_url": _address(form, before=str(rows[-1].pk)) if older else "",
        "csv_url": f"{url('desk:ratings-export', 'csv')}?{_query(form)}",
        "xlsx_url": f"{url('desk:ratings-export', 'xlsx')}?{_query(form)}",
    }
    return respond(request, "desk/ratings/page.jinja", context)


def _listed(found: Any, before: str) -> tuple[list[Rating], bool]:
    """A page of the list, beginning below the rating of this id, and whether there are more."""
    pk = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0
    anchor = found.filter(pk=pk).first() if pk else None
    if anchor is not None:
        found = found.exclude(created_at__gt=anchor.created_at).exclude(created_at=anchor.created_at, pk__gte=pk)
    rows = list(found.select_related("ticket__company", "agent", "team")[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def _label(point: summaries.Point, step: summaries.Step) -> str:
    locale: Any = current_locale()
    if step == "month":
        return format_skeleton("yMMM", point.start, locale=locale)
    return format_date(point.start, "d.MM" if locale.language != "en" else "d MMM", locale=locale)


def _query(form: RatingsForm, **more: str) -> str:
    given = {name: form.data.get(name, "") for name in form.fields}
    return urlencode({name: value for name, value in (given | more).items() if value})


def _address(form: RatingsForm, **more: str) -> str:
    return f"{url('desk:ratings')}?{_query(form, **more)}"

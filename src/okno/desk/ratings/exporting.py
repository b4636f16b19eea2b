"""Ratings as a table for spreadsheets; no cell is taken for a formula (T19)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.sheets import csv_lines, workbook
from okno.desk.ratings.asking import read
from okno.people.models import label_of
from okno.tickets.models import Rating
from okno.tickets.rating.rules import Scale
from okno.tickets.rating.showing import RIGHT
from okno.tickets.rating.summaries import ratings_of
from okno.tickets.rating.wording import score
from okno.workflow.catalogue import TYPES

MOST = 100_000
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@agents_with(RIGHT)
def export(request: AgentRequest, form: str) -> HttpResponseBase:
    """What the page shows, as a file; without end it is not: at most a hundred thousand rows."""
    if form not in KINDS:
        raise NotVisible(_("There is no such file."))
    _form, wanted = read(request.GET.dict())
    rows = rows_of(ratings_of(request.actor, wanted))
    answer: HttpResponseBase
    if form == "xlsx":
        answer = HttpResponse(workbook(_("Ratings"), head(), rows), content_type=KINDS[form])
    else:
        answer = StreamingHttpResponse(list(csv_lines(head(), rows)), content_type=KINDS[form])
    name = f"ratings-{timezone.localtime(clock.now()):%Y-%m-%d}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def head() -> list[str]:
    """The names of the columns."""
    return [
        _("No."), _("Subject"), _("Type"), _("Company"), _("Who rated"), _("Score"), _("Out of 100"), _("Comment"),
        _("Further question"), _("Answer"), _("Employee"), _("Team"), _("Solution"), _("Given"),
    ]  # fmt: skip


def rows_of(ratings: QuerySet[Rating]) -> Iterator[list[object]]:
    """One row for each rating."""
    for row in ratings.select_related("ticket__company", "agent", "team")[:MOST]:
        ticket = row.ticket
        yield [
            ticket.number,
            ticket.subject,
            TYPES.of(ticket.type_id).name,
            ticket.company.name if ticket.company else "",
            row.author_name,
            score(Scale(row.scale), row.score).word,
            row.share,
            row.comment,
            row.follow_up_question,
            row.follow_up,
            row.agent.name if row.agent else "",
            label_of({"name": row.team.name, "names": row.team.names}) if row.team else "",
            row.round,
            f"{timezone.localtime(row.created_at):%Y-%m-%d %H:%M}",
        ]

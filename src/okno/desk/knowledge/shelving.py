"""Moving articles between sections, putting them in order, archiving, deleting."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Conflict, Invalid
from okno.core.http.after import done, refused
from okno.core.http.ordering import answer_order
from okno.core.http.policy import AgentRequest, agents
from okno.desk.loading import posted_number
from okno.knowledge import access
from okno.knowledge.operations.shelving import (
    archive_article,
    delete_article,
    move_article,
    reorder_articles,
    take_out_article,
)


@require_POST
@agents
def move(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Into another section."""
    article = access.get_article(request.actor, pk)
    target = posted_number(request, "section")
    if target is None:
        raise Invalid({"section": [_("Choose a section.")]})
    section = access.get_section(request.actor, target)
    move_article(request.actor, article, section)
    return done(request, _("Moved to “%(name)s”.") % {"name": section.name}, "desk:article", pk)


@require_POST
@agents
def archive(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Away from readers; the message has the way back."""
    article = access.get_article(request.actor, pk)
    archive_article(request.actor, article)
    return done(request, _("The article is archived. It can be taken out of the archive here."), "desk:article", pk)


@require_POST
@agents
def take_out(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Back from the archive."""
    take_out_article(request.actor, access.get_article(request.actor, pk))
    return done(request, _("The article is back."), "desk:article", pk)


@require_POST
@agents
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """For good, from the archive."""
    article = access.get_article(request.actor, pk)
    try:
        delete_article(request.actor, article)
    except Conflict as conflict:
        return refused(request, conflict.message, "desk:article", pk)
    return done(request, _("The article is deleted for good."), "desk:section", article.section_id)


@require_POST
@agents
def order(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The articles of a section in another order."""
    section = access.get_section(request.actor, pk)

    def change(wanted: list[int], seen: list[int]) -> None:
        reorder_articles(request.actor, section, wanted, seen)

    return answer_order(request, change, "desk:section", pk)

"""All of a very long message, page by page, in a window."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import long_text
from okno.core.faults import NotVisible
from okno.core.http.policy import ContactRequest, contacts
from okno.portal.requests.talk import Said, in_words
from okno.tickets import access


@require_safe
@contacts
def text(request: ContactRequest, pk: int) -> HttpResponseBase:
    """A page of the text of a public message that the person may read (T20)."""
    message = access.messages_visible_to(request.actor).filter(pk=pk).first()
    if message is None:
        raise NotVisible(_("There is no such message, or it is not for you to see."))
    page = long_text.page_of(message.text, request.GET.get("page", "1"))
    context = {
        "author": Said(message, message.contact_id is not None and message.contact_id == request.actor.id).author,
        "words": in_words(page.words),
        "page": page.number,
        "pages": page.count,
        "at": f"{reverse('portal:message-text', args=[message.pk])}?page=",
    }
    return render(request, "components/text_window.jinja", context)

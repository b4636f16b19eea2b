"""Between tickets and the knowledge base: an article of an answer, an article in an answer."""

from __future__ import annotations

import re
import secrets

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import html
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.knowledge import access as articles
from okno.knowledge.models import Article, ArticleFile, Section
from okno.knowledge.models.articles import TITLE_LIMIT
from okno.knowledge.operations.articles import Words, create_article
from okno.knowledge.operations.files import copy_file
from okno.knowledge.reading import Reading, own_language
from okno.knowledge.rendering import PICTURE
from okno.knowledge.rules import Right
from okno.tickets import access
from okno.tickets.models import Attachment, Draft, Message, Ticket
from okno.tickets.operations.drafts import MOST_FILES

OF_MESSAGE = re.compile(r"/attachments/([\w-]{1,60})/picture/", re.ASCII)


def make_article(actor: Actor, message: Message, section: Section | None = None) -> Article:
    """A draft of an article with the words and the pictures of a public answer; it remembers the ticket.

    Private notes never become articles, nor do letters of clients (T20). Without a section it is the first one in
    which the actor may write.
    """
    seen = access.messages_visible_to(actor).filter(pk=message.pk).select_related("ticket__contact").first()
    if seen is None:
        raise NotVisible(_("There is no such message, or it is not for you to see."))
    if not actor.is_agent or not seen.is_public or seen.author_kind != Message.Author.AGENT:
        raise Forbidden(_("An article is made of a public answer to a client, and of nothing else."))
    with transaction.atomic():
        markup = seen.html or html.from_text(seen.text)
        tokens: list[str] = []
        for picture in seen.attachments.filter(token__in=OF_MESSAGE.findall(markup)).select_related("file"):
            copied = copy_file(actor, picture.file, name=picture.name, kind=picture.type)
            markup = markup.replace(
                f"/attachments/{picture.token}/picture/", f"/help/files/{copied.token}/picture/"
            )
            tokens.append(copied.token)
        words = Words(seen.ticket.subject[:TITLE_LIMIT], markup, _language(seen.ticket), tokens)
        place = section or _first_section(actor)
        return create_article(actor, place, words, from_ticket=seen.ticket.number)


def link_to(article: Article, reading: Reading) -> str:
    """The article as a link for an answer."""
    address = f"{settings.BASE_URL}/help/articles/{article.pk}/?language={reading.language}"
    return f"<p>{html.linked(address, reading.title)}</p>"


def words_for_answer(actor: Actor, draft: Draft, reading: Reading) -> str:
    """The text of the article for an answer; its pictures become files of the answer's draft."""
    if not actor.is_agent or draft.agent_id != actor.id:
        raise NotVisible(_("This is not your draft."))
    markup = reading.html
    files = ArticleFile.objects.filter(article=reading.article, token__in=PICTURE.findall(markup))
    with transaction.atomic():
        for file in files.select_related("file"):
            if draft.attachments.count() >= MOST_FILES:
                raise Invalid(
                    {"file": [_("No more than %(count)d files go with one message.") % {"count": MOST_FILES}]}
                )
            copied = Attachment.objects.create(
                token=secrets.token_urlsafe(20), draft=draft, file=file.file, name=file.name, type=file.type,
                size=file.size,
            )  # fmt: skip
            markup = markup.replace(f"/help/files/{file.token}/picture/", f"/attachments/{copied.token}/picture/")
    return html.strict(markup)


def _first_section(actor: Actor) -> Section:
    sight = articles.sight_of(actor)
    found = articles.sections_visible_to(actor, sight).filter(pk__in=sight.where(Right.CREATE)).first()
    if found is None:
        raise Forbidden(_("Your role writes no articles."))
    return found


def _language(ticket: Ticket) -> str:
    """The language of the client, in which the answer most probably is."""
    language = ticket.contact.language if ticket.contact else ""
    return language if language in dict(settings.LANGUAGES) else own_language()

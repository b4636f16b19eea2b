"""The visibility rule of the knowledge base: which sections, articles and files exist for whom.

Tree, pages, search, counts, files, feed, site map, suggestions and the API all go through here. Employees are
judged by the role they have, clients by the audience of a section, and so are strangers, for whom the actor is
``None``.
Whoever may not edit an article knows of it only what is published.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Forbidden, NotVisible
from okno.knowledge.declarations import PUBLIC
from okno.knowledge.models import Article, ArticleFile, Section
from okno.knowledge.rules import Audience, Reader, Right, Tree

MANAGE_ALL = "knowledge.manage"
READ, WRITE = "knowledge.view", "knowledge.edit"
"""What the scopes of a token let through; roles do not name them, since sections do."""

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Sight:
    """What somebody sees of the tree, and where he may do what; read in one go."""

    tree: Tree
    reader: Reader | None
    may_write: bool = True

    @cached_property
    def sections(self) -> frozenset[int]:
        """Ids of the visible sections."""
        return self.tree.visible(self.reader) if self.reader else frozenset()

    def where(self, right: Right) -> frozenset[int]:
        """Ids of the sections in which there is this right."""
        if self.reader is None or (right is not Right.VIEW and not self.may_write):
            return frozenset()
        return self.tree.allowed(self.reader, right)

    @cached_property
    def editable(self) -> frozenset[int]:
        """Ids of the sections whose articles may be edited."""
        return self.where(Right.EDIT)


def tree_of() -> Tree:
    """All sections as the rules know them."""
    rows = list(Section.objects.all())
    companies: dict[int, set[int]] = defaultdict(set)
    if any(row.audience == Audience.COMPANIES for row in rows):
        for section, company in Section.companies.through.objects.values_list("section_id", "company_id"):
            companies[section].add(company)
    return Tree(row.as_place(frozenset(companies[row.pk])) for row in rows)


def reader_of(actor: Actor | None) -> Reader | None:
    """How the rules know this actor; nothing for whoever reads nothing at all."""
    if actor is None:
        return Reader() if PUBLIC() else None
    if actor.is_contact:
        return Reader(companies=frozenset(actor.companies))
    if actor.kind in {"system", "rule"}:
        return Reader(may_all=True)
    if not actor.is_agent or (actor.limits is not None and READ not in actor.limits):
        return None
    return Reader(role=actor.role, may_all=MANAGE_ALL in actor.rights)


def sight_of(actor: Actor | None) -> Sight:
    """What this actor sees; read anew each time, since rights may have changed."""
    limits = actor.limits if actor else None
    return Sight(tree_of(), reader_of(actor), may_write=limits is None or WRITE in limits)


def sections_visible_to(actor: Actor | None, sight: Sight | None = None) -> QuerySet[Section]:
    """The sections that exist for this actor; ``None`` is somebody who is not signed in."""
    return Section.objects.filter(pk__in=(sight or sight_of(actor)).sections)


def articles_visible_to(actor: Actor | None, sight: Sight | None = None) -> QuerySet[Article]:
    """The articles that exist for this actor: published ones of visible sections, and what he may edit.

    A draft is seen by whoever may edit the articles of its section, and by its author.
    """
    sight = sight or sight_of(actor)
    published = Q(section__in=sight.sections, is_published=True, archived_at=None)
    if actor is None or actor.is_contact:
        return Article.objects.filter(published)
    own = Q(section__in=sight.sections, author=actor.id, is_published=False) if actor.id else Q(pk__in=())
    return Article.objects.filter(published | Q(section__in=sight.editable) | own)


def articles_open_to(actor: Actor | None, sight: Sight | None = None) -> QuerySet[Article]:
    """The articles that this actor may edit: those of sections with that right, and own drafts."""
    sight = sight or sight_of(actor)
    if actor is None or actor.is_contact:
        return Article.objects.none()
    own = (
        Q(section__in=sight.where(Right.CREATE), author=actor.id, is_published=False) if actor.id else Q(pk__in=())
    )
    return Article.objects.filter(Q(section__in=sight.editable) | own)


def files_visible_to(actor: Actor | None) -> QuerySet[ArticleFile]:
    """The files that exist for this actor: published ones of visible articles, those of what he edits, and those
    that he has sent and not used yet."""
    sight = sight_of(actor)
    seen = articles_visible_to(actor, sight).filter(pk=OuterRef("article"))
    published = Q(Exists(seen), is_published=True)
    if actor is None or not actor.is_agent:
        return ArticleFile.objects.filter(published)
    editable = articles_open_to(actor, sight).filter(pk=OuterRef("article"))
    waiting = Q(article__isnull=True, uploaded_by=actor.id)
    return ArticleFile.objects.filter(published | Q(Exists(editable)) | waiting)


def may_edit(actor: Actor | None, article: Article, sight: Sight | None = None) -> bool:
    """Whether this actor may edit the article, and so sees its drafts and versions."""
    return articles_open_to(actor, sight).filter(pk=article.pk).exists()


def get_section(actor: Actor | None, pk: int) -> Section:
    """The section of this id, or ``NotVisible``."""
    found = sections_visible_to(actor).filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise NotVisible(_("There is no such section, or it is not for you to see."))
    return found


def get_article(actor: Actor | None, pk: int) -> Article:
    """The article of this id with its section, or ``NotVisible``."""
    seen = articles_visible_to(actor).select_related("section") if pk <= LARGEST_ID else Article.objects.none()
    found = seen.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such article, or it is not for you to see."))
    return found


def require(actor: Actor, right: Right, section: Section | None) -> None:
    """Passes in silence, or raises ``NotVisible`` or ``Forbidden``; without a section it is the top of the tree."""
    sight = sight_of(actor)
    if section is None:
        if sight.reader is None or not sight.reader.may_all or not sight.may_write:
            raise Forbidden(_("Sections at the top are made by those who manage the whole knowledge base."))
        return
    if section.pk not in sight.sections:
        raise NotVisible(_("There is no such section, or it is not for you to see."))
    if section.pk not in sight.where(right):
        raise Forbidden(_REASONS[right]())


def require_edit(actor: Actor, article: Article) -> None:
    """Passes in silence, or raises ``NotVisible`` or ``Forbidden``."""
    sight = sight_of(actor)
    if may_edit(actor, article, sight):
        return
    if not articles_visible_to(actor, sight).filter(pk=article.pk).exists():
        raise NotVisible(_("There is no such article, or it is not for you to see."))
    raise Forbidden(_REASONS[Right.EDIT]())


_REASONS = {
    Right.VIEW: lambda: _("Your role does not see this section."),
    Right.CREATE: lambda: _("Your role does not create sections and articles here."),
    Right.EDIT: lambda: _("Your role does not edit the articles of this section."),
    Right.MANAGE: lambda: _("Your role does not change this section."),
}

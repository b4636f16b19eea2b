"""What can happen to the knowledge base. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

SECTION_CREATED = kind("section.created", "data: name, parent (id or null)")
SECTION_CHANGED = kind("section.changed", "data: name, fields: {name: {before, after}}")
SECTION_DELETED = kind("section.deleted", "data: name")
SECTIONS_REORDERED = kind("section.reordered", "data: parent (id or null), order (ids)")
ARTICLE_CREATED = kind("article.created", "data: title, language, from_ticket (number or null)")
ARTICLE_SAVED = kind("article.saved", "data: title, language, version")
ARTICLE_PUBLISHED = kind("article.published", "data: title, language, version")
ARTICLE_WITHDRAWN = kind("article.withdrawn", "data: title")
ARTICLE_MOVED = kind("article.moved", "data: title, before, after (names of sections)")
ARTICLE_ARCHIVED = kind("article.archived", "data: title")
ARTICLE_RESTORED = kind("article.restored", "data: title")
ARTICLE_DELETED = kind("article.deleted", "data: title")
ARTICLES_REORDERED = kind("article.reordered", "data: section (name), order (ids)")
ARTICLE_FILE_REMOVED = kind("article.file_removed", "data: title, file")

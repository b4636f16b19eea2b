"""The URLs of the knowledge base within the desk."""

from __future__ import annotations

from django.urls import path

from okno.desk.knowledge import browsing, figures, files, sections, shelving, typing, versions, writing

urlpatterns = [
    path("", browsing.home, name="knowledge"),
    path("search/", browsing.search, name="knowledge-search"),
    path("figures/", figures.figures, name="knowledge-figures"),
    path("files/", files.upload, name="knowledge-upload"),
    path("files/<str:token>/remove/", files.remove, name="knowledge-file-remove"),
    path("sections/new/", sections.new, name="section-new"),
    path("sections/order/", sections.order, name="sections-order"),
    path("sections/<int:pk>/", browsing.section, name="section"),
    path("sections/<int:pk>/edit/", sections.edit, name="section-edit"),
    path("sections/<int:pk>/switch/", sections.switch, name="section-switch"),
    path("sections/<int:pk>/delete/", sections.delete, name="section-delete"),
    path("sections/<int:pk>/order/", sections.order, name="section-order"),
    path("sections/<int:pk>/articles/order/", shelving.order, name="articles-order"),
    path("articles/new/", writing.new, name="article-new"),
    path("articles/new/typed/", typing.keep, name="article-new-typed"),
    path("articles/new/typed/discard/", typing.discard, name="article-new-discard"),
    path("articles/<int:pk>/", browsing.article, name="article"),
    path("articles/<int:pk>/edit/", writing.edit, name="article-edit"),
    path("articles/<int:pk>/typed/", typing.keep, name="article-typed"),
    path("articles/<int:pk>/typed/discard/", typing.discard, name="article-discard"),
    path("articles/<int:pk>/publish/", writing.publish, name="article-publish"),
    path("articles/<int:pk>/withdraw/", writing.withdraw, name="article-withdraw"),
    path("articles/<int:pk>/versions/", versions.versions, name="article-versions"),
    path("articles/<int:pk>/versions/restore/", versions.restore, name="article-restore"),
    path("articles/<int:pk>/move/", shelving.move, name="article-move"),
    path("articles/<int:pk>/archive/", shelving.archive, name="article-archive"),
    path("articles/<int:pk>/take-out/", shelving.take_out, name="article-take-out"),
    path("articles/<int:pk>/delete/", shelving.delete, name="article-delete"),
]

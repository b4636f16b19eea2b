"""The URLs of the knowledge base for readers."""

from __future__ import annotations

from django.urls import path

from okno.portal.help import feeds, files, pages, voting

app_name = "help"

urlpatterns = [
    path("", pages.home, name="home"),
    path("search/", pages.search, name="search"),
    path("sections/<int:pk>/", pages.section, name="section"),
    path("articles/<int:pk>/", pages.article, name="article"),
    path("articles/<int:pk>/vote/", voting.vote, name="vote"),
    path("files/<str:token>/", files.file, name="file"),
    path("files/<str:token>/picture/", files.picture, name="picture"),
    path("feed.xml", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
]

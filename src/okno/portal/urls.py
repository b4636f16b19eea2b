"""The URLs of the client portal."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from okno.portal import files, news
from okno.portal.requests import (
    answering,
    creating,
    deciding,
    export,
    listing,
    page,
    people,
    rating,
    secrets,
    splitting,
    suggesting,
    text,
)

app_name = "portal"

request = [
    path("", page.page, name="request"),
    path("talk/", page.talk, name="request-talk"),
    path("read/", page.read, name="request-read"),
    path("answer/", answering.answer, name="request-answer"),
    path("accept/", deciding.accept, name="request-accept"),
    path("reject/", deciding.reject, name="request-reject"),
    path("close/", deciding.close, name="request-close"),
    path("reopen/", deciding.reopen, name="request-reopen"),
    path("rating/", rating.rating, name="request-rating"),
    path("colleagues/", people.bring_in, name="request-bring-in"),
    path("secrets/", secrets.access_details, name="request-secrets"),
    path("secrets/<int:pk>/erase/", secrets.take_back, name="request-secret-erase"),
    path("leave/", people.leave, name="request-leave"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.home, name="home"),
    path("requests/", listing.requests, name="requests"),
    path("requests/new/", creating.new, name="request-new"),
    path("requests/new/asked/", creating.asked, name="request-asked"),
    path("requests/new/suggestions/", suggesting.suggestions, name="suggestions"),
    path("requests/new/articles/<int:pk>/", suggesting.article, name="suggested-article"),
    path("requests/new/articles/<int:pk>/opened/", suggesting.opened, name="suggested-opened"),
    path("requests/new/topics/", splitting.topics, name="request-topics"),
    path("requests/new/split/", splitting.split, name="request-split"),
    path("requests/new/helped/", suggesting.helped, name="suggested-helped"),
    path("requests/<int:number>/", include(request)),
    path("requests/<int:number>/sent/", creating.sent, name="request-sent"),
    path("messages/<int:pk>/", text.text, name="message-text"),
    path("export/<slug:kind>/", export.export, name="export"),
    path("journal/", listing.journal, name="journal"),
    path("news/", news.news, name="news"),
    path("news/read/", news.read_all, name="read-all"),
    path("files/", files.upload, name="upload"),
    path("files/<str:token>/", files.download, name="download"),
    path("files/<str:token>/picture/", files.picture, name="picture"),
    path("files/<str:token>/remove/", files.remove, name="upload-remove"),
]

"""The URLs of the demo's outbox; in an installation that is no demo they lead nowhere."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from okno.desk.outbox import inbox, writing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.index, name="outbox"),
    path("new/", writing.new, name="outbox-new"),
    path("<int:pk>/", inbox.letter, name="outbox-letter"),
    path("<int:pk>/frame/", inbox.frame, name="outbox-frame"),
    path("<int:pk>/files/<int:number>/", inbox.file, name="outbox-file"),
    path("<int:pk>/reply/", writing.reply, name="outbox-reply"),
]

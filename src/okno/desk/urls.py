"""The URLs of the agents' workspace."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from okno.desk import attachments, canned, messages, search, times
from okno.desk.tickets import (
    answering,
    bulk,
    changing,
    classifying,
    creating,
    deadline,
    drafts,
    listing,
    moving,
    page,
    processing,
)

app_name = "desk"

ticket = [
    path("", page.page, name="ticket"),
    path("talk/", page.talk, name="ticket-talk"),
    path("head/", page.head, name="ticket-head"),
    path("facts/", page.facts, name="ticket-facts"),
    path("history/", page.history, name="ticket-history"),
    path("present/", page.present, name="ticket-present"),
    path("presence/", page.presence, name="ticket-presence"),
    path("answer/", answering.answer, name="ticket-answer"),
    path("note/", answering.note, name="ticket-note"),
    path("status/", changing.status, name="ticket-status"),
    path("status/<slug:code>/", moving.move, name="ticket-move"),
    path("process/", processing.begin, name="ticket-process"),
    path("process/finish/", processing.finish, name="ticket-process-finish"),
    path("process/alive/", processing.alive, name="ticket-process-alive"),
    path("process/leave/", processing.leave, name="ticket-process-leave"),
    path("resume/", moving.resume, name="ticket-resume"),
    path("matter/", classifying.classify, name="ticket-classify"),
    path("matter/computed/", classifying.computed, name="ticket-computed"),
    path("matter/use-computed/", classifying.use_computed, name="ticket-use-computed"),
    path("assignee/", changing.assignee, name="ticket-assignee"),
    path("claim/", changing.claim, name="ticket-claim"),
    path("priority/", changing.priority, name="ticket-priority"),
    path("type/", changing.kind, name="ticket-type"),
    path("subject/", changing.subject, name="ticket-subject"),
    path("client/", changing.client, name="ticket-client"),
    path("watchers/", changing.watchers, name="ticket-watchers"),
    path("participants/", changing.participants, name="ticket-participants"),
    path("links/", changing.links, name="ticket-links"),
    path("deadline/", deadline.why, name="ticket-deadline"),
    path("deadline/set/", deadline.set_by_hand, name="ticket-deadline-set"),
    path("canned/", canned.canned, name="ticket-canned"),
    path("drafts/<slug:kind>/", drafts.save, name="ticket-draft"),
    path("drafts/<slug:kind>/discard/", drafts.discard, name="ticket-draft-discard"),
    path("drafts/<slug:kind>/files/", drafts.upload, name="ticket-draft-upload"),
    path("drafts/<slug:kind>/canned/<int:pk>/", drafts.take_canned, name="ticket-draft-canned"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.home, name="home"),
    path("tickets/", listing.tickets, name="tickets"),
    path("tickets/status/", bulk.change, name="tickets-status"),
    path("tickets/status/undo/", bulk.undo, name="tickets-status-undo"),
    path("tickets/new/", creating.new, name="ticket-new"),
    path("tickets/new/clients/", creating.clients, name="clients"),
    path("tickets/new/deadline/", deadline.of_new, name="new-deadline"),
    path("tickets/new/drafts/<slug:kind>/", drafts.save, name="new-draft"),
    path("tickets/new/drafts/<slug:kind>/discard/", drafts.discard, name="new-draft-discard"),
    path("tickets/new/drafts/<slug:kind>/files/", drafts.upload, name="new-draft-upload"),
    path("tickets/<int:number>/", include(ticket)),
    path("drafts/files/<str:token>/remove/", drafts.detach, name="draft-detach"),
    path("times/", times.times, name="times"),
    path("contacts/<int:pk>/access/", include("okno.desk.portal_access_urls")),
    path("sections/", listing.sections, name="sections"),
    path("search/", search.search, name="search"),
    path("search/jump", search.jump, name="jump"),
    path("attachments/<str:token>/", attachments.download, name="download"),
    path("attachments/<str:token>/picture/", attachments.picture, name="picture"),
    path("messages/<int:pk>/frame/", messages.frame, name="message-frame"),
    path("messages/<int:pk>/body/", messages.body, name="message-body"),
    path("messages/<int:pk>/text/", messages.text, name="message-text"),
    path("messages/<int:pk>/quoted/", messages.quoted, name="message-quoted"),
    path("messages/<int:pk>/letter/", messages.letter, name="message-letter"),
    path("messages/<int:pk>/raw/", messages.raw, name="message-raw"),
    path("outbox/", include("okno.desk.outbox.urls")),
]

"""What can happen to a ticket. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

CREATED = kind("ticket.created", "A ticket was registered. data: message (id), channel", public=True)
MESSAGE_ADDED = kind(
    "ticket.message_added",
    "A public message was added. data: message, reopened, solves (of an answer that brings the solution)",
    public=True,
)
NOTE_ADDED = kind("ticket.note_added", "A private message was added. data: message")
STATUS_CHANGED = kind(
    "ticket.status_changed",
    "data: before, after (codes), reason, until (of a postponed one), with_answer",
    public=True,
)
POSTPONED = kind("ticket.postponed", "A postponed ticket got another time of return. data: until")
ASSIGNED = kind("ticket.assigned", "data: before, after: {agent, team} with ids and names; reason")
TYPE_CHANGED = kind("ticket.type_changed", "data: before, after (codes)")
PRIORITY_CHANGED = kind("ticket.priority_changed", "data: before, after (codes), reason")
SERVICE_CHANGED = kind("ticket.service_changed", "data: before, after (codes, empty for none)")
IMPACT_CHANGED = kind("ticket.impact_changed", "data: before, after (codes, empty for none)")
URGENCY_CHANGED = kind("ticket.urgency_changed", "data: before, after (codes, empty for none)")
ATTRIBUTES_CHANGED = kind(
    "ticket.attributes_changed", "data: changes: {code of the attribute: {before, after}}; see tickets.attributes"
)
SUBJECT_CHANGED = kind("ticket.subject_changed", "data: before, after", public=True)
CLIENT_CHANGED = kind("ticket.client_changed", "data: before, after: {contact, company} with ids and names")
WATCHER_ADDED = kind("ticket.watcher_added", "data: agent or team (id, name), reason (of an automatic one)")
WATCHER_REMOVED = kind("ticket.watcher_removed", "data: agent or team (id, name)")
PARTICIPANT_ADDED = kind("ticket.participant_added", "data: address, confirmed")
PARTICIPANT_CONFIRMED = kind("ticket.participant_confirmed", "data: address")
PARTICIPANT_REMOVED = kind("ticket.participant_removed", "data: address")
LINKED = kind("ticket.linked", "data: other (number), reason")
RATED = kind(
    "ticket.rated",
    "The client rated a solution. data: rating (id), round, scale, score, share (0 to 100), level (1 bad, 2 so-so, "
    "3 good), before (the former score), has_comment, way, agent, team (ids of whom it is about)",
    public=True,
)
LINKS_REVOKED = kind("ticket.links_revoked", "The links in letters were made worthless. data: count, reason")
SECRET_KEPT = kind("ticket.secret_kept", "Access details were given, encrypted. data: which (id), label")
SECRET_REVEALED = kind("ticket.secret_revealed", "An employee looked at access details. data: which (id), label")
SECRET_ERASED = kind(
    "ticket.secret_erased", "Access details were erased. data: which (id), label, because (closed, asked, person)"
)
SECRET_READ = kind(
    "ticket_secret.read",
    "The same look as ticket.secret_revealed, for the audit log. data: label, number (of the ticket)",
)
CANNED_CREATED = kind("canned.created", "A canned reply was written. data: title")
CANNED_CHANGED = kind("canned.changed", "data: title, fields (names of what changed)")
CANNED_DELETED = kind("canned.deleted", "data: title")

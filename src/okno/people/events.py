"""What can happen to clients. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

COMPANY_CREATED = kind("company.created", "A company was registered. data: name")
COMPANY_CHANGED = kind("company.changed", "data: fields (names of what changed)")
CONTACT_CREATED = kind("contact.created", "A contact was registered. data: name, addresses")
CONTACT_CHANGED = kind("contact.changed", "data: fields (names of what changed)")
ACCESS_GIVEN = kind("contact.access_given", "A contact may sign in to the portal. data: login")
ACCESS_INVITED = kind("contact.access_invited", "A letter of invitation was made. data: login")
ACCESS_PASSWORD_SET = kind("contact.access_password_set", "An employee set the password of a contact")
ACCESS_LOGIN_CHANGED = kind("contact.access_login_changed", "data: before, after (mail addresses)")
ACCESS_REVOKED = kind("contact.access_revoked", "A contact can no longer sign in. data: login")
ACCESS_LEVEL_CHANGED = kind("contact.access_level_changed", "data: company (name), before, after (codes)")
ACCESS_ACCEPTED = kind("contact.access_accepted", "A contact followed the link of his letter. data: by (purpose)")
IMPORT_STARTED = kind("client_import.started", "A file with clients was brought in. data: name, kind, rows")
EXPORTED = kind("client_export.taken", "Clients were taken away as a file. data: kind, format, filters")
COMPANY_MERGED = kind("company.merged", "A duplicate was merged into the company. data: merge, duplicate (ids)")
COMPANY_UNMERGED = kind("company.unmerged", "A merge was undone. data: merge, duplicate (ids)")
CONTACT_MERGED = kind("contact.merged", "A duplicate was merged into the contact. data: merge, duplicate (ids)")
CONTACT_UNMERGED = kind("contact.unmerged", "A merge was undone. data: merge, duplicate (ids)")
ERASURE_REQUESTED = kind("erasure.requested", "A person's data is to be erased. data: contact (id), texts")
ERASURE_FINISHED = kind("erasure.finished", "A person's data was erased. data: contact (id), counts (by part)")
CATEGORY_CREATED = kind("client_category.created", "data: code, name")
CATEGORY_CHANGED = kind("client_category.changed", "data: code, name, fields: {name: {before, after}}")
CATEGORY_DELETED = kind("client_category.deleted", "data: code, name, replaced_by (code, or empty)")
CATEGORIES_REORDERED = kind("client_category.reordered", "data: order (codes)")
AGENT_CREATED = kind("agent.created", "An employee was added. data: name, role (code), teams (ids)")
AGENT_CHANGED = kind("agent.changed", "data: fields (names of what changed), role: before, after (codes)")
AGENT_DEACTIVATED = kind(
    "agent.deactivated", "An employee cannot sign in any more. data: to (id, name), passed (counts), if any"
)
AGENT_REACTIVATED = kind("agent.reactivated", "An employee may sign in again")
AGENT_PASSWORD_SET = kind("agent.password_set", "An administrator gave the employee a new password")
AGENT_PREFERENCES_CHANGED = kind(
    "agent.preferences_changed", "An employee reads in another language or zone. data: before, after"
)
AGENT_SIGNED_OUT = kind("agent.signed_out", "All sessions of the employee were ended")
AGENT_ABSENCE_CHANGED = kind("agent.absence_changed", "data: before, after: {from, until, substitute (id)}")
TEAM_CREATED = kind("team.created", "A team was made. data: name")
TEAM_CHANGED = kind("team.changed", "data: fields (names of what changed)")
TEAM_DELETED = kind("team.deleted", "data: name, replaced_by (name, or empty), moved (counts)")
ROLE_CREATED = kind("role.created", "A role was made. data: name, rights")
ROLE_CHANGED = kind("role.changed", "data: before, after: {name, rights}")
ROLE_DELETED = kind("role.deleted", "data: name, rights")

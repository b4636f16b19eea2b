"""The URLs of the settings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from okno.manage import (
    blacklist,
    canned,
    canned_files,
    index,
    letters,
    look,
    roles,
    settings_pages,
    teams,
    why,
    workload,
)
from okno.manage.agents import access, editing, listing
from okno.manage.audit import page as audit_page
from okno.manage.conditions import values
from okno.manage.mailboxes import checking
from okno.manage.mailboxes import editing as mailbox_editing
from okno.manage.mailboxes import listing as mailbox_listing

app_name = "manage"

mailboxes = [
    path("", mailbox_listing.mailboxes, name="mailboxes"),
    path("new/", mailbox_editing.new, name="mailbox-new"),
    path("check/", checking.check, name="mailbox-check"),
    path("<int:pk>/", mailbox_editing.edit, name="mailbox"),
    path("<int:pk>/switch/", mailbox_editing.switch, name="mailbox-switch"),
    path("<int:pk>/delete/", mailbox_editing.delete, name="mailbox-delete"),
]
received = [
    path("", letters.listing, name="letters"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/raw/", letters.raw, name="letter-raw"),
    path("<int:pk>/retry/", letters.retry, name="letter-retry"),
    path("<int:pk>/ignore/", letters.ignore, name="letter-ignore"),
    path("<int:pk>/release/", letters.release, name="letter-release"),
]
blocked = [
    path("", blacklist.listing, name="blacklist"),
    path("test/", blacklist.test, name="blacklist-test"),
    path("<int:pk>/", blacklist.edit, name="blacklist-rule"),
    path("<int:pk>/switch/", blacklist.switch, name="blacklist-switch"),
    path("<int:pk>/delete/", blacklist.delete, name="blacklist-delete"),
]
employees = [
    path("", listing.agents, name="agents"),
    path("new/", editing.new, name="agent-new"),
    path("<int:pk>/", editing.edit, name="agent"),
    path("<int:pk>/deactivate/", access.deactivate, name="agent-deactivate"),
    path("<int:pk>/reactivate/", access.reactivate, name="agent-reactivate"),
    path("<int:pk>/password/", access.password, name="agent-password"),
    path("<int:pk>/sign-out/", access.sign_out, name="agent-sign-out"),
]
kinds_of_employees = [
    path("", roles.roles, name="roles"),
    path("new/", roles.new, name="role-new"),
    path("<int:pk>/", roles.edit, name="role"),
    path("<int:pk>/delete/", roles.delete, name="role-delete"),
]
groups = [
    path("", teams.listing, name="teams"),
    path("new/", teams.new, name="team-new"),
    path("<int:pk>/", teams.edit, name="team"),
    path("<int:pk>/move/", teams.move, name="team-move"),
    path("<int:pk>/switch/", teams.switch, name="team-switch"),
    path("<int:pk>/delete/", teams.delete, name="team-delete"),
]
replies = [
    path("", canned.listing, name="canned"),
    path("new/", canned.new, name="canned-new"),
    path("<int:pk>/", canned.edit, name="canned-reply"),
    path("<int:pk>/delete/", canned.delete, name="canned-delete"),
    path("<int:pk>/files/", canned_files.add, name="canned-files"),
    path("<int:pk>/files/<str:token>/remove/", canned_files.remove, name="canned-file-remove"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="index"),
    path("settings/<slug:group>/", settings_pages.settings_page, name="settings"),
    path("mailboxes/", include(mailboxes)),
    path("letters/", include(received)),
    path("deliveries/", include("okno.manage.deliveries_urls")),
    path("web-forms/", include("okno.manage.web_forms_urls")),
    path("blacklist/", include(blocked)),
    path("employees/", include(employees)),
    path("teams/", include(groups)),
    path("roles/", include(kinds_of_employees)),
    path("look/", look.look, name="look"),
    path("look/contrast/", look.contrast_of, name="look-contrast"),
    path("why/", why.why, name="why"),
    path("audit/", audit_page.audit, name="audit"),
    path("audit/export/", audit_page.export, name="audit-export"),
    path("canned/", include(replies)),
    path("conditions/values/", values.values, name="condition-values"),
    path("schedules/", include("okno.manage.schedules_urls")),
    path("sla/", include("okno.manage.sla_urls")),
    path("routing/", include("okno.manage.routing_urls")),
    path("configuration/", include("okno.manage.configuration_urls")),
    path("workload/", workload.workload, name="workload"),
    path("", include("okno.manage.catalogue_urls")),
]

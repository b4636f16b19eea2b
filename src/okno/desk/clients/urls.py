"""The URLs of clients."""

from __future__ import annotations

from django.urls import path

from okno.desk.clients import cards, editing, erasing, exporting, importing, listing, merging

urlpatterns = [
    path("companies/", listing.companies, name="companies"),
    path("companies/new/", editing.new_company, name="company-new"),
    path("companies/<int:pk>/", cards.company, name="company"),
    path("companies/<int:pk>/edit/", editing.edit_company, name="company-edit"),
    path("companies/<int:pk>/edit/<slug:field>/", editing.quick_company, name="company-quick"),
    path("companies/<int:pk>/archive/", editing.archive_company, name="company-archive"),
    path("companies/export/<slug:form>/", exporting.companies, name="companies-export"),
    path("imports/", importing.imports, name="imports"),
    path("imports/<int:pk>/", importing.show, name="import"),
    path("imports/<int:pk>/look/", importing.look, name="import-look"),
    path("imports/<int:pk>/progress/", importing.progress, name="import-progress"),
    path("imports/<int:pk>/run/", importing.run, name="import-run"),
    path("imports/<int:pk>/stop/", importing.stop, name="import-stop"),
    path("imports/<int:pk>/problems/", importing.problems, name="import-problems"),
    path("contacts/export/<slug:form>/", exporting.contacts, name="contacts-export"),
    path("companies/<int:pk>/merge/", merging.merge_companies, name="company-merge"),
    path("contacts/", listing.contacts, name="contacts"),
    path("contacts/new/", editing.new_contact, name="contact-new"),
    path("contacts/<int:pk>/", cards.contact, name="contact"),
    path("contacts/<int:pk>/edit/", editing.edit_contact, name="contact-edit"),
    path("contacts/<int:pk>/edit/<slug:field>/", editing.quick_contact, name="contact-quick"),
    path("contacts/<int:pk>/archive/", editing.archive_contact, name="contact-archive"),
    path("contacts/<int:pk>/merge/", merging.merge_contacts, name="contact-merge"),
    path("contacts/<int:pk>/erase/", erasing.erase, name="contact-erase"),
    path("contacts/<int:pk>/erasure/", erasing.erasure, name="contact-erasure"),
    path("merges/<int:pk>/undo/", merging.undo, name="merge-undo"),
]

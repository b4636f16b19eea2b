"""The URLs of clients."""

from __future__ import annotations

from django.urls import path

from okno.desk.clients import cards, editing, listing

urlpatterns = [
    path("companies/", listing.companies, name="companies"),
    path("companies/new/", editing.new_company, name="company-new"),
    path("companies/<int:pk>/", cards.company, name="company"),
    path("companies/<int:pk>/edit/", editing.edit_company, name="company-edit"),
    path("companies/<int:pk>/edit/<slug:field>/", editing.quick_company, name="company-quick"),
    path("companies/<int:pk>/archive/", editing.archive_company, name="company-archive"),
    path("contacts/", listing.contacts, name="contacts"),
    path("contacts/new/", editing.new_contact, name="contact-new"),
    path("contacts/<int:pk>/", cards.contact, name="contact"),
    path("contacts/<int:pk>/edit/", editing.edit_contact, name="contact-edit"),
    path("contacts/<int:pk>/edit/<slug:field>/", editing.quick_contact, name="contact-quick"),
    path("contacts/<int:pk>/archive/", editing.archive_contact, name="contact-archive"),
]

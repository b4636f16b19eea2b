"""What can happen to clients. The data of each kind is named here and nowhere else."""

from __future__ import annotations

from okno.core.events import kind

COMPANY_CREATED = kind("company.created", "A company was registered. data: name")
COMPANY_CHANGED = kind("company.changed", "data: fields (names of what changed)")
CONTACT_CREATED = kind("contact.created", "A contact was registered. data: name, addresses")
CONTACT_CHANGED = kind("contact.changed", "data: fields (names of what changed)")

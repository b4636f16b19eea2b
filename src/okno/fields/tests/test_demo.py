"""The demo shows attributes of tickets, companies and contacts."""

from __future__ import annotations

import pytest

from okno.fields.models import Attribute
from okno.people.models import Company, Contact
from okno.testing.demo import make_demo
from okno.tickets.models import Ticket


@pytest.mark.django_db
def test_the_demo_shows_attributes() -> None:
    assert make_demo()
    assert Attribute.objects.count() >= 7
    assert Ticket.objects.filter(attributes__has_key="device-model").count() > 5
    assert Company.objects.filter(attributes__has_key="workplaces").count() > 3
    assert Contact.objects.filter(attributes__has_key="best-time").count() >= 4

"""What a ticket takes over from its contact: the first company and the first address, or nothing."""

from __future__ import annotations

from typing import Any

from okno.people.models import Affiliation, Company, Contact, ContactAddress
from okno.people.requesters import Requester, requester_of
from okno.testing.cast import Cast


def test_the_first_by_position_and_not_by_age(cast: Cast, django_assert_num_queries: Any) -> None:
    person = Contact.objects.create(name="Two of each")
    for position, company in ((2, cast.kawa), (1, cast.nordwind)):
        Affiliation.objects.create(contact=person, company=company, position=position)
    for position, address in ((2, "late@kawa.example"), (1, "first@nordwind.example")):
        ContactAddress.objects.create(contact=person, address=address, position=position)
    with django_assert_num_queries(1):
        found = requester_of(person)
    assert found == Requester(cast.nordwind, "first@nordwind.example")
    assert found.company is not None
    assert found.company.name == Company.objects.get(pk=cast.nordwind.pk).name


def test_neither_company_nor_address(cast: Cast) -> None:
    assert requester_of(Contact.objects.create(name="Nobody's")) == Requester(None, "")

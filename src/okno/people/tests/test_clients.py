"""Companies and contacts are registered, changed and found by address."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.core.models import Event
from okno.people import access
from okno.people.models import ClientCategory, Contact
from okno.people.operations.companies import CompanyFacts, change_company, create_company
from okno.people.operations.contacts import (
    ContactFacts,
    change_contact,
    create_contact,
    find_or_create_contact,
)
from okno.people.operations.portal_access import give_access, set_levels
from okno.testing.cast import Cast


def test_unknown_address_becomes_a_contact_of_its_domain(cast: Cast) -> None:
    made = find_or_create_contact(cast.actor("marek"), " Ewa@KAWA.example ", name="Ewa  Lis")
    assert (made.name, made.addresses.get().address, made.companies.get()) == (
        "Ewa Lis",
        "ewa@kawa.example",
        cast.kawa,
    )
    assert find_or_create_contact(SYSTEM, "ewa@kawa.example", name="Other") == made
    assert find_or_create_contact(SYSTEM, "solo@nowhere.example").name == "solo@nowhere.example"
    assert Event.objects.filter(kind="contact.created").count() == 2


@pytest.mark.parametrize("address", ["", "nobody", "a@", "a b@c.example"])
def test_a_wrong_address_is_named(cast: Cast, address: str) -> None:
    with pytest.raises(Invalid) as caught:
        find_or_create_contact(SYSTEM, address)
    assert list(caught.value.fields) == ["email"]


def test_contacts_do_not_create_contacts(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        find_or_create_contact(cast.actor("marta"), "new@kawa.example")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_make_one_contact() -> None:
    barrier, made = threading.Barrier(4), []

    def one() -> None:
        try:
            barrier.wait()
            made.append(find_or_create_contact(SYSTEM, "twin@mail.example").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert Contact.objects.filter(addresses__address="twin@mail.example").count() == 1


def test_contact_is_created_and_changed(cast: Cast) -> None:
    lead = cast.actor("taras")
    facts = ContactFacts(name="Ewa Lis", addresses=["EWA@kawa.example"], companies=[cast.nordwind.pk, cast.kawa.pk])
    contact = create_contact(lead, facts)
    assert [each.company for each in contact.affiliations.all()] == [cast.nordwind, cast.kawa]
    changes = ContactFacts(
        addresses=["new@kawa.example", "ewa@kawa.example"], companies=[cast.kawa.pk], is_active=False
    )
    changed = change_contact(lead, contact, changes)
    assert [each.address for each in changed.addresses.all()] == ["new@kawa.example", "ewa@kawa.example"]
    assert changed.companies.get() == cast.kawa
    assert (changed.name, changed.is_active) == ("Ewa Lis", False)


def test_mistakes_are_named_at_their_fields(cast: Cast) -> None:
    facts = ContactFacts(
        name=" ", addresses=["marta@kawa.example", "x"], companies=[0], language="xx", phones=["1" * 61]
    )
    with pytest.raises(Invalid) as caught:
        create_contact(cast.actor("olena"), facts)
    assert set(caught.value.fields) == {"name", "emails", "companies", "language", "phones"}
    with pytest.raises(Invalid) as caught:
        create_company(
            cast.actor("olena"),
            CompanyFacts(name="New", domains=["kawa.example", "no_domain"], time_zone="Mars/Base", email="x"),
        )
    assert set(caught.value.fields) == {"domains", "time_zone", "email"}


def test_company_is_created_and_changed(cast: Cast) -> None:
    lead = cast.actor("taras")
    company = create_company(
        lead, CompanyFacts(name="Zorza", domains=["@Zorza.example"], time_zone="Europe/Warsaw")
    )
    changed = change_company(
        lead,
        company,
        CompanyFacts(phones=["+48 58 555-01-22", "ask for Ewa"], domains=["zorza.example", "zorza2.example"]),
    )
    assert (changed.name, changed.phones, changed.time_zone) == (
        "Zorza",
        ["+48585550122", "ask for Ewa"],
        "Europe/Warsaw",
    )
    assert set(changed.domains.values_list("domain", flat=True)) == {"zorza.example", "zorza2.example"}


def test_specialists_neither_see_nor_change_clients_of_others(cast: Cast) -> None:
    marek = cast.actor("marek")
    assert not access.companies_visible_to(marek).exists()
    assert not access.contacts_visible_to(marek).exists()
    with pytest.raises(NotVisible):
        access.get_contact(marek, cast.marta.pk)
    with pytest.raises(NotVisible):
        access.get_company(marek, cast.kawa.pk)
    for attempt in (
        lambda: create_company(marek, CompanyFacts(name="New")),
        lambda: change_contact(marek, cast.marta, ContactFacts(name="New")),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert access.contacts_visible_to(cast.actor("marta")).get() == cast.marta
    assert access.companies_visible_to(cast.actor("marta")).get() == cast.kawa


def test_a_company_has_a_category_of_those_that_there_are_f126(cast: Cast) -> None:
    actor = cast.actor("olena")
    company = create_company(actor, CompanyFacts(name="Lipa", category="vip"))
    assert company.category is not None
    assert [company.category.name_in(language) for language in ("en", "uk")] == ["VIP client", "VIP-клієнт"]
    assert list(ClientCategory.objects.values_list("code", flat=True)) == ["client", "partner", "vip"]
    with pytest.raises(Invalid) as caught:
        change_company(actor, company, CompanyFacts(category="gold"))
    assert list(caught.value.fields) == ["category"]
    assert change_company(actor, company, CompanyFacts(phones=["1"])).category == company.category
    assert change_company(actor, company, CompanyFacts(category="")).category is None


def test_who_has_an_account_gets_the_usual_level_in_a_new_place_and_keeps_the_others_f146(cast: Cast) -> None:
    olena = cast.actor("olena")
    give_access(SYSTEM, cast.jan)
    set_levels(SYSTEM, cast.jan, {cast.nordwind.pk: {"reports"}})
    settings_store.change(olena, {"portal.default_level": ["company"]})
    for contact in (cast.jan, cast.anna):
        change_contact(olena, contact, ContactFacts(companies=[cast.kawa.pk, cast.nordwind.pk]))
    levels = {place.company: place.level for place in cast.jan.affiliations.select_related("company")}
    assert levels == {cast.kawa: {"company"}, cast.nordwind: {"reports"}}
    assert [place.level for place in cast.anna.affiliations.all()] == [frozenset(), frozenset()]

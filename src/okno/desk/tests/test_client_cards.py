"""Lists, cards and forms of clients: who sees which, what is told at which field, what stays."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okno.core.actor import SYSTEM
from okno.core.faults import Invalid
from okno.people.models import Company, Contact
from okno.people.operations.companies import CompanyFacts, change_company, create_company
from okno.people.operations.contacts import ContactFacts, change_contact
from okno.testing.cast import Cast, company, contact
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage


@pytest.fixture
def desk(cast: Cast) -> dict[str, Client]:
    browsers = {}
    for name in ("olena", "taras", "marek"):
        browsers[name] = Client()
        browsers[name].force_login(getattr(cast, name).user)
    return browsers


def ticket(cast: Cast, contact: Contact, subject: str = "Till") -> Ticket:
    return create_ticket(
        SYSTEM, NewTicket(subject=subject, message=NewMessage(text="."), channel="email", contact=contact)
    )


def text(browser: Client, path: str, status: int = 200) -> str:
    answer = browser.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def test_companies_stand_with_their_people_under_them_f127(cast: Cast, desk: dict[str, Client]) -> None:
    for number in range(5):
        contact(f"Zofia {number}", f"z{number}@kawa.example", cast.kawa)
    ticket(cast, cast.marta)
    page = text(desk["olena"], "/clients/companies/")
    assert page.index("Kawa i Ciasto") < page.index("Marta Nowak") < page.index("Nordwind")
    assert "4 more" in page
    assert "Zofia 4" not in page
    assert f"section=active&amp;company={cast.kawa.pk}" in page
    people = text(desk["olena"], "/clients/contacts/?without_company=1")
    assert "Анна Петрова" in people
    assert "Marta Nowak" not in people


def test_the_list_is_narrowed_searched_and_paged_by_key(cast: Cast, desk: dict[str, Client]) -> None:
    for number in range(120):
        company(f"Firma {number:03}")
    first = text(desk["olena"], "/clients/companies/?q=firma")
    assert "Firma 049" in first
    assert "Firma 050" not in first
    assert "120 companies" in first
    last = Company.objects.get(name="Firma 049")
    second = text(desk["olena"], f"/clients/companies/?q=firma&after={last.pk}")
    assert "Firma 050" in second
    assert "Firma 099" in second
    assert "Firma 049" not in second
    back = text(desk["olena"], f"/clients/companies/?q=firma&before={Company.objects.get(name='Firma 050').pk}")
    assert "Firma 000" in back
    assert "Firma 049" in back
    assert "Firma 050" not in back
    change_company(SYSTEM, cast.kawa, CompanyFacts(category="vip", responsible=cast.taras.pk))
    for query in ("category=vip", f"responsible={cast.taras.pk}"):
        page = text(desk["olena"], f"/clients/companies/?{query}")
        assert "Kawa i Ciasto" in page
        assert "Nordwind" not in page
    assert "Nordwind" in text(desk["olena"], "/clients/companies/?responsible=0&q=nord")
    for odd in ("after=x", "before=99999999999999999999", "responsible=-1", "category=%27", "q=%25%25"):
        text(desk["olena"], f"/clients/companies/?{odd}")
        text(desk["olena"], f"/clients/contacts/?{odd}")


def test_a_list_costs_the_same_however_long_it_is(cast: Cast, desk: dict[str, Client]) -> None:
    def cost(path: str) -> int:
        text(desk["olena"], path)
        with CaptureQueriesContext(connection) as asked:
            text(desk["olena"], path)
        return len(asked)

    before = cost("/clients/companies/"), cost("/clients/contacts/")
    for number in range(30):
        contact(f"Person {number}", f"p{number}@mail.example", company(f"Firma {number}"))
    assert (cost("/clients/companies/"), cost("/clients/contacts/")) <= before


def test_a_specialist_sees_the_cards_to_which_the_work_leads_f159_t14_t21(
    cast: Cast, desk: dict[str, Client]
) -> None:
    marek = desk["marek"]
    paths = [f"/clients/companies/{cast.kawa.pk}/", f"/clients/contacts/{cast.marta.pk}/"]
    for path in paths:
        text(marek, path, 404)
    for path in ("/clients/companies/", "/clients/contacts/", "/clients/contacts/new/", f"{paths[0]}edit/"):
        text(marek, path, 403)
    own = ticket(cast, cast.marta, "Mine to see")
    foreign = ticket(cast, cast.piotr, "Not for Marek")
    assign(SYSTEM, own, agent=cast.marek, team=None)
    assign(SYSTEM, foreign, agent=cast.olena, team=cast.first_line)
    page = "".join(text(marek, path) for path in paths)
    assert "Mine to see" in page
    assert "Marta Nowak" in page
    assert "Not for Marek" not in page
    assert "Piotr" not in page
    assert "/edit/" not in page
    assert "Clients" not in text(marek, "/tickets/?section=mine").split('id="sections"')[0]
    assert "Piotr" not in text(marek, "/search/jump?q=piotr")
    assert "Marta" in text(marek, "/search/jump?q=marta")
    change_company(SYSTEM, cast.kawa, CompanyFacts(parent=cast.nordwind.pk))
    assert "Nordwind" not in text(marek, paths[0])


def test_the_card_tells_everything_and_leads_on_f124(cast: Cast, desk: dict[str, Client]) -> None:
    facts = CompanyFacts(
        parent=cast.nordwind.pk, supervised=[cast.nordwind.pk], phones=["+48 58 555 01 22", "ask <b>Ewa</b>"],
        category="vip", site_url="kawa.example", address="ul. Długa 1\nGdańsk", note="Note <i>", time_zone="Europe/Warsaw",
    )  # fmt: skip
    change_company(cast.actor("olena"), cast.kawa, facts)
    change_contact(
        cast.actor("olena"), cast.marta, ContactFacts(copy_address="boss@kawa.example", job_title="Boss")
    )
    ticket(cast, cast.marta)
    page = text(desk["taras"], f"/clients/companies/{cast.kawa.pk}/")
    for said in (
        'href="tel:+48585550122"', "+48 58 555 01 22", "ask &lt;b&gt;Ewa", "not a number that can be dialled",
        "VIP client", "https://kawa.example", "ul. Długa 1", "Note &lt;i&gt;", "Europe/Warsaw", "Marta Nowak",
        f"/tickets/new/?company={cast.kawa.pk}", f"company={cast.kawa.pk}&amp;status=new", "Olena Kravets changed",
    ):  # fmt: skip
        assert said in page, said
    assert page.count(f"/clients/companies/{cast.nordwind.pk}/") >= 2
    card = text(desk["taras"], f"/clients/contacts/{cast.marta.pk}/")
    for said in ("boss@kawa.example", "Boss", "marta@kawa.example", f"/clients/companies/{cast.kawa.pk}/"):
        assert said in card
    whose = text(desk["taras"], f"/tickets/?company={cast.kawa.pk}")
    assert "Tickets: Kawa i Ciasto" in whose
    assert "Till" in whose


def test_a_contact_is_registered_by_the_form_and_mistakes_stand_at_their_fields(
    cast: Cast, desk: dict[str, Client]
) -> None:
    given = {
        "name": "Ewa Lis", "emails": "ewa@kawa.example\r\nmarta@kawa.example\r\nnonsense", "phones": "+48 58 555 01 23\r\nEwa",
        "companies": [str(cast.nordwind.pk), str(cast.kawa.pk)], "copy_address": "boss@kawa.example",
    }  # fmt: skip
    refused = desk["olena"].post("/clients/contacts/new/", given)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "is another contact" in page
    assert "is not a mail address" in page
    assert "ewa@kawa.example" in page
    assert "+48 58 555 01 23" in page
    assert page.count("Nordwind") >= 1
    assert not Contact.objects.filter(name="Ewa Lis").exists()
    answer = desk["olena"].post("/clients/contacts/new/", {**given, "emails": "ewa@kawa.example"})
    made = Contact.objects.get(name="Ewa Lis")
    assert answer.headers["Location"] == f"/clients/contacts/{made.pk}/"
    assert made.phones == ["+48585550123", "Ewa"]
    assert [each.company_id for each in made.affiliations.all()] == [cast.nordwind.pk, cast.kawa.pk]


def test_one_field_is_changed_in_its_window_and_nothing_else(cast: Cast, desk: dict[str, Client]) -> None:
    change_company(SYSTEM, cast.kawa, CompanyFacts(phones=["+48 58 555 01 22"], note="Stays", category="vip"))
    path = f"/clients/companies/{cast.kawa.pk}/edit/domains/"
    assert 'name="domains"' in text(desk["olena"], path)
    assert 'name="note"' not in text(desk["olena"], path)
    refused = desk["olena"].post(path, {"domains": "not a domain"})
    assert refused.status_code == 422
    assert "is not a mail domain" in refused.content.decode()
    desk["olena"].post(path, {"domains": "kawa.example\r\nciasto.example", "note": "Gone", "name": "Other"})
    cast.kawa.refresh_from_db()
    assert (cast.kawa.name, cast.kawa.note, cast.kawa.phones) == ("Kawa i Ciasto", "Stays", ["+48585550122"])
    assert sorted(each.domain for each in cast.kawa.domains.all()) == ["ciasto.example", "kawa.example"]
    text(desk["olena"], f"/clients/companies/{cast.kawa.pk}/edit/name/", 404)
    text(desk["marek"], path, 403)


def test_whoever_is_archived_is_offered_nowhere_and_comes_back(cast: Cast, desk: dict[str, Client]) -> None:
    path = f"/clients/companies/{cast.kawa.pk}/archive/"
    assert desk["marek"].post(path, {"active": "0"}).status_code == 403
    desk["olena"].post(path, {"active": "0"})
    assert "Kawa i Ciasto" not in text(desk["olena"], "/tickets/new/clients/?q=kawa+i&kind=company")
    assert "Kawa i Ciasto is archived." in text(desk["olena"], "/clients/companies/")
    assert "Kawa i Ciasto" not in text(desk["olena"], "/clients/companies/")
    assert "Kawa i Ciasto" in text(desk["olena"], "/clients/companies/?archived=1")
    desk["olena"].post(path, {"active": "1"})
    assert "Kawa i Ciasto" in text(desk["olena"], "/clients/companies/")


def test_no_company_is_above_itself_and_none_is_named_that_one_does_not_see(cast: Cast) -> None:
    olena = cast.actor("olena")
    part = create_company(olena, CompanyFacts(name="Part", parent=cast.kawa.pk))
    below = create_company(olena, CompanyFacts(name="Below", parent=part.pk))
    for row, facts, field in (
        (cast.kawa, CompanyFacts(parent=below.pk), "parent"),
        (cast.kawa, CompanyFacts(parent=cast.kawa.pk), "parent"),
        (cast.kawa, CompanyFacts(parent=10**15), "parent"),
        (cast.kawa, CompanyFacts(supervised=[cast.kawa.pk]), "supervised"),
        (cast.kawa, CompanyFacts(supervised=[10**15]), "supervised"),
    ):
        with pytest.raises(Invalid) as caught:
            change_company(olena, row, facts)
        assert list(caught.value.fields) == [field]
    assert change_company(olena, below, CompanyFacts(parent=0)).parent is None

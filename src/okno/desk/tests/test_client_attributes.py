"""Attributes of companies and contacts: their cards, forms, files that come in and go out, and who sees which."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okno.core.drains import run_until_empty
from okno.fields.models import Attribute, ValueFile
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute
from okno.fields.rules import Limits, Option
from okno.people.attributes import raw_values
from okno.people.imports.attributes import targets_for
from okno.people.models import ClientImport, Company, Contact
from okno.people.operations.companies import CompanyFacts, change_company
from okno.people.operations.contacts import ContactFacts, change_contact
from okno.people.operations.erasing import request_erasure
from okno.people.operations.importing import look_at, run, take_file
from okno.testing.cast import Cast
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

pytestmark = pytest.mark.django_db
CANARY = "canary-71c9"
DONE = {204, 302, 303}
TOPICS = [Option("tills", {"en": "Tills", "pl": "Kasy"}), Option("mail", {"en": "Mail"})]
type Define = Callable[..., Attribute]


@pytest.fixture
def define(cast: Cast) -> Define:
    def made(target: str, name: str, **more: Any) -> Attribute:
        facts = AttributeFacts(target=target, kind="line", names={"en": name})
        return create_attribute(cast.actor("olena"), replace(facts, **more))

    return made


def desk(cast: Cast, name: str = "olena") -> Client:
    browser = Client()
    browser.force_login(getattr(cast, name).user)
    return browser


def asked(**values: object) -> dict[str, Any]:
    return {"attribute-asked": list(values)} | {f"attribute-{code}": value for code, value in values.items()}


def exported(browser: Client) -> str:
    answer: Any = browser.get("/clients/contacts/export/csv/")
    pieces: Iterable[bytes] = answer.streaming_content
    return b"".join(pieces).decode("utf-8-sig")


def brought(cast: Cast, content: str, kind: str = "contacts") -> ClientImport:
    """The whole way of a file, with the columns that were guessed."""
    actor = cast.actor("olena")
    row = take_file(actor, kind, "clients.csv", content.encode())
    look_at(actor, row, row.mapping, updates_known=True, makes_companies=True)
    run_until_empty("imports")
    row.refresh_from_db()
    run(actor, row)
    run_until_empty("imports")
    row.refresh_from_db()
    return row


def test_a_new_company_is_asked_and_what_was_typed_stays_f78(cast: Cast, define: Define) -> None:
    define("company", "Contract", is_required=True)
    define("company", "Workplaces", kind="number", limits=Limits(least=0))
    browser, path = desk(cast), "/clients/companies/new/"
    assert 'name="attribute-contract"' in browser.get(path).content.decode()
    answer = browser.post(path, {"name": "Tartak", **asked(contract="", workplaces="many")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="many"' in page
    assert 'id="id_attribute-workplaces_error"' in page
    assert 'href="#id_attribute-workplaces"' in page
    missing = browser.post(path, {"name": "Tartak", **asked(contract="", workplaces="3")}).content.decode()
    assert 'id="id_attribute-contract_error"' in missing
    assert not Company.objects.filter(name="Tartak").exists()
    assert browser.post(path, {"name": "Tartak", **asked(contract="K-1", workplaces="3")}).status_code in DONE
    assert Company.objects.get(name="Tartak").attributes == {"contract": "K-1", "workplaces": 3}


def test_a_contact_is_changed_in_the_form_and_in_the_window_f77(cast: Cast, define: Define) -> None:
    define("contact", "Birthday", kind="date")
    define("contact", "Topics", kind="multiple", options=TOPICS)
    browser, path = desk(cast), f"/clients/contacts/{cast.marta.pk}/"
    assert "None filled in yet" in browser.get(path).content.decode()
    sent = asked(birthday="1990-12-08", topics=["mail", "tills"])
    assert browser.post(f"{path}edit/attributes/", sent).status_code in DONE
    cast.marta.refresh_from_db()
    assert cast.marta.attributes == {"birthday": "1990-12-08", "topics": ["tills", "mail"]}
    page = browser.get(path).content.decode()
    assert "Tills, Mail" in page
    assert "1990" in page
    assert 'value="1990-12-08"' in browser.get(f"{path}edit/").content.decode()
    wrong = browser.post(f"{path}edit/attributes/", asked(birthday="yesterday"))
    assert wrong.status_code == 422
    assert 'id="edit_id_attribute-birthday_error"' in wrong.content.decode()
    both = {"name": "Marta N", "emails": "marta@kawa.example", **asked(birthday="")}
    assert browser.post(f"{path}edit/", both).status_code in DONE
    cast.marta.refresh_from_db()
    assert (cast.marta.name, cast.marta.attributes) == ("Marta N", {"topics": ["tills", "mail"]})


def test_a_file_of_a_company_is_sent_kept_and_had(cast: Cast, define: Define) -> None:
    attribute = define("company", "Paper", kind="file")
    browser, path = desk(cast), f"/clients/companies/{cast.kawa.pk}/"
    sent = {"file": SimpleUploadedFile("contract.txt", b"signed")}
    assert "contract.txt" in browser.post("/attributes/paper/file/", sent).content.decode()
    token = ValueFile.objects.get(attribute=attribute).token
    assert browser.post(f"{path}edit/attributes/", asked(paper=token)).status_code in DONE
    assert f"/attributes/files/{token}/" in browser.get(path).content.decode()
    answer: Any = browser.get(f"/attributes/files/{token}/")
    assert b"".join(answer.streaming_content) == b"signed"


def test_what_a_role_may_not_see_is_nowhere_f78_t20(cast: Cast, define: Define) -> None:
    define("contact", "Secret thing", seen_by=["administrator"])
    change_contact(cast.actor("olena"), cast.marta, ContactFacts(attributes={"secret-thing": CANARY}))
    path = f"/clients/contacts/{cast.marta.pk}/"

    def told(name: str) -> list[str]:
        browser = desk(cast, name)
        pages = (path, f"{path}edit/")
        return [*(browser.get(page).content.decode() for page in pages), exported(browser)]

    assert all(CANARY in each and "Secret thing" in each for each in told("olena"))
    assert all("Marta Nowak" in each for each in told("taras"))
    assert all(CANARY not in each and "Secret thing" not in each for each in told("taras"))
    lead = cast.actor("taras")
    assert "secret-thing" not in raw_values(lead, cast.marta)
    assert "attributes.secret-thing" not in [each.code for each in targets_for(lead, "contacts")]
    sent = desk(cast, "taras").post(f"{path}edit/attributes/", asked(**{"secret-thing": "x"}))
    cast.marta.refresh_from_db()
    assert sent.status_code in DONE
    assert cast.marta.attributes == {"secret-thing": CANARY}


def test_only_who_may_change_clients_is_offered_it(cast: Cast, define: Define) -> None:
    define("company", "Contract")
    change_company(cast.actor("olena"), cast.kawa, CompanyFacts(attributes={"contract": "K-7"}))
    facts = NewTicket("Till", NewMessage(text="x"), "desk", contact=cast.marta, assignee=cast.marek)
    create_ticket(cast.actor("olena"), facts)
    path, browser = f"/clients/companies/{cast.kawa.pk}/", desk(cast, "marek")
    assert 'id="change-attributes"' in desk(cast).get(path).content.decode()
    page = browser.get(path).content.decode()
    assert "K-7" in page
    assert 'id="change-attributes"' not in page
    assert browser.post(f"{path}edit/attributes/", asked(contract="x")).status_code == 403


def test_a_file_brings_attributes_in_by_their_kind(cast: Cast, define: Define) -> None:
    define("contact", "Birthday", kind="date")
    define("contact", "Topics", kind="multiple", options=TOPICS)
    define("contact", "Main topic", kind="list", options=TOPICS)
    define("contact", "Floor", kind="number")
    define("contact", "Speaks for all", kind="checkbox")
    define("contact", "Pass", kind="file")
    define("contact", "Knows", kind="person")
    lines = [
        "Name,E-mail,Birthday,Topics,Main topic,Floor,Speaks for all,Pass,Knows",
        "Ada,ada@new.example,8.12.1990,Kasy; mail,KASY,3,да,x,Marek",
        "Bo,bo@new.example,1990-02-01,tills,,2.5,нет,,",
    ]
    row = brought(cast, "\n".join(lines))
    assert {"attributes.birthday", "attributes.topics"} <= set(row.mapping.values())
    assert not {"attributes.pass", "attributes.knows"} & set(row.mapping.values())
    assert (row.made, row.faulty) == (1, 1)
    expected = {"birthday": "1990-12-08", "topics": ["tills", "mail"], "main-topic": "tills", "floor": 3}
    ada = Contact.objects.get(addresses__address="ada@new.example")
    assert ada.attributes == {**expected, "speaks-for-all": True}
    assert [(each.line, each.field, each.value) for each in row.problems.all()] == [(3, "attributes.floor", "2.5")]


def test_faults_stand_in_the_report_and_known_companies_change(cast: Cast, define: Define) -> None:
    define("company", "Class", kind="list", options=TOPICS)
    define("company", "Since", kind="date")
    row = brought(
        cast, "Name;Class;Since\nKawa i Ciasto;Mail;2024-01-31\nNordwind;Gold;1/2/2024\n", kind="companies"
    )
    cast.kawa.refresh_from_db()
    assert cast.kawa.attributes == {"class": "mail", "since": "2024-01-31"}
    assert sorted(each.field for each in row.problems.all()) == ["attributes.class", "attributes.since"]
    page = desk(cast).get(f"/clients/imports/{row.pk}/").content.decode()
    assert "Gold" in page
    assert ">Since<" in page


def test_a_column_that_is_required_is_not_left_empty(cast: Cast, define: Define) -> None:
    define("contact", "Contract", is_required=True)
    with_column = brought(cast, "Name;E-mail;Contract\nAda;ada@new.example;\nBo;bo@new.example;K-2\n")
    assert (with_column.made, with_column.faulty) == (1, 1)
    without = brought(cast, "Name;E-mail\nCy;cy@new.example\n")
    assert (without.made, without.faulty) == (1, 0)


def test_an_export_of_attributes_comes_back_as_it_was(cast: Cast, define: Define) -> None:
    define("contact", "Birthday", kind="date")
    define("contact", "Topics", kind="multiple", options=TOPICS)
    define("contact", "Weight", kind="number", limits=Limits(decimals=1))
    define("contact", "Agreed", kind="checkbox")
    values: dict[str, Any] = {"birthday": "1990-12-08", "topics": ["tills", "mail"], "weight": 2.5, "agreed": True}
    change_contact(cast.actor("olena"), cast.marta, ContactFacts(attributes=values))
    told = exported(desk(cast))
    [line] = [each for each in csv.DictReader(io.StringIO(told)) if each["Name"] == cast.marta.name]
    assert [line[name] for name in ("Birthday", "Topics", "Weight")] == ["1990-12-08", "Tills; Mail", "2.5"]
    change_contact(cast.actor("olena"), cast.marta, ContactFacts(attributes=dict.fromkeys(values, "")))
    assert brought(cast, told).faulty == 0
    cast.marta.refresh_from_db()
    assert cast.marta.attributes == values


def test_values_go_with_an_erased_person_p47(cast: Cast, define: Define) -> None:
    define("contact", "Birthday", kind="date")
    change_contact(cast.actor("olena"), cast.marta, ContactFacts(attributes={"birthday": "1990-12-08"}))
    request_erasure(cast.actor("olena"), cast.marta, "all")
    run_until_empty("erasures")
    cast.marta.refresh_from_db()
    assert cast.marta.erased_at is not None
    assert cast.marta.attributes == {}


def test_one_made_for_contacts_in_the_settings_stands_on_the_card(cast: Cast) -> None:
    browser = desk(cast)
    assert 'value="contact"' in browser.get("/manage/attributes/new/?target=contact").content.decode()
    facts = {"target": "contact", "kind": "line", "name_en": "Desk mate", "for_clients": "hidden"}
    assert browser.post("/manage/attributes/new/", facts).status_code == 303
    card = browser.get(f"/clients/contacts/{cast.marta.pk}/edit/attributes/").content.decode()
    company = browser.get(f"/clients/companies/{cast.kawa.pk}/edit/").content.decode()
    assert 'name="attribute-desk-mate"' in card
    assert 'name="attribute-desk-mate"' not in company

"""The pages of attributes: made, changed, turned with a preview, values of a list, deleted on purpose."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.fields.models import Attribute
from okno.manage.attributes.options import rows_of
from okno.people.operations.companies import CompanyFacts, change_company
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db
USUAL = {"target": "company", "kind": "line", "name_en": "Floor", "for_clients": "hidden"}


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.olena.user)
    return client


def made(admin: Client, **more: object) -> Attribute:
    answer = admin.post("/manage/attributes/new/", {**USUAL, **more})
    assert answer.status_code == 303, answer.content.decode()
    return Attribute.objects.latest("pk")


def test_a_list_is_made_in_one_go(admin: Client) -> None:
    page = admin.get("/manage/attributes/new/?target=contact").content.decode()
    assert '<option value="contact" selected>' in page
    row = made(admin, kind="list", values="Gold\n\nSilver\n", is_required="on", help_en="As in the contract")
    assert [each["names"] for each in row.options] == [{"en": "Gold"}, {"en": "Silver"}]
    assert (row.is_required, row.help) == (True, "As in the contract")
    listing = admin.get("/manage/attributes/").content.decode()
    assert "Floor" in listing
    assert "Value from a list" in listing


def test_what_was_typed_stays_beside_what_is_wrong(admin: Client) -> None:
    answer = admin.post("/manage/attributes/new/", {**USUAL, "kind": "number", "least": "5", "most": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is less than the lower limit." in page
    assert 'value="Floor"' in page
    assert admin.post("/manage/attributes/new/", {**USUAL, "kind": "list"}).status_code == 422


def test_the_fields_of_the_kind_come_with_what_was_typed(admin: Client) -> None:
    page = admin.get("/manage/attributes/parts/", {**USUAL, "kind": "number", "least": "5"}).content.decode()
    assert 'name="least" value="5"' in page
    assert 'name="mask"' not in page
    assert 'name="mask"' in admin.get("/manage/attributes/parts/", USUAL).content.decode()
    assert admin.get("/manage/attributes/parts/?row=999&kind=nothing").status_code == 200


def test_another_kind_is_shown_first_and_agreed_to(cast: Cast, admin: Client) -> None:
    row = made(admin)
    change_company(cast.actor("olena"), cast.kawa, CompanyFacts(attributes={"floor": "3"}))
    path, wanted = f"/manage/attributes/{row.pk}/", {**USUAL, "kind": "number"}
    asked = admin.post(path, wanted)
    assert asked.status_code == 422
    assert "1 value becomes one of this kind" in asked.content.decode()
    assert admin.post(path, {**wanted, "agree": "on"}).status_code == 303
    cast.kawa.refresh_from_db()
    assert cast.kawa.attributes == {"floor": 3}


def test_values_of_a_list_have_their_own_pages(cast: Cast, admin: Client) -> None:
    row = made(admin, kind="list", values="Gold\nSilver")
    path = f"/manage/attributes/{row.pk}/values/"
    admin.post(f"{path}add/", {"values": "Bronze"})
    row = Attribute.objects.get(pk=row.pk)
    pks = [each.pk for each in rows_of(row)]
    order = {"order": ",".join(map(str, reversed(pks))), "seen": ",".join(map(str, pks))}
    assert admin.post(f"{path}order/", order, headers={"HX-Request": "true"}).status_code == 204
    assert admin.post(f"{path}gold/", {"name_en": "Golden", "name_pl": "Złoty"}).status_code == 303
    assert admin.post(f"{path}gold/", {}).status_code == 422
    admin.post(f"{path}silver/switch/", {"active": ""})
    change_company(cast.actor("olena"), cast.kawa, CompanyFacts(attributes={"floor": "gold"}))
    assert "Companies: 1" in admin.get(f"{path}gold/").content.decode()
    admin.post(f"{path}gold/delete/")
    admin.post(f"{path}bronze/delete/")
    row.refresh_from_db()
    assert [(each["code"], each["is_active"]) for each in row.options] == [("silver", False), ("gold", True)]
    page = admin.get(f"/manage/attributes/{row.pk}/").content.decode()
    assert "Golden" in page


def test_deleting_names_what_has_a_value_and_asks(cast: Cast, admin: Client) -> None:
    row = made(admin)
    change_company(cast.actor("olena"), cast.kawa, CompanyFacts(attributes={"floor": "3"}))
    path = f"/manage/attributes/{row.pk}/"
    assert "Kawa i Ciasto" in admin.get(path).content.decode()
    admin.post(f"{path}delete/")
    assert Attribute.objects.count() == 1
    admin.post(f"{path}delete/", {"erase": "1"})
    assert Attribute.objects.count() == 0


def test_order_switch_and_system_attributes(admin: Client) -> None:
    row = made(admin)
    other = made(admin, name_en="Door")
    posted = {"order": f"{other.pk},{row.pk}", "seen": f"{row.pk},{other.pk}"}
    admin.post("/manage/attributes/order/?group=company", posted)
    admin.post(f"/manage/attributes/{row.pk}/switch/", {"active": ""})
    assert [(each.code, each.is_active) for each in Attribute.objects.all()] == [("door", True), ("floor", False)]
    assert "System attributes" in admin.get("/manage/settings/client_form/").content.decode()

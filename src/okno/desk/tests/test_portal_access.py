"""The block of a contact's card about the portal: every act answers with it, and only those who may act see its forms."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.people.models import Affiliation, Contact
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db


def browser(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name).user)
    return client


def test_access_is_given_told_changed_and_taken_away_f145_f147(cast: Cast) -> None:
    Mailbox.objects.create(name="Vikno", address="help@vikno.example", is_default=True)
    lead, block = browser(cast, "taras"), f"/contacts/{cast.marta.pk}/access/"
    assert "No access yet" in lead.get(block).content.decode()
    invited = lead.post(f"{block}invite/", {"login": "marta@kawa.example"}).content.decode()
    assert "Send again" in invited
    assert OutgoingLetter.objects.get().recipient == "marta@kawa.example"
    made = lead.post(f"{block}password/").content.decode()
    [password] = re.findall(r"select-all break-all\">([^<]+)<", made)
    assert Client().login(email="marta@kawa.example", password=password)
    assert password not in lead.get(block).content.decode(), "told once"
    wrong = lead.post(f"{block}password/", {"password": "short"})
    assert (wrong.status_code, 'role="alert"' in wrong.content.decode()) == (422, True)
    kawa = cast.kawa.pk
    lead.post(f"{block}levels/", {"company": [kawa], f"level-{kawa}": ["company", "reports"]})
    assert Affiliation.objects.get(contact=cast.marta).level == {"company", "reports"}
    assert lead.post(f"{block}levels/", {"company": ["x"]}).status_code == 422
    assert "access taken away" in lead.post(f"{block}revoke/").content.decode()
    assert not Client().login(email="marta@kawa.example", password=password)


def test_who_may_not_let_clients_in_sees_what_is_and_no_forms_t14(cast: Cast) -> None:
    marek, block = browser(cast, "marek"), f"/contacts/{cast.marta.pk}/access/"
    assert marek.get(block).status_code == 404, "he does not see her at all"
    cast.marek.role.rights.append("people.view")
    cast.marek.role.save()
    assert "hx-post" not in marek.get(block).content.decode()
    for act in ("invite", "give", "password", "login", "levels", "revoke"):
        assert marek.post(f"{block}{act}/").status_code == 403
    assert Contact.objects.get(pk=cast.marta.pk).user is None

"""Filing a request (F6, F18, F19, F28)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.core import settings_store
from okno.people.models import Affiliation
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
URL = "/portal/requests/new/"


def test_anybody_of_a_company_files_a_request_f18(cast: Cast, browser: Browser) -> None:
    piotr = browser("piotr")
    form = {"subject": "Till is frozen", "text": "Since ten o'clock", "type": "incident", "once": "k"}
    sent = piotr.post(URL, form, follow=True)
    made = Ticket.objects.get()
    assert (made.contact, made.company, made.channel, made.type.code) == (
        cast.piotr,
        cast.kawa,
        "portal",
        "incident",
    )
    assert made.messages.get().text == "Since ten o'clock"
    assert f"Number {made.number}" in sent.content.decode()
    assert "piotr@kawa.example" in sent.content.decode()
    piotr.post(URL, form)
    assert Ticket.objects.count() == 1


def test_types_of_the_house_are_not_offered_f82(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    text = jan.get(URL).content.decode()
    assert 'value="incident"' in text
    assert 'value="task"' not in text
    refused = jan.post(URL, {"subject": "x", "text": "y", "type": "task", "once": "k"})
    assert refused.status_code == 422
    assert not Ticket.objects.filter(type__in=TicketType.objects.filter(is_internal=True)).exists()


def test_a_company_is_asked_for_where_there_are_several(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    assert 'name="company"' not in jan.get(URL).content.decode()
    Affiliation.objects.create(contact=cast.jan, company=cast.kawa, position=5)
    text = jan.get(URL).content.decode()
    assert text.index("Nordwind") < text.index("Kawa i Ciasto")
    jan.post(URL, {"subject": "x", "text": "y", "company": cast.kawa.pk, "once": "k"})
    assert Ticket.objects.get().company == cast.kawa
    foreign = browser("anna").post(URL, {"subject": "x", "text": "y", "company": cast.kawa.pk, "once": "k"})
    assert foreign.status_code == 303
    assert Ticket.objects.latest("id").company is None


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"subject": "", "text": "Words"}, "id_subject_error"),
        ({"subject": "Subject", "text": ""}, "id_text_error"),
        ({"subject": "x" * 5001, "text": "Words"}, "id_subject_error"),
        ({"subject": "Subject", "text": "Words", "company": "²"}, ""),
        ({"subject": "Subject", "text": "Words", "after": "x"}, ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, browser: Browser, form: dict[str, str], field: str) -> None:
    answer = browser("jan").post(URL, {**form, "once": "k"})
    assert answer.status_code == (422 if field else 303)
    if field:
        text = answer.content.decode()
        assert field in text
        assert all(value in text for value in form.values())
        assert not Ticket.objects.exists()


def test_advice_is_a_setting_in_four_languages_f28_f191(cast: Cast, browser: Browser) -> None:
    jan, olena = browser("jan"), cast.actor("olena")
    assert "One request for one topic" in jan.get(URL).content.decode()
    settings_store.change(olena, {"portal.guidance_en": "Name the till.\n\n <b>Please</b>"})
    text = jan.get(URL).content.decode()
    assert "<li>Name the till.</li>" in text
    assert "<li>&lt;b&gt;Please&lt;/b&gt;</li>" in text
    settings_store.change(olena, {"portal.guidance_en": ""})
    assert 'id="advice"' not in jan.get(URL).content.decode()
    cast.jan.user.language = "pl"
    cast.jan.user.save()
    assert "Jedno zgłoszenie" in jan.get(URL).content.decode()

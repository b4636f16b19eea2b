"""The builder of request forms: items put in, moved, conditioned and taken out; nothing typed is lost (F195)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.fields.rules import Kind
from okno.manage.request_forms.draft import rows_of, typed
from okno.testing.cast import Cast
from okno.testing.forms import make_attribute, make_form
from okno.workflow.models import RequestForm
from okno.workflow.questionnaires import questionnaires
from okno.workflow.rules import Check, When, hidden_items

pytestmark = pytest.mark.django_db
NEW = "/manage/request-forms/new/"
LANGUAGES = {"en", "ru", "uk", "pl"}

USUAL: dict[str, Any] = {
    "name_en": "Sign-in",
    "types": ["incident"],
    "guidance_en": "Be calm.\nSend a picture.",
    "item": ["q1", "q2"],
    "kind-q1": "question:list",
    "label-q1-en": "How?",
    "label-q1-pl": "Jak?",
    "options-q1-en": "By SSH\nBy the panel",
    "options-q1-pl": "Przez SSH",
    "known-q1": "[]",
    "required-q1": "1",
    "kind-q2": "question:number",
    "label-q2-en": "Which port?",
    "when-q2": "q1",
    "check-q2": "one_of",
    "value-q2": ["by-ssh"],
    "limit-q2-least": "1",
}


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.olena.user)
    return client


def errors_of(page: str) -> list[str]:
    return [each.text(strip=True) for each in HTMLParser(page).css(".field-error")]


def test_a_form_is_made_in_one_go_and_comes_back_as_it_was(admin: Client) -> None:
    answer = admin.post(NEW, USUAL)
    assert answer.status_code == 303, errors_of(answer.content.decode())
    form = RequestForm.objects.get()
    first, second = form.asked
    assert [each.code for each in first.options] == ["by-ssh", "by-the-panel"]
    assert dict(first.options[0].names) == {"en": "By SSH", "pl": "Przez SSH"}
    assert (first.is_required, first.holds) == (True, Kind.LIST)
    assert second.when == When("q1", Check.ONE_OF, ("by-ssh",))
    assert second.limits.least == 1
    assert form.advice == ["Be calm.", "Send a picture."]
    page = HTMLParser(admin.get(f"/manage/request-forms/{form.pk}/").content.decode())
    assert page.css_first("#id_options-q1-first").text() == "By SSH\nBy the panel"
    assert "if “How?” is one of By SSH" in page.css_first("#item-q2").text()
    assert page.css_first("#preview [data-asked-item=q2]").attributes.get("hidden", "none") is None


def test_an_option_that_is_called_otherwise_keeps_its_code() -> None:
    form = make_form()
    row = rows_of(form.asked)[1]
    posted = HttpPost(
        {
            "item": ["way"],
            "kind-way": "question:list",
            "options-way-en": "By the panel\nSecure shell",
            "known-way": row.known,
        }
    )
    assert [each.code for each in typed(posted)[0].item.options] == ["panel", "secure-shell"]
    renamed = HttpPost(
        {
            "item": ["way"],
            "kind-way": "question:list",
            "options-way-en": "Secure shell\nBy the panel",
            "known-way": row.known,
        }
    )
    assert [each.code for each in typed(renamed)[0].item.options] == ["ssh", "panel"]


class HttpPost(dict[str, Any]):
    """What a browser sent."""

    def getlist(self, key: str) -> list[Any]:
        found = self.get(key, [])
        return found if isinstance(found, list) else [found]


def test_buttons_change_the_draft_and_save_nothing(admin: Client) -> None:
    page = HTMLParser(admin.post(NEW, {**USUAL, "act": "add:heading"}).content.decode())
    first, second, added = (str(each.attributes["value"]) for each in page.css("#draft input[name=item]"))
    assert (first, second) == ("q1", "q2")
    assert page.css_first("#draft").attributes["data-focus"] == f"id_label-{added}-first"
    assert page.css_first("#id_name_en").attributes["value"] == "Sign-in"
    assert page.css_first("#id_guidance_en").text().strip() == "Be calm.\nSend a picture."
    assert page.css_first("input[name=types][value=incident]").attributes.get("checked", "none") is None
    assert not page.css("input[name=types][value=question][checked]")
    less = HTMLParser(admin.post(NEW, {**USUAL, "act": "remove:q1"}).content.decode())
    assert [each.attributes["value"] for each in less.css("#draft input[name=item]")] == ["q2"]
    assert not less.css("#draft [name=when-q2]")
    assert not RequestForm.objects.exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name_en": ""}, "Write the name in one language at least."),
        ({"label-q1-en": "", "label-q1-pl": ""}, "Write it in one language at least."),
        ({"label-q1-en": "x" * 201}, "No more than 200 characters."),
        ({"options-q1-en": "", "options-q1-pl": ""}, "Write at least one value that can be chosen."),
        ({"options-q1-en": "One\none"}, "There is already “one”."),
        ({"limit-q2-least": "5", "limit-q2-most": "1"}, "This is less than the lower limit."),
        ({"limit-q2-decimals": "many"}, "At most 4."),
        ({"item": ["q2", "q1"]}, "Choose an item above this one."),
        ({"when-q2": "nothing"}, "Choose an item above this one."),
        ({"value-q2": []}, "Choose a value."),
        ({"value-q2": ["foreign"]}, "Choose one of the offered values."),
        ({"check-q2": "ticked"}, "Choose one of the offered values."),
        ({"kind-q2": "attribute", "attribute-q2": "nothing"}, "Choose one of the offered values."),
        ({"guidance_en": "x" * 2001}, ""),
        ({"types": ["nothing"]}, ""),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_what_was_typed_stays(
    admin: Client, changed: dict[str, Any], told: str
) -> None:
    answer = admin.post(NEW, {**USUAL, **changed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert any(told in each for each in errors_of(page)), errors_of(page)
    assert "Send a picture." in page or "guidance_en" in changed
    assert not RequestForm.objects.exists()


@pytest.mark.parametrize(
    "known", ["", "{", "[1]", '[{"code": 5}]', '{"code": "x"}', '[{"code": "x", "names": 3}]', "null", "[null]"]
)
def test_a_broken_post_is_no_error_of_ours(admin: Client, known: str) -> None:
    odd = {"known-q1": known, "kind-q2": "?", "limit-q2-least": "1e999", "check-q2": "!!", "act": "draw"}
    assert admin.post(NEW, {**USUAL, **odd}).status_code == 200
    assert (
        admin.post(NEW, {**USUAL, "act": "add:nothing", "item": [f"q{each}" for each in range(80)]}).status_code
        == 200
    )


def test_forms_are_copied_put_in_order_and_deleted(admin: Client) -> None:
    first, second = make_form(), make_form(names={"en": "Second", "pl": "Drugi"}, types=["question"])
    admin.post(
        "/manage/request-forms/order/", {"order": f"{second.pk},{first.pk}", "seen": f"{first.pk},{second.pk}"}
    )
    assert list(RequestForm.objects.all()) == [second, first]
    admin.post(f"/manage/request-forms/{second.pk}/copy/")
    admin.post(f"/manage/request-forms/{second.pk}/copy/")
    names = set(
        RequestForm.objects.exclude(pk__in=[first.pk, second.pk]).values_list("names__en", "names__pl", "is_active")
    )
    assert names == {("Second (copy)", "Drugi (kopia)", False), ("Second (copy 2)", "Drugi (kopia 2)", False)}
    admin.post(f"/manage/request-forms/{first.pk}/delete/")
    assert not RequestForm.objects.filter(pk=first.pk).exists()


def test_what_a_form_names_is_not_deleted_from_under_it(admin: Client) -> None:
    attribute = make_attribute()
    admin.post(NEW, {**USUAL, "kind-q2": "attribute", "attribute-q2": "floor"})
    assert RequestForm.objects.get().asked[1].label == "Floor"
    page = admin.post(f"/manage/attributes/{attribute.pk}/delete/", follow=True).content.decode()
    assert "Request forms" in page
    attribute.refresh_from_db()


@pytest.mark.parametrize("each", questionnaires(), ids=lambda each: each.code)
def test_every_questionnaire_is_taken_whole_in_four_languages_f195(admin: Client, each: Any) -> None:
    page = HTMLParser(admin.get(f"/manage/request-forms/templates/{each.code}/").content.decode())
    assert page.css_first("h1").text() == each.names["en"]
    assert len(page.css("[data-asked-item]")) == len(each.items)
    assert admin.post(f"/manage/request-forms/templates/{each.code}/").status_code == 303
    form = RequestForm.objects.get()
    assert form.asked == tuple(each.items)
    texts = [form.names, *(item.labels for item in form.asked), *(item.helps for item in form.asked if item.helps)]
    texts += [option.names for item in form.asked for option in item.options]
    assert all(set(text) == LANGUAGES and all(text.values()) for text in texts)
    assert any(item.when for item in form.asked)
    assert {item.code for item in form.asked if item.when} >= hidden_items([i.as_asked() for i in form.asked], {})


def test_only_who_manages_settings_comes_in(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.marek.user)
    assert client.get("/manage/request-forms/").status_code == 403
    assert client.post(NEW, USUAL).status_code == 403
    assert not RequestForm.objects.exists()


def test_no_code_is_handed_out_twice(admin: Client) -> None:
    """What was typed as a password for an item that is gone must not become an answer to the next one."""
    handed = set()
    for _time in range(3):
        page = HTMLParser(admin.post(NEW, {**USUAL, "act": "add:credentials"}).content.decode())
        handed.add(page.css("#draft input[name=item]")[-1].attributes["value"])
    assert len(handed) == 3


def test_a_form_asks_for_ten_passwords_at_most(admin: Client) -> None:
    codes = [f"s{number}" for number in range(11)]
    asked = {"item": codes} | {f"kind-{code}": "credentials" for code in codes}
    asked |= {f"label-{code}-en": code for code in codes}
    facts = {name: USUAL[name] for name in ("name_en", "types")}
    refused = admin.post(NEW, {**facts, **asked})
    assert refused.status_code == 422
    assert "A form asks for 10 passwords or keys at most." in refused.content.decode()
    assert admin.post(NEW, {**facts, **asked, "item": codes[:10]}).status_code == 303

"""Declared settings: the page comes from the declaration, and values make the round trip."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from okno.core import settings_store
from okno.core.declarations import COMPANY_NAME
from okno.core.models import Event, SettingValue
from okno.core.settings_store import SETTINGS
from okno.manage.navigation import OWN_PAGES
from okno.manage.settings_form import SettingsForm, declared
from okno.testing.cast import Cast


def posted(group: str, **changes: object) -> dict[str, object]:
    """What a browser sends for the page as it is, with some fields changed."""
    values: dict[str, object] = {}
    for setting in declared(group):
        value = changes.get(setting.key.replace(".", "__"), setting())
        if value is True:
            values[setting.key] = "on"
        elif isinstance(value, list):
            values[setting.key] = value
        elif value is not False:
            values[setting.key] = str(value).replace("\n", "\r\n")
    return values


@pytest.mark.django_db
def test_every_declared_setting_is_on_a_page_with_label_help_and_default(cast: Cast, olena: Client) -> None:
    for group in {setting.group for setting in SETTINGS.values()} - OWN_PAGES:
        page = unescape(olena.get(f"/manage/settings/{group}/").content.decode())
        for setting in declared(group):
            assert f'name="{setting.key}"' in page
            assert str(setting.label) in page
            assert str(setting.help) in page
    for missing in ("no-such-group", *OWN_PAGES):
        assert olena.get(f"/manage/settings/{missing}/").status_code == 404


@pytest.mark.django_db
def test_saving_the_page_unchanged_changes_nothing(cast: Cast, olena: Client) -> None:
    for group in {setting.group for setting in SETTINGS.values()} - OWN_PAGES:
        assert olena.post(f"/manage/settings/{group}/", posted(group)).status_code == 303
    assert not SettingValue.objects.exists()
    assert not Event.objects.filter(kind="setting.changed").exists()


@pytest.mark.django_db
def test_values_make_the_round_trip_and_go_back_to_the_default(cast: Cast, olena: Client) -> None:
    olena.post("/manage/settings/general/", posted("general", general__company_name="Вікно & Co <b>"))
    settings_store.forget()
    assert COMPANY_NAME() == "Вікно & Co <b>"
    page = olena.get("/manage/settings/general/").content.decode()
    assert "Вікно &amp; Co &lt;b&gt;" in page
    assert "<b>" not in page
    event = Event.objects.get(kind="setting.changed")
    assert event.data == {"key": "general.company_name", "before": "", "after": "Вікно & Co <b>"}
    assert olena.post("/manage/settings/general/", {"reset": "general.company_name"}).status_code == 303
    settings_store.forget()
    assert COMPANY_NAME() == ""
    assert not SettingValue.objects.exists()
    assert olena.post("/manage/settings/general/", {"reset": "mail.size_limit"}).status_code == 404


@pytest.mark.django_db
def test_mistakes_are_said_at_the_field_and_nothing_is_saved(cast: Cast, olena: Client) -> None:
    wrong = posted("mail", mail__size_limit=99999, mail__create_contacts=False, mail__sender_name="kept {agent}")
    answer = olena.post("/manage/settings/mail/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_mail.size_limit_error"' in page
    assert "kept {agent}" in page
    assert "99999" in page
    assert not SettingValue.objects.exists()
    answer = olena.post("/manage/settings/mail/", posted("mail", mail__letter_template="no content"))
    assert 'id="id_mail.letter_template_error"' in answer.content.decode()


@pytest.mark.django_db
def test_switches_numbers_and_long_texts_have_their_widgets() -> None:
    form = SettingsForm(declared("mail"))
    widgets = {row["key"]: row["bound"].widget_type for row in form.rows()}
    assert widgets["mail.create_contacts"] == "checkbox"
    assert widgets["mail.size_limit"] == "number"
    assert widgets["mail.letter_template"] == "textarea"
    assert widgets["mail.sender_name"] == "text"

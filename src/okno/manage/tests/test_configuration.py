"""The page of the configuration as a file: saved, looked at, applied, refused with a message at its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.core.actor import SYSTEM
from okno.core.configuration import export
from okno.core.models import Event, StoredFile
from okno.testing.cast import Cast
from okno.workflow.models import Priority

pytestmark = pytest.mark.django_db
PAGE = "/manage/configuration/"


def look(client: Client, content: bytes, **chosen: str) -> Any:
    file = SimpleUploadedFile("okno.json", content, "application/json")
    return client.post(f"{PAGE}look/", {"file": file, **chosen})


def token(answer: HttpResponse) -> str:
    field = HTMLParser(answer.content.decode()).css_first('input[name="token"]')
    return str(field.attributes["value"]) if field else ""


def text(answer: Any) -> str:
    return " ".join(HTMLParser(answer.content.decode()).css_first("main").text(separator=" ").split())


def renamed(name: str) -> bytes:
    data = json.loads(export(SYSTEM))
    next(row for row in data["sections"]["priorities"] if row["code"] == "high")["names"]["en"] = name
    return json.dumps(data).encode()


def test_it_is_saved_looked_at_and_applied(olena: Client, cast: Cast) -> None:
    saved = olena.post(f"{PAGE}file/")
    assert json.loads(saved.content)["okno"] == "configuration"
    assert "attachment" in saved["Content-Disposition"]
    assert "There is nothing to apply" in text(look(olena, saved.content))
    shown = look(olena, renamed("Very high"))
    assert "High Very high" in text(shown)
    assert "1 changed" in text(shown)
    assert Priority.objects.get(code="high").names["en"] == "High"
    done = olena.post(f"{PAGE}take/", {"token": token(shown)}, follow=True)
    assert "Applied: 1 row is new or changed." in done.content.decode()
    assert Priority.objects.get(code="high").names["en"] == "Very high"
    told = list(Event.objects.order_by("id").values_list("kind", "actor_id"))[-3:]
    assert told == [
        ("configuration.exported", cast.olena.pk),
        ("workflow.changed", cast.olena.pk),
        ("configuration.imported", cast.olena.pk),
    ]
    log = olena.get("/manage/audit/").content.decode()
    assert "laid over what was here, from a file" in log


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"Hello", "This is not a JSON file that can be read"),
        (b"{}", "This is no configuration of Okno."),
        (b" " * (50 * 1024 * 1024), "The file is larger than 4"),
        (b'{"okno": "configuration", "version": 9, "sections": {}}', "version 9"),
        (b'{"okno": "configuration", "version": 1, "sections": {"roles": [{"code": "x"}]}}', "roles[x].name"),
    ],
)
def test_a_bad_file_is_told_at_its_field(olena: Client, content: bytes, words: str) -> None:
    before = StoredFile.objects.count()
    answer = look(olena, content, switch_off_absent="on")
    tree = HTMLParser(answer.content.decode())
    assert answer.status_code == 422
    assert words in tree.css_first("#id_file_error").text()
    assert "checked" in tree.css_first("#id_switch_off_absent").attributes
    assert StoredFile.objects.count() == before


def test_no_file_at_all(olena: Client) -> None:
    assert olena.post(f"{PAGE}look/").status_code == 422


def test_with_a_problem_there_is_nothing_to_press(olena: Client) -> None:
    data = json.loads(export(SYSTEM))
    data["sections"]["teams"][0]["members"] = ["<b>nobody</b>@else.example"]
    shown = look(olena, json.dumps(data).encode())
    assert "One row of the file cannot be taken" in text(shown)
    assert "&lt;b&gt;nobody" in shown.content.decode()
    assert 'name="token"' in shown.content.decode()
    assert "Apply</button>" not in shown.content.decode()
    forced = olena.post(f"{PAGE}take/", {"token": token(shown)})
    assert forced.status_code == 409
    assert "Nothing was changed" in text(forced)


def test_a_stale_look_is_refused_and_shown_anew(olena: Client) -> None:
    shown = look(olena, renamed("Very high"))
    Priority.objects.filter(code="high").update(names={"en": "Higher"})
    answer = olena.post(f"{PAGE}take/", {"token": token(shown)})
    assert answer.status_code == 409
    assert "The configuration has changed since you looked at this." in text(answer)
    assert "Higher" in text(answer)
    assert Priority.objects.get(code="high").names["en"] == "Higher"
    assert olena.post(f"{PAGE}take/", {"token": token(answer)}).status_code == 303
    assert Priority.objects.get(code="high").names["en"] == "Very high"


def test_a_token_is_its_owners_and_of_a_kept_file(olena: Client, as_: Callable[[str], Client], cast: Cast) -> None:
    shown = look(olena, renamed("Very high"))
    cast.taras.role = cast.olena.role
    cast.taras.save()
    for wrong in ("", "nonsense", token(shown)):
        answer = as_("taras").post(f"{PAGE}take/", {"token": wrong}, follow=True)
        assert "it is not kept any longer" in answer.content.decode()
    StoredFile.objects.all().delete()
    assert (
        "it is not kept any longer"
        in olena.post(f"{PAGE}take/", {"token": token(shown)}, follow=True).content.decode()
    )
    assert Priority.objects.get(code="high").names["en"] == "High"


def test_others_do_not_reach_it(as_: Callable[[str], Client]) -> None:
    for path in ("", "file/", "look/", "take/"):
        browser = as_("taras")
        assert (browser.get if path == "" else browser.post)(PAGE + path).status_code == 403

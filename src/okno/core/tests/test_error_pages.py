"""The pages of errors look like the product, and that of a failure needs no database."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from okno.core.http import errors
from okno.testing.cast import Cast

BACK = 'href="/"'


@pytest.mark.parametrize(("language", "words"), [("en", "on our side"), ("ru", 'lang="ru"'), ("pl", 'lang="pl"')])
def test_the_page_of_a_failure_is_made_without_a_database(rf: RequestFactory, language: str, words: str) -> None:
    with translation.override(language):
        answer = errors.server_error(rf.get("/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert words in page
    assert BACK in page
    assert "app.css" in page or "dist/" in page


def test_bare_words_remain_where_even_the_page_breaks(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> HttpRequest:
        raise RuntimeError(name)

    monkeypatch.setattr(errors, "get_template", broken)
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith("text/plain")
    assert "on our side" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"), [("/tickets/999999/", 404), ("/no/such/page/", 404), ("/manage/roles/", 403)]
)
def test_what_is_not_there_or_not_for_one_is_said_on_a_page(
    cast: Cast, client: Client, path: str, status: int
) -> None:
    client.force_login(cast.marek.user)
    answer = client.get(path)
    assert answer.status_code == status
    assert BACK in answer.content.decode()

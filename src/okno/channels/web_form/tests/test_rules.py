"""Subject, description, fields and origins, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.channels.web_form.rules import Field, description_of, fields_of, origin_fits, subject_of


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Oven\nIt is cold", "Oven"),
        ("\n \n  Second line counts \n x", "Second line counts"),
        ("", "Request through the web form"),
        (" \n\t\n", "Request through the web form"),
        ("word " * 60, ("word " * 60)[:200].rsplit(" ", 1)[0] + " …"),
    ],
)
def test_the_subject_is_the_first_line_that_says_something(text: str, subject: str) -> None:
    assert subject_of(text, "Request through the web form") == subject


@given(st.text())
def test_a_subject_is_one_short_line_of_the_text(text: str) -> None:
    subject = subject_of(text, "?")
    assert 0 < len(subject) <= 202
    assert "\n" not in subject
    assert subject == "?" or subject.removesuffix(" …").strip() in text or len(subject) > 190


def test_all_filled_fields_go_into_the_description_one_by_one() -> None:
    assert (
        description_of([("Your name", "Jan"), ("Phone", ""), ("Text", "a\nb")])
        == '"Your name": "Jan"\n"Text": "a\nb"'
    )


def test_what_nobody_knows_is_no_field() -> None:
    stored = [
        {"code": "email", "required": True},
        {"code": "is_admin"},
        {"code": "own_3", "labels": {"en": "Floor"}},
        {},
    ]
    assert fields_of(stored) == [Field("email", True), Field("own_3", False, {"en": "Floor"})]


@pytest.mark.parametrize(
    ("origin", "allowed", "fits"),
    [
        ("https://shop.example", [], True),
        ("", [], True),
        ("https://shop.example", ["shop.example"], True),
        ("https://www.shop.example:8443", ["shop.example"], True),
        ("http://SHOP.example", ["shop.example"], True),
        ("https://evilshop.example", ["shop.example"], False),
        ("https://shop.example.evil.example", ["shop.example"], False),
        ("null", ["shop.example"], False),
        ("", ["shop.example"], False),
    ],
)
def test_which_sites_may_use_a_form(origin: str, allowed: list[str], fits: bool) -> None:
    assert origin_fits(origin, allowed) is fits

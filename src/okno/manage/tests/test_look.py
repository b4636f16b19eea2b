"""The look: colour, title and pictures reach every page and letter, and nothing but pictures gets in (F164, T13)."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from okno.core import files, settings_store
from okno.core.brand import brand
from okno.core.models import BrandPicture, Event
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db
LOOK = "/manage/look/"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    settings_store.forget()
    yield
    settings_store.forget()


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 300), tail: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0a7d55").save(out, kind)
    return out.getvalue() + tail


def upload(browser: Client, role: str, content: bytes, name: str = "logo.png", kind: str = "image/png") -> Any:
    return browser.post(
        LOOK, {"colour": "", "title": "", "address": "", role: SimpleUploadedFile(name, content, kind)}
    )


def test_colour_and_title_reach_every_page_and_the_policy_stays(cast: Cast, olena: Client) -> None:
    assert olena.post(LOOK, {"colour": "0A7D55", "title": "Help of Kawa", "address": ""}).status_code == 303
    shown = brand()
    assert shown.name == "Help of Kawa"
    for browser, path in (
        (olena, "/tickets/"),
        (olena, LOOK),
        (Client(), "/account/login/"),
        (olena, "/no-such-page/"),
    ):
        page = browser.get(path)
        text = page.content.decode()
        assert f'href="{shown.css_url}"' in text, path
        assert "Help of Kawa</title>" in text
        assert "unsafe-inline" not in page["Content-Security-Policy"]
    sheet = Client().get(shown.css_url)
    assert sheet.content.decode() == ":root { --brand: #0a7d55; }\n"
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet["Cache-Control"]
    olena.post(LOOK, {"colour": "#ffcc00", "title": "", "address": ""})
    assert brand().css_url != shown.css_url
    assert "immutable" not in Client().get(shown.css_url)["Cache-Control"]
    assert Event.objects.filter(kind="setting.changed", data__key="look.colour").count() == 2


@pytest.mark.parametrize(
    "colour", ["red", "#12", "#0a7d55; } body { display: none", "url(//evil.example)", "#0a7d5g"]
)
def test_no_other_style_gets_in_by_the_colour_t12(cast: Cast, olena: Client, colour: str) -> None:
    answer = olena.post(LOOK, {"colour": colour, "title": "Kept title", "address": ""})
    assert answer.status_code == 422
    assert 'id="id_colour_error"' in answer.content.decode()
    assert "Kept title" in answer.content.decode()
    assert brand().css_url == ""


def test_the_contrast_is_told_while_one_chooses(cast: Cast, olena: Client) -> None:
    told = {colour: olena.get(f"{LOOK}contrast/", {"colour": colour}).content.decode() for colour in (
        "#0a7d55", "#ffee88", "nonsense", "")}  # fmt: skip
    assert "easy to read" in told["#0a7d55"]
    assert "buttons stand out little" in told["#ffee88"]
    assert "six hexadecimal digits" in told["nonsense"]
    assert told[""].strip() == ""


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew_and_fitted_t13(cast: Cast, olena: Client, kind: str) -> None:
    hidden = b"<script>alert(1)</script>"
    assert upload(olena, "logo", picture(kind, tail=hidden)).status_code == 303
    answer = Client().get(brand().logo_url)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert hidden not in answer.content
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert shown.format == "PNG"
        assert (shown.width, shown.height) == (480, 160)
    assert f'src="{brand().logo_url}"' in Client().get("/account/login/").content.decode()


@pytest.mark.parametrize(("content", "name", "kind"), [
    (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg", "image/svg+xml"),
    (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.png", "image/png"),
    (b"<html><script>alert(1)</script>", "logo.png", "image/png"),
    (b"GIF89a/*<svg/onload=alert(1)>*/=1;", "logo.gif", "image/gif"),
    (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "logo.png", "image/png"),
    (b"%PDF-1.7", "logo.pdf", "application/pdf"),
    (picture()[:60], "logo.png", "image/png"),
    (picture(tail=b"x" * 2 * 1024 * 1024), "logo.png", "image/png"),
])  # fmt: skip
def test_what_is_no_picture_is_refused_at_its_field_t13(
    cast: Cast, olena: Client, content: bytes, name: str, kind: str
) -> None:
    answer = upload(olena, "logo", content, name, kind)
    assert answer.status_code == 422
    assert "SVG" in answer.content.decode()
    assert not BrandPicture.objects.exists()


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked_t15(cast: Cast, olena: Client) -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert upload(olena, "icon", out.getvalue()).status_code == 422


def test_each_picture_has_its_place_and_can_be_removed(cast: Cast, olena: Client) -> None:
    for role in ("logo", "dark_logo", "icon"):
        upload(olena, role, picture(size=(200, 200)))
    shown = brand()
    page = Client().get("/account/login/").content.decode()
    assert re.search(rf'<link rel="icon" type="image/png" href="{shown.icon_url}">', page)
    for url in (shown.logo_url, shown.dark_logo_url):
        assert f'src="{url}"' in page
    assert len({shown.logo_url, shown.dark_logo_url, shown.icon_url}) == 3
    assert olena.post(LOOK, {"remove": "dark_logo"}).status_code == 303
    assert brand().dark_logo_url == brand().logo_url
    assert Client().get(shown.dark_logo_url).status_code == 404
    assert olena.post(LOOK, {"remove": "everything"}).status_code in {303, 422}
    assert BrandPicture.objects.count() == 2


def test_only_who_manages_settings_changes_the_look_t26(cast: Cast, as_: Any) -> None:
    assert as_("taras").post(LOOK, {"colour": "#0a7d55"}).status_code == 403
    assert as_("marek").get(f"{LOOK}contrast/").status_code == 403
    assert brand().css_url == ""


def test_letters_have_the_colour(cast: Cast, olena: Client, settings: Any) -> None:
    from okno.channels.email.models import Mailbox, OutgoingLetter
    from okno.channels.email.outgoing.personal import send_invitation

    Mailbox.objects.create(name="Vikno", address="help@vikno.example", is_default=True)
    olena.post(LOOK, {"colour": "#0a7d55", "title": "", "address": ""})
    send_invitation(cast.actor("olena"), cast.marta)
    letter = email.message_from_bytes(files.read(OutgoingLetter.objects.get().raw), policy=email.policy.default)
    body = letter.get_body(("html",))
    assert body is not None
    assert "#0a7d55" in body.get_content()

"""Photos of employees: written anew, shown everywhere, handed out to the signed-in only (F155, T13, T14, T15)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from okno.core import files
from okno.core.actor import SYSTEM
from okno.core.faults import Forbidden
from okno.core.models import Event, StoredFile
from okno.people import photos
from okno.people.models import Agent
from okno.people.operations.photos import LARGEST_FILE, remove_photo, set_photo
from okno.people.photos import photo_of
from okno.testing.cast import Cast
from okno.testing.faces import FACES, drawn_face
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(document.domain)</script>"
PLACE = "50.4501 N"


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "orange" if mode == "RGB" else None).save(out, kind, **options)
    return out.getvalue()


def browser_of(agent: Agent) -> Client:
    browser = Client()
    browser.force_login(agent.user)
    return browser


def chosen(content: bytes, name: str = "me.png") -> dict[str, SimpleUploadedFile]:
    return {"photo": SimpleUploadedFile(name, content)}


def test_an_employee_chooses_a_photo_and_takes_it_away_again(cast: Cast) -> None:
    browser = browser_of(cast.marek)
    assert 'name="remove"' not in browser.get("/account/photo/").content.decode()
    assert browser.post("/account/photo/", chosen(drawn_face(FACES[0]))).status_code == 303
    cast.marek.refresh_from_db()
    first = cast.marek.photo_name
    assert len(first) >= 24
    for path, side in ((f"/account/photos/{first}/", 96), (f"/account/photos/{first}/large/", 320)):
        answer = browser.get(path)
        assert answer.headers["Content-Type"] == "image/webp"
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert Image.open(io.BytesIO(answer.content)).size == (side, side)
    browser.post("/account/photo/", chosen(picture()))
    cast.marek.refresh_from_db()
    assert cast.marek.photo_name not in {"", first}
    assert browser.get(f"/account/photos/{first}/").status_code == 404
    assert browser.post("/account/photo/", {"remove": "1"}).status_code == 303
    cast.marek.refresh_from_db()
    assert (cast.marek.photo_name, cast.marek.photo, photo_of(cast.marek.pk)) == ("", None, "")
    said = [event.data for event in Event.objects.filter(kind="agent.changed")]
    assert said == [{"fields": ["photo"]}] * 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + SCRIPT,
        picture()[:60],
        picture("BMP"),
        picture("TIFF"),
        picture(size=(63, 400)),
        picture(mode="1", size=(9000, 9000)),
        b"\x89PNG\r\n\x1a\n" + b"0" * LARGEST_FILE,
    ],
    ids=["empty", "text", "svg", "no gif", "cut off", "bmp", "tiff", "narrow", "bomb", "heavy"],
)
def test_what_is_no_picture_is_refused_at_the_field_and_nothing_is_kept_t13(cast: Cast, content: bytes) -> None:
    answer = browser_of(cast.marek).post("/account/photo/", chosen(content))
    assert answer.status_code == 422
    assert 'id="id_photo_error"' in answer.content.decode()
    cast.marek.refresh_from_db()
    assert cast.marek.photo_name == ""
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_nothing_but_the_pixels_is_kept_t13(cast: Cast, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = PLACE
    options: dict[str, Any] = {} if kind == "GIF" else {"exif": exif, "icc_profile": b"profile" + SCRIPT}
    content = picture(kind, **options) + SCRIPT
    assert kind == "GIF" or PLACE.encode() in content
    set_photo(cast.actor("marek"), cast.marek, content)
    cast.marek.refresh_from_db()
    for file in (cast.marek.photo, cast.marek.photo_small):
        assert file is not None
        kept = files.read(file)
        assert kept.startswith(b"RIFF")
        assert SCRIPT not in kept
        assert PLACE.encode() not in kept
        shown = Image.open(io.BytesIO(kept))
        assert not shown.getexif()
        assert "icc_profile" not in shown.info


def test_a_photo_stands_upright_and_shows_the_middle(cast: Cast) -> None:
    wide = Image.new("RGB", (300, 100), "red")
    wide.paste("blue", (100, 0, 200, 100))
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright
    out = io.BytesIO()
    wide.save(out, "PNG", exif=turned)
    set_photo(cast.actor("marek"), cast.marek, out.getvalue())
    cast.marek.refresh_from_db()
    assert cast.marek.photo is not None
    shown = Image.open(io.BytesIO(files.read(cast.marek.photo))).convert("RGB")
    pixel = shown.getpixel((160, 170))
    assert isinstance(pixel, tuple)
    assert pixel[2] > 200
    assert pixel[0] < 60


def test_strangers_get_no_photo_and_only_administrators_choose_for_others_t14(cast: Cast) -> None:
    set_photo(cast.actor("olena"), cast.marek, picture())
    cast.marek.refresh_from_db()
    name = cast.marek.photo_name
    assert Client().get(f"/account/photos/{name}/").status_code == 302
    taras = browser_of(cast.taras)
    assert taras.get(f"/account/photos/{name}/").status_code == 200
    assert taras.get(f"/account/photos/{name[:-1]}/").status_code == 404
    assert taras.get(f"/account/photo/{cast.marek.pk}/").status_code == 403
    assert taras.post(f"/account/photo/{cast.marek.pk}/", {"remove": "1"}).status_code == 403
    assert taras.get("/account/photo/999999/").status_code == 404
    with pytest.raises(Forbidden):
        remove_photo(cast.jan.as_actor(), cast.marek)
    assert browser_of(cast.olena).post(f"/account/photo/{cast.marek.pk}/", {"remove": "1"}).status_code == 303
    cast.marek.refresh_from_db()
    assert cast.marek.photo_name == ""


def test_the_photo_is_shown_wherever_the_employee_is(cast: Cast) -> None:
    ticket = create_ticket(
        cast.actor("olena"), NewTicket("Printer", NewMessage(text="x"), "desk", assignee=cast.marek)
    )
    add_answer(cast.actor("marek"), ticket, NewMessage(text="Yes"))
    browser = browser_of(cast.marek)
    pages = [
        "/tickets/?section=active", f"/tickets/{ticket.number}/", f"/tickets/{ticket.number}/facts/",
        f"/tickets/{ticket.number}/talk/", "/account/profile/",
    ]  # fmt: skip
    of_others = ["/manage/employees/", f"/manage/employees/{cast.marek.pk}/", "/manage/teams/"]
    before = [browser.get(path).content.decode() for path in pages]
    assert not any("/account/photos/" in page for page in before)
    set_photo(cast.actor("marek"), cast.marek, picture())
    address = f'src="/account/photos/{photo_of(cast.marek.pk)}/"'
    for path in pages:
        assert address in browser.get(path).content.decode(), path
    for path in of_others:
        assert address in browser_of(cast.olena).get(path).content.decode(), path
    remove_photo(cast.actor("marek"), cast.marek)
    assert not any("/account/photos/" in browser.get(path).content.decode() for path in pages)


def test_whoever_calls_himself_by_the_key_of_an_employee_gets_no_photo_of_him_t4(cast: Cast) -> None:
    set_photo(cast.actor("marek"), cast.marek, picture())
    key = f"agent-{cast.marek.pk}"
    words = NewMessage(text="Trust me", author_name=key, author_address="x@y.example")
    ticket = create_ticket(SYSTEM, NewTicket(key, words, "email", requester_address="x@y.example"))
    page = browser_of(cast.olena).get(f"/tickets/{ticket.number}/talk/").content.decode()
    assert key in page
    assert "/account/photos/" not in page


def test_photos_cost_one_query_however_many_there_are(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(photos, "MAX_AGE", 3600.0)
    set_photo(cast.actor("marek"), cast.marek, picture())
    with django_assert_num_queries(1):
        names = {photo_of(agent.pk) for agent in (cast.olena, cast.taras, cast.marek) for _time in range(10)}
    assert len(names) == 2

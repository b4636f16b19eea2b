"""No file that somebody sent is ever run or shown as what it claims to be (T13): polyglots by upload and by letter."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from okno.core import files, media
from okno.core.actor import SYSTEM
from okno.testing.cast import Cast
from okno.tickets.models import Attachment, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
ENDINGS = [
    "html", "htm", "xhtml", "svg", "svgz", "xml", "xsl", "xslt", "mht", "mhtml", "js", "mjs", "json", "css", "swf", "pdf",
    "php", "pht", "phtml", "php5", "phar", "asp", "aspx", "jsp", "cgi", "pl", "py", "sh", "exe", "bat", "cmd", "ps1", "hta",
    "vbs", "jar", "apk", "lnk", "scr", "url", "webarchive", "shtml", "htaccess", "wasm", "ics", "vcf", "eml", "rtf", "docm",
]  # fmt: skip


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, kind)
    return out.getvalue()


PNG, GIF, JPEG = picture("PNG"), picture("GIF"), picture("JPEG")
POLYGLOTS = [
    *[(f"file.{ending}", HTML) for ending in ENDINGS],
    ("picture.png", SVG),
    ("picture.svg", SVG),
    ("picture.png", HTML),
    ("picture.png.html", PNG + HTML),
    ("picture.html", PNG + SCRIPT),
    ("picture.jpg", JPEG + HTML),
    ("picture.gif", b"GIF89a/*" + SCRIPT + b"*/=0;"),
    ("picture.gif", GIF + SCRIPT),
    ("doc.pdf", b"%PDF-1.4\n" + SCRIPT),
    ("x.html\x00.png", HTML),
    ("x.png\u202egnp.lmth", HTML),
    ("../../../etc/passwd.html", HTML),
    ("..\\..\\boot.ini", HTML),
    ("name\r\nContent-Type: text/html\r\n\r\n.txt", HTML),
    ('quo"te;filename=evil.html', HTML),
    ("<img src=x onerror=alert(1)>.txt", HTML),
    ("", HTML),
    ("a" * 500 + ".html", HTML),
]


def received(cast: Cast, name: str, content: bytes, kind: str = "text/html") -> Attachment:
    ticket = create_ticket(
        SYSTEM,
        NewTicket(
            subject="File", channel="email", contact=cast.jan,
            message=NewMessage(
                text="See the file", contact=cast.jan, channel="email",
                files=[NewFile(files.store(content), media.clean_name(name), kind)],
            ),
        ),
    )  # fmt: skip
    return Attachment.objects.get(message__ticket=ticket)


@pytest.fixture
def olena(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


@pytest.mark.parametrize(("name", "content"), POLYGLOTS, ids=range(len(POLYGLOTS)))
def test_every_download_is_only_a_download_t13(name: str, content: bytes, cast: Cast, olena: Client) -> None:
    attachment = received(cast, name, content)
    answer = olena.get(reverse("desk:download", args=[attachment.token]))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\r" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not {"/", "\\", "\x00", "\u202e", "\r", "\n", '"', "<"} & set(attachment.name)
    assert 0 < len(attachment.name) <= 200
    shown = olena.get(reverse("desk:picture", args=[attachment.token]))
    if shown.status_code == 200:
        assert shown["Content-Type"] in media.RASTER
        assert b"alert" not in shown.content
        Image.open(io.BytesIO(shown.content)).verify()
    else:
        assert shown.status_code == 404


def test_stored_under_a_name_of_our_own_t13(cast: Cast) -> None:
    attachment = received(cast, "evil.html", HTML + b"unique")
    assert "evil" not in attachment.file.key
    assert "." not in attachment.file.key


def test_an_uploaded_page_is_no_picture_t13(cast: Cast, olena: Client) -> None:
    ticket = create_ticket(
        cast.actor("olena"), NewTicket(subject="x", message=NewMessage(text="x"), channel="desk", contact=cast.jan)
    )
    url = reverse("desk:ticket-draft-upload", args=[ticket.number, "answer"])
    told = olena.post(url, {"file": SimpleUploadedFile("p.png", SVG, content_type="image/png")}).json()
    assert told["image"] is False or olena.get(told["url"]).status_code == 404
    real = olena.post(url, {"file": SimpleUploadedFile("p.png", PNG, content_type="text/html")}).json()
    assert real["image"] is True
    assert olena.get(real["url"])["Content-Type"] == "image/png"


def test_a_picture_that_unfolds_into_memory_is_not_decoded_t15(cast: Cast, olena: Client) -> None:
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    attachment = received(cast, "bomb.png", out.getvalue())
    assert attachment.size < 300_000
    assert olena.get(reverse("desk:picture", args=[attachment.token])).status_code == 404


def test_files_of_others_do_not_exist_t14(cast: Cast) -> None:
    attachment = received(cast, "plan.txt", b"plan")
    Ticket.objects.update(assignee=cast.olena, team=cast.first_line)
    browser = Client()
    browser.force_login(cast.marek.user)
    for name in ("desk:download", "desk:picture"):
        assert browser.get(reverse(name, args=[attachment.token])).status_code == 404
    assert Client().get(reverse("desk:download", args=[attachment.token])).status_code == 302

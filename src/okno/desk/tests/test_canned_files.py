"""Files of canned replies: added in the settings, copied into the draft, sent with the answer."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from okno.core import files
from okno.testing.cast import Cast
from okno.tickets.models import CannedReply
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

pytestmark = pytest.mark.django_db


def signed_in(agent: object) -> Client:
    browser = Client()
    browser.force_login(agent.user)
    return browser


def test_a_canned_file_goes_with_the_answer(cast: Cast) -> None:
    reply = CannedReply.objects.create(title="Guide", html="<p>See the guide, $first_name.</p>")
    admin = signed_in(cast.olena)
    guide = SimpleUploadedFile("../guide.pdf", b"%PDF-1.4 guide")
    admin.post(reverse("manage:canned-files", args=[reply.pk]), {"files": [guide]})
    kept = reply.attachments.get()
    assert (kept.name, kept.type) == ("guide.pdf", "application/pdf")

    ticket = create_ticket(
        cast.actor("olena"),
        NewTicket(subject="How?", message=NewMessage(text="?"), channel="desk", contact=cast.jan),
    )
    offered = admin.get(reverse("desk:ticket-canned", args=[ticket.number]), {"q": "gui"}).json()["items"]
    assert (offered[0]["files"], offered[0]["html"]) == (1, "<p>See the guide, Jan.</p>")
    taken = admin.post(reverse("desk:ticket-draft-canned", args=[ticket.number, "answer", reply.pk])).json()[
        "items"
    ]
    body = {"html": offered[0]["html"], "attachments": [each["id"] for each in taken]}
    assert admin.post(reverse("desk:ticket-answer", args=[ticket.number]), body).status_code == 303
    sent = ticket.messages.latest("id").attachments.get()
    assert files.read(sent.file) == b"%PDF-1.4 guide"
    assert sent.token != kept.token
    assert reply.attachments.count() == 1

    admin.post(reverse("manage:canned-file-remove", args=[reply.pk, kept.token]))
    assert not reply.attachments.exists()
    assert ticket.messages.latest("id").attachments.count() == 1


def test_mistakes_are_told(cast: Cast) -> None:
    reply = CannedReply.objects.create(title="Guide", html="<p>x</p>")
    admin = signed_in(cast.olena)
    answer = admin.post(
        reverse("manage:canned-files", args=[reply.pk]),
        {"files": [SimpleUploadedFile("empty.txt", b"")]},
        follow=True,
    )
    assert "empty.txt" in answer.content.decode()
    assert not reply.attachments.exists()
    assert signed_in(cast.taras).post(reverse("manage:canned-files", args=[reply.pk])).status_code == 403
    assert admin.post(reverse("manage:canned-file-remove", args=[reply.pk, "no-such-file"])).status_code == 404

"""A post by a form becomes a ticket: checked, bounded, and written in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from okno.channels.email.declarations import CREATE_CONTACTS
from okno.channels.web_form.declarations import MOST_MEGABYTES
from okno.channels.web_form.models import WebForm, WebFormPost
from okno.channels.web_form.operations.limits import address_counted_as, counted_as, require_room
from okno.channels.web_form.operations.senders import Sender, sender_of
from okno.channels.web_form.proof import Identity, checked_identity, checked_work
from okno.channels.web_form.rules import LONGEST, Field, description_of, fields_of, subject_of
from okno.channels.web_form.words import label_of, spoken_in
from okno.core import clock, files
from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Invalid
from okno.core.media import clean_name, real_type
from okno.core.text import one_line
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage

MOST_FILES = 20
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class Post:
    """What was sent by a form. ``proof`` is a solved puzzle, ``identity`` what a known program signed instead."""

    values: Mapping[str, str]
    files: Sequence[SentFile] = ()
    consent: bool = False
    language: str = ""
    page: str = ""
    place: str = ""
    proof: str = ""
    identity: Mapping[str, Any] = field(default_factory=dict)


def receive(form: WebForm, post: Post) -> Ticket:
    """Registers the request (F121-F123). Raises ``Invalid`` with messages at the fields, ``TooMany``, ``Conflict``.

    Nobody proves his address by writing it into a form: the request is an unverified sender's, seen in no portal
    (T3), unless a program that the desk trusts has signed who it is.
    """
    with translation.override(spoken_in(form, post.language)):
        identity, proof = _proven(form, post)
        answers = _checked(form, post, identity)
        address = identity.email if identity else answers.get("email", "")
        with transaction.atomic():
            place, counted = counted_as("place", post.place), address_counted_as(address)
            if identity is None:
                require_room(form, place, counted)
            row = _spend(form, place, counted, proof)
            row.ticket = create_ticket(SYSTEM, _new_ticket(form, post, answers, _sender(identity, answers)))
            row.save(update_fields=["ticket"])
        return row.ticket


def _proven(form: WebForm, post: Post) -> tuple[Identity | None, str]:
    if post.identity:
        return checked_identity(form, post.identity)
    return None, checked_work(form, post.proof)


def _spend(form: WebForm, place: str, address: str, proof: str) -> WebFormPost:
    """Counts the post; a puzzle or signature that was spent before is a ``Conflict``, as of a form sent twice."""
    row = WebFormPost(form=form, at=clock.now(), place=place, address=address, proof=proof)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(_("This was sent already."), code="sent_already") from error
    return row


def _checked(form: WebForm, post: Post, identity: Identity | None) -> dict[str, str]:
    """The answers by field; every mistake is told at its field."""
    problems: dict[str, list[str]] = {}
    answers: dict[str, str] = {}
    for each in fields_of(form.fields):
        if each.kind == "files":
            continue
        value = _cleaned(each, post.values.get(each.code, ""))
        if identity is not None and each.code in {"name", "email"}:
            value = getattr(identity, each.code)
        problem = _problem(each, value)
        if problem:
            problems[each.code] = [problem]
        answers[each.code] = value
    if problem := _files_problem(form, post):
        problems["files"] = [problem]
    if form.asks_consent and not post.consent:
        problems["consent"] = [_("Without your consent the request cannot be sent.")]
    if not problems and not any(answers.values()) and not post.files:
        problems[next(iter(answers), "files")] = [_("Write something, or attach a file.")]
    if problems:
        raise Invalid(problems)
    return answers


def _cleaned(each: Field, value: str) -> str:
    storable = str(value).replace("\x00", "").encode(errors="ignore").decode()
    if each.kind == "text":
        return storable.replace("\r\n", "\n").replace("\r", "\n").strip()
    line = one_line(storable)
    return line.lower() if each.kind == "email" else line


def _problem(each: Field, value: str) -> str:
    if not value:
        return _("Please fill this in.") if each.required else ""
    if len(value) > LONGEST[each.kind]:
        return _("No more than %(limit)d characters.") % {"limit": LONGEST[each.kind]}
    if each.kind == "email":
        try:
            validate_email(value)
        except ValidationError:
            return _("This is not a mail address.")
    return ""


def _files_problem(form: WebForm, post: Post) -> str:
    asked = next((each for each in fields_of(form.fields) if each.kind == "files"), None)
    if asked is None:
        return _("This form takes no files.") if post.files else ""
    if asked.required and not post.files:
        return _("Please attach a file.")
    if len(post.files) > MOST_FILES:
        return _("At most %(most)d files.") % {"most": MOST_FILES}
    if sum(len(each.content) for each in post.files) > MOST_MEGABYTES() * MEGABYTE:
        return _("The files have more than %(limit)d MB together.") % {"limit": MOST_MEGABYTES()}
    return ""


def _sender(identity: Identity | None, answers: Mapping[str, str]) -> Sender:
    """Who it is: whom the program vouches for, else nobody but an address and a name that anybody may write."""
    proven = identity is not None
    address = identity.email if identity else answers.get("email", "")
    name = (identity.name if identity else "") or answers.get("name", "")
    return sender_of(address, name, proven=proven, makes_contact=proven or CREATE_CONTACTS())


def _new_ticket(form: WebForm, post: Post, answers: Mapping[str, str], sender: Sender) -> NewTicket:
    labelled = [(label_of(each), answers.get(each.code, "")) for each in fields_of(form.fields)]
    stored = files.store_many([each.content for each in post.files])
    message = NewMessage(
        text=description_of(labelled),
        channel=Channel.WEB_FORM,
        contact=sender.contact if sender.is_proven else None,
        author_name=sender.name,
        author_address=sender.address,
        is_verified=sender.is_proven,
        reason={"form": form.name, "page": post.page[:500], "language": spoken_in(form, post.language)},
        files=[
            NewFile(file=file, name=clean_name(each.name), type=real_type(each.content, each.name, each.type))
            for each, file in zip(post.files, stored, strict=True)
        ],
    )
    team = form.team if form.team is not None and form.team.is_active else None
    return NewTicket(
        subject=subject_of(answers.get("text", ""), _("Request through the web form")),
        message=message,
        channel=Channel.WEB_FORM,
        contact=sender.contact,
        company=sender.company,
        type=form.type if form.type is not None and form.type.is_active else None,
        team=team,
        requester_address=sender.address,
        requester_is_proven=sender.is_proven,
    )

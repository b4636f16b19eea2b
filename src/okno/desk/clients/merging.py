"""Merging two cards of the same client side by side, and undoing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.faults import Fault, NotVisible
from okno.core.http.after import done, refused
from okno.core.http.policy import AgentRequest, agents_with
from okno.desk.clients.editing import COMPANY, CONTACT, RIGHT, Kind
from okno.desk.clients.history import FIELDS
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.duplicates import like_company, like_contact
from okno.people.models import Agent, Company, Contact, Merge, Team
from okno.people.operations.merging import FACTS, UNITED, merge, preview
from okno.people.operations.unmerging import Undone, undo_merge
from okno.people.search import companies_fitting, contacts_fitting, plain_words

MOST = 8
MOVING: dict[str, Promise] = {
    "tickets.Ticket.contact": gettext_lazy("tickets"),
    "tickets.Ticket.company": gettext_lazy("tickets"),
    "tickets.Message.contact": gettext_lazy("messages, whose author stays as he was told"),
    "tickets.Participant.contact": gettext_lazy("places in conversations"),
    "people.ContactAddress.contact": gettext_lazy("mail addresses"),
    "people.Affiliation.contact": gettext_lazy("companies of the contact"),
    "people.Affiliation.company": gettext_lazy("contacts"),
    "people.CompanyDomain.company": gettext_lazy("mail domains"),
    "people.Company.parent": gettext_lazy("parts of the company"),
    "people.Supervision.supervisor": gettext_lazy("supervised companies"),
    "people.Supervision.supervised": gettext_lazy("supervising companies"),
}
"""How the kinds of what moves are called; all others are counted together."""


@dataclass(frozen=True)
class Fact:
    """One line of the comparison: what each card says; whether one of the two must be chosen."""

    name: str
    label: str
    mine: str
    theirs: str
    is_choice: bool


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with(RIGHT)
def merge_companies(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Choosing the other company, then both side by side."""
    return _page(request, COMPANY, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with(RIGHT)
def merge_contacts(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Choosing the other contact, then both side by side."""
    return _page(request, CONTACT, pk)


@require_POST
@agents_with(RIGHT)
def undo(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The duplicate is a card of its own again; what cannot be taken back is told."""
    record = Merge.objects.filter(pk=pk).first()
    if record is None:
        raise NotVisible(_("There is no such merge."))
    kind = COMPANY if record.kind == Merge.Kind.COMPANY else CONTACT
    kind.get(request.actor, record.survivor)
    try:
        undone = undo_merge(request.actor, record)
    except Fault as fault:
        return refused(request, fault.message, f"desk:{kind.name}", record.survivor)
    if not undone.is_whole:
        messages.warning(request, _kept(undone))
    return done(
        request,
        _("%(name)s is a card of its own again.") % {"name": undone.card.name},
        f"desk:{kind.name}",
        undone.card.pk,
    )


def _page(request: AgentRequest, kind: Kind, pk: int) -> HttpResponseBase:
    row = kind.get(request.actor, pk)
    asked = request.POST.get("with") or request.GET.get("with", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return _choose(request, kind, row)
    other = kind.get(request.actor, int(asked))
    problem = ""
    if request.method == "POST":
        survivor, duplicate = (other, row) if request.POST.get("keep") == str(other.pk) else (row, other)
        try:
            merge(request.actor, survivor, duplicate, _taken(request, survivor))
        except Fault as fault:
            problem = fault.message
        else:
            text = _("Merged. It can be undone on the card for 30 days.")
            return done(request, text, f"desk:{kind.name}", survivor.pk)
    ours, theirs = moving(request, row, other), moving(request, other, row)
    context = {
        "row": row, "other": other, "kind": kind.name, "problem": problem, "facts": _facts(row, other),
        "ours": ours, "theirs": theirs, "fuller": _size(theirs) > _size(ours),
    }  # fmt: skip
    return render(request, "desk/clients/merge.jinja", context, status=422 if problem else 200)


def _taken(request: AgentRequest, survivor: Company | Contact) -> list[str]:
    """The facts for which the other card than the surviving one was chosen."""
    given = {name: request.POST.get(f"fact_{name}", "") for name in FACTS[type(survivor)]}
    return [name for name, chosen in given.items() if chosen and chosen != str(survivor.pk)]


def _choose(request: AgentRequest, kind: Kind, row: Any) -> HttpResponseBase:
    words = plain_words(request.GET.get("q", ""))
    likely: list[Any] = likely_duplicates(request, row)
    found: list[Any] = []
    if len(words) > 1 and isinstance(row, Company):
        found = list(companies_fitting(companies_visible_to(request.actor), words).exclude(pk=row.pk)[:MOST])
    elif len(words) > 1:
        found = list(contacts_fitting(contacts_visible_to(request.actor), words).exclude(pk=row.pk)[:MOST])
    context = {"row": row, "kind": kind.name, "words": words, "likely": likely, "found": found}
    return render(request, "desk/clients/merge_with.jinja", context)


def likely_duplicates(request: AgentRequest, row: Company | Contact) -> list[Any]:
    """Cards that may be the same, for those who could merge them."""
    if not request.actor.has(RIGHT):
        return []
    found: list[Any] = (
        list(like_company(request.actor, row))
        if isinstance(row, Company)
        else list(like_contact(request.actor, row))
    )
    return found


def _facts(row: Any, other: Any) -> list[Fact]:
    found = []
    for name in (*FACTS[type(row)], *UNITED, "note"):
        mine, theirs = _shown(row, name), _shown(other, name)
        if mine or theirs:
            is_choice = bool(name in FACTS[type(row)] and mine and theirs and mine != theirs)
            found.append(Fact(name, str(FIELDS[name]), mine, theirs, is_choice))
    return found


def _shown(row: Any, name: str) -> str:
    if name == "phones":
        return ", ".join(phone.text for phone in row.telephones)
    value = getattr(row, name)
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    if name == "watching_agents":
        return ", ".join(Agent.objects.filter(pk__in=value).order_by("name").values_list("name", flat=True))
    if name == "watching_teams":
        return ", ".join(team.label for team in Team.objects.filter(pk__in=value))
    return str(value) if value else ""


def moving(request: AgentRequest, duplicate: Any, survivor: Any) -> list[tuple[str, int]]:
    """What would move from one card to the other, in words."""
    counted: dict[str, int] = {}
    for label, count in preview(request.actor, survivor, duplicate).moving.items():
        word = str(MOVING.get(label, _("other things that name the card")))
        counted[word] = counted.get(word, 0) + count
    return list(counted.items())


def _size(moves: list[tuple[str, int]]) -> int:
    return sum(count for _word, count in moves)


def _kept(undone: Undone) -> str:
    """What stays as it is now, since it was changed after the merge."""
    rows = [f"{MOVING.get(label, label)}: {count}" for label, count in undone.kept_rows.items()]
    facts = [str(FIELDS.get(name, name)) for name in undone.kept_facts]
    count = sum(undone.kept_rows.values()) + len(facts)
    words = ngettext(
        "One thing was changed since and stays: %(what)s.", "Things were changed since and stay: %(what)s.", count
    )
    return words % {"what": ", ".join([*rows, *facts])}


def merges_of(row: Company | Contact) -> list[tuple[Merge, str]]:
    """The merges into this card that can still be undone, each with the name of what was merged."""
    records = [
        record
        for record in Merge.objects.filter(kind=row._meta.model_name, survivor=row.pk, undone_at=None).order_by(
            "-pk"
        )
        if record.can_be_undone
    ]
    names = dict(
        type(row)._default_manager.filter(pk__in=[each.duplicate for each in records]).values_list("pk", "name")
    )
    return [(record, names.get(record.duplicate, "")) for record in records]

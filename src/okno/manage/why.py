"""“Why can't she see this?”: a person and a ticket, and the visibility rule clause by clause."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.people.access import contacts_visible_to
from okno.people.models import Agent, Contact
from okno.tickets import access
from okno.tickets.explaining import explain
from okno.tickets.models import Ticket

MOST_FOUND = 8
Person = Agent | Contact


class WhyForm(forms.Form):
    """Whom and what it is about."""

    person = forms.CharField(
        label=gettext_lazy("Person"), max_length=200,
        help_text=gettext_lazy("Name or mail address of an employee or of a client's person."),
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )  # fmt: skip
    number = forms.IntegerField(
        label=gettext_lazy("Number of the ticket"), min_value=1, max_value=access.LARGEST_NUMBER
    )


@require_safe
@agents_with("agents.manage")
def why(request: AgentRequest) -> HttpResponseBase:
    """The two questions, and the answer once both are known."""
    asked = "person" in request.GET
    form = WhyForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form, "agents": Agent.objects.select_related("user")}
    if asked and form.is_valid():
        context |= _answer(request, form)
    return render(request, "manage/why.jinja", context, status=422 if form.errors else 200)


def _answer(request: AgentRequest, form: WhyForm) -> dict[str, Any]:
    """The verdict; or mistakes at the fields, or several persons to choose from."""
    ticket = _ticket(request.actor, form)
    found = people_called(request.actor, form.cleaned_data["person"])
    if not found:
        form.add_error("person", _("There is nobody of this name or address."))
    if ticket is None or not found:
        return {}
    if len(found) > 1:
        return {"found": [{"person": each, "address": address_of(each)} for each in found], "ticket": ticket}
    person = found[0]
    return {
        "person": person,
        "ticket": ticket,
        "explanation": explain(person.as_actor(), ticket),
        "beside": list(_beside(person)),
    }


def _ticket(actor: Actor, form: WhyForm) -> Ticket | None:
    try:
        return access.get(actor, form.cleaned_data["number"])
    except NotVisible as missing:
        form.add_error("number", missing.message)
        return None


def people_called(actor: Actor, words: str) -> list[Person]:
    """Employees and contacts with this mail address, else with these words in their names."""
    words = " ".join(words.split())
    address = words.lower()
    agents = Agent.objects.select_related("user", "role")
    contacts = contacts_visible_to(actor).prefetch_related("addresses")
    exact: list[Person] = [*agents.filter(user__email=address), *contacts.filter(addresses__address=address)]
    if exact:
        return exact
    return [
        *agents.filter(name__icontains=words)[:MOST_FOUND],
        *contacts.filter(Q(name__icontains=words)).order_by("name", "pk")[:MOST_FOUND],
    ]


def address_of(person: Person) -> str:
    """By which address a person is told from others of the same name."""
    if isinstance(person, Agent):
        return person.user.email
    first = person.addresses.first()
    return first.address if first else ""


def _beside(person: Person) -> list[str]:
    """What stands beside the rule: whether the person gets in at all."""
    if not person.is_active:
        return [_("Deactivated: cannot sign in, and so sees nothing at all.")]
    if isinstance(person, Contact) and person.user_id is None:
        return [_("Has no account to sign in with: hears of tickets by letters only.")]
    return []

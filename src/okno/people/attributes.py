"""What people give to attributes and have of them: employees as values, values of companies and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.fields.access import seen_by
from okno.fields.catalogue import attributes_of
from okno.fields.models import Target
from okno.fields.persons import Persons, register_persons
from okno.fields.showing import Shown, shown
from okno.fields.targets import Table, register_table
from okno.fields.values import Taken, take, take_new
from okno.people.models import Agent, Company, Contact
from okno.people.operations.facts import Problems

type Client = Company | Contact
TARGETS: dict[type[Client], str] = {Company: Target.COMPANY, Contact: Target.CONTACT}


def visible_values(actor: Actor, client: Client) -> list[Shown]:
    """The attributes of a company or a contact that the actor may see, with their values in words (T20).

    Pages, letters and files for clients read attributes from here and from nowhere else.
    """
    return shown((each, client.attributes) for each in seen_by(actor, attributes_of(TARGETS[type(client)])))


def raw_values(actor: Actor, client: Client) -> dict[str, Any]:
    """The values in their stored form by code, without those that the actor may not see."""
    known = seen_by(actor, attributes_of(TARGETS[type(client)]))
    return {each.code: client.attributes.get(each.code) for each in known}


def check_attributes(
    actor: Actor,
    model: type[Client],
    given: Mapping[str, object] | None,
    client: Client | None,
    problems: Problems,
) -> Taken | None:
    """The values of a client that is registered or changed; mistakes are added to the others.

    Nothing where nothing is said of a client that is there.
    """
    target = TARGETS[model]
    try:
        if client is None:
            return take_new(actor, target, given)
        return take(actor, target, client.attributes, given, holder=client.pk) if given is not None else None
    except Invalid as invalid:
        problems.update(invalid.fields)
    return None


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(Agent.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def _offered() -> list[tuple[int, str]]:
    return list(Agent.objects.filter(is_active=True).order_by("name", "pk").values_list("pk", "name"))


def _name_of(client: Client) -> str:
    return client.name


register_persons(Persons(_names, _offered))
register_table(Target.COMPANY, Table(Company, _("Companies"), _name_of))
register_table(Target.CONTACT, Table(Contact, _("Contacts"), _name_of))

"""Which company is a part of which, and whose tickets the people of one may follow."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.people.access import companies_visible_to
from okno.people.models import Company, Supervision
from okno.people.operations.facts import Problems


def check_parent(actor: Actor, parent: int, company: Company | None, problems: Problems) -> Company | None:
    """The company of this id, none for 0. One that is below the company itself would make a circle.

    Rows are locked upwards, so that two who put two companies below each other wait in turn.
    """
    if not parent:
        return None
    found = companies_visible_to(actor).filter(pk=parent).first()
    if found is None:
        problems.add("parent", _("There is no company %(id)d.") % {"id": parent})
        return None
    line: list[str] = []
    above: Company | None = found
    while company is not None and above is not None and len(line) < 1000:
        line.append(above.name)
        if above.pk == company.pk:
            told = " → ".join([company.name, *line])
            problems.add(
                "parent", _("The companies would be above each other in a circle: %(line)s.") % {"line": told}
            )
            return None
        above = Company.objects.select_for_update(of=("self",)).filter(pk=above.parent_id or 0).first()
    return found


def check_supervised(
    actor: Actor, supervised: Sequence[int], company: Company | None, problems: Problems
) -> list[int]:
    """The ids of companies whose tickets the company's people may follow: not its own, each once."""
    wanted = list(dict.fromkeys(supervised))
    if company is not None and company.pk in wanted:
        problems.add("supervised", _("A company does not supervise itself."))
    known = set(companies_visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    for missing in [pk for pk in wanted if pk not in known]:
        problems.add("supervised", _("There is no company %(id)d.") % {"id": missing})
    return wanted


def set_supervised(company: Company, supervised: Sequence[int]) -> bool:
    """Replaces the supervised companies; whether any of them is another than before."""
    known = set(company.supervising.values_list("supervised_id", flat=True))
    company.supervising.exclude(supervised__in=supervised).delete()
    Supervision.objects.bulk_create(
        Supervision(supervisor=company, supervised_id=pk) for pk in supervised if pk not in known
    )
    return known != set(supervised)

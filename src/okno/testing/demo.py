"""The demo company: the named cast, more clients, a mailbox, and the work of the last weeks."""

from __future__ import annotations

from django.db import transaction

from okno.channels.email.seed import add_mailbox
from okno.channels.web_form.seed import add_web_form
from okno.core.actor import SYSTEM
from okno.fields.seed import add_attributes
from okno.people.models import Agent
from okno.people.operations.photos import set_photo
from okno.people.portal_seed import open_portal
from okno.people.seed import add_clients, fill_cards, fill_in_clients
from okno.routing.seed import add_routing
from okno.sla.seed import tell_past
from okno.testing.cast import PASSWORD, Cast, make_cast
from okno.testing.faces import FACES, drawn_face
from okno.tickets.seed.canned import add_canned_replies
from okno.tickets.seed.telling import Company, tell_all
from okno.workflow.seed import add_request_forms, add_services


def make_demo() -> bool:
    """Makes the demo company in an empty database, all or nothing; false when there is one already."""
    if Agent.objects.exists():
        return False
    from okno.knowledge.seed import add_knowledge

    with transaction.atomic():
        add_attributes()
        add_services()
        add_request_forms()
        cast = make_cast()
        add_knowledge({"olena": cast.olena, "taras": cast.taras, "marek": cast.marek}, cast.kawa)
        name_teams(cast)
        show_faces(cast)
        add_mailbox(cast.first_line)
        add_canned_replies()
        add_web_form(cast.actor("olena"), cast.first_line)
        company = company_of(cast)
        open_portal(company.contacts, PASSWORD)
        tell_all(company)
        fill_cards((cast.kawa, cast.nordwind), (cast.marta, cast.piotr, cast.jan), cast.taras.pk)
        fill_in_clients()
        add_routing(cast.first_line, cast.second_line, cast.taras, cast.olena)
        tell_past()
    return True


def name_teams(cast: Cast) -> None:
    """The demo's teams are called in the language of whoever looks."""
    for team, names in (
        (cast.first_line, {"ru": "Первая линия", "uk": "Перша лінія", "pl": "Pierwsza linia"}),
        (cast.second_line, {"ru": "Вторая линия", "uk": "Друга лінія", "pl": "Druga linia"}),
    ):
        team.names = names
        team.save(update_fields=["names"])


def show_faces(cast: Cast) -> None:
    """Two of the three have chosen a picture; the third is shown by his initials."""
    for agent, face in zip((cast.olena, cast.taras), FACES, strict=True):
        set_photo(SYSTEM, agent, drawn_face(face))


def company_of(cast: Cast) -> Company:
    """The cast and the further clients by the short names that the stories use."""
    return Company(
        agents={"olena": cast.olena, "taras": cast.taras, "marek": cast.marek},
        contacts={"marta": cast.marta, "piotr": cast.piotr, "jan": cast.jan, "anna": cast.anna} | add_clients(),
        teams={"first_line": cast.first_line, "second_line": cast.second_line},
    )

"""Web forms hold the teams to which they bring requests (F161)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okno.channels.web_form.models import WebForm
from okno.channels.web_form.operations.forms import replace_team
from okno.core.uses import Holder, register_holder, rows_told
from okno.people.models import Team


def forms_of(team: Team) -> tuple[int, list[str]]:
    """The forms whose requests are the team's."""
    return rows_told(WebForm.objects.filter(team=team))


register_holder(Team, Holder(_("Web forms"), forms_of, replace_team, "web_forms"))

"""The matrix of a role as a form: for each act on tickets how far it reaches, in general and by type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from okno.people.rights import BY_TICKET, RIGHTS, VIEW, VIEW_ALL, reach_in
from okno.people.rules import LEVELS as WORDS
from okno.people.rules import Level, Reach, written
from okno.workflow.models import TicketType

LEVELS: dict[Level, str | Promise] = {
    Level.NONE: _("no"),
    Level.OWN: _("one's own"),
    Level.TEAM: _("own and teams'"),
    Level.ALL: _("all"),
}
SAME = ("", _("same"))
LABELS: dict[str, str | Promise] = {
    VIEW: _("See tickets"),
    **{right: RIGHTS[right] for right in BY_TICKET if right != VIEW},
}
OTHERS = [(right, label) for right, label in RIGHTS.items() if right not in BY_TICKET and right != VIEW_ALL]


def levels_of(right: str) -> Sequence[Level]:
    """What may be chosen: one's own tickets are always seen, and a new ticket is nobody's yet."""
    if right == VIEW:
        return (Level.OWN, Level.TEAM, Level.ALL)
    return (Level.NONE, Level.ALL) if right == "tickets.create" else tuple(Level)


class RoleForm(forms.Form):
    """Name, reach of each act, and the other rights."""

    name = forms.CharField(label=_("Name"), max_length=80)
    others = forms.MultipleChoiceField(
        label=_("Beside tickets"), required=False, choices=OTHERS, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, *, rights: Sequence[str] = (), name: str = "", fixed: bool = False
    ) -> None:
        super().__init__(
            data, initial={"name": name, "others": [right for right in rights if right in dict(OTHERS)]}
        )
        self.types = list(TicketType.objects.all())
        for right in BY_TICKET:
            reach = reach_in(rights, right)
            choices = [(level.word, LEVELS[level]) for level in levels_of(right)]
            self._add(right, "", choices, reach.general.word)
            for kind in self.types:
                level = reach.by_type.get(kind.code)
                self._add(right, kind.code, [SAME, *choices], level.word if level is not None else "")
        if fixed:
            for field in self.fields.values():
                field.disabled = True

    def _add(self, right: str, code: str, choices: Sequence[tuple[str, str | Promise]], initial: str) -> None:
        field = forms.ChoiceField(choices=choices, required=not code, initial=initial, label=str(LABELS[right]))
        self.fields[_name(right, code)] = field

    def rows(self) -> Iterator[tuple[str | Promise, BoundField, list[tuple[str, BoundField]]]]:
        """For the template: the act, its general reach, and the reach in each type with the type's name."""
        for right in BY_TICKET:
            by_type = [(kind.name, self[_name(right, kind.code)]) for kind in self.types]
            yield LABELS[right], self[_name(right, "")], by_type

    def rights(self) -> list[str]:
        """What the form says, as a role keeps it."""
        values = self.cleaned_data
        found = list(values["others"])
        for right in BY_TICKET:
            chosen = {kind.code: values[_name(right, kind.code)] for kind in self.types}
            by_type = {code: WORDS[word] for code, word in chosen.items() if word}
            found += _kept(right, Reach(WORDS[values[_name(right, "")]], by_type))
        return found


def _kept(right: str, reach: Reach) -> list[str]:
    if right != VIEW:
        return written(right, reach)
    return [VIEW_ALL] if reach.is_everywhere else written(VIEW, reach, usual=Level.TEAM)


def _name(right: str, code: str) -> str:
    return f"{right.partition('.')[2]}{f'-{code}' if code else ''}"

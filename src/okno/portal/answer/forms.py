"""What a client types on the page of a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okno.tickets.models import Rating
from okno.tickets.rating import wording
from okno.tickets.rating.asking import comments
from okno.tickets.rating.rules import Comments, Level, needs_comment

NEEDED = _("Please say in a few words why, so that we can do better.")


class WordsForm(forms.Form):
    """The comment to a score, and the further question after a bad one."""

    comment = forms.CharField(
        label=_("Would you like to add something?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 5000, "dir": "auto"}),
    )
    answer = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 5000, "dir": "auto"})
    )

    def __init__(self, rating: Rating, data: Any = None) -> None:
        super().__init__(data, initial={"comment": rating.comment, "answer": rating.follow_up})
        level, wanted, further = Level(rating.level), comments(), wording.follow_up()
        if wanted is Comments.NONE:
            del self.fields["comment"]
        elif needs_comment(wanted, level):
            self.fields["comment"].label = _("Please say in a few words why")
            self.fields["comment"].required = True
            self.fields["comment"].error_messages["required"] = NEEDED
        if further and level is Level.BAD:
            self.fields["answer"].label = further
        else:
            del self.fields["answer"]


class ReasonForm(forms.Form):
    """Why the work is to go on."""

    reason = forms.CharField(
        label=_("What is still wrong?"),
        help_text=_("Your words are added to the request, and we go on with it."),
        error_messages={"required": _("Say what is still wrong, so that it can be put right.")},
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 50_000, "dir": "auto"}),
    )

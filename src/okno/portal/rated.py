"""What a person thinks of a solution, as its forms show and take it: by the link of a letter, or signed in."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.portal.answer.forms import WordsForm
from okno.tickets.models import Rating, Ticket
from okno.tickets.operations.rating import Opinion, rate
from okno.tickets.rating import wording
from okno.tickets.rating.asking import Asked
from okno.tickets.rating.rules import Scale


class Rated:
    """What may be rated, what was said already, and what else is asked; nothing here changes anything."""

    words_form: WordsForm | None = None

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    @property
    def present(self) -> Rating | None:
        return self.asked.present

    @property
    def scores(self) -> list[wording.Score]:
        """The scale, the best first."""
        return wording.scores(self.asked.scale)[::-1]

    @property
    def given(self) -> int:
        """The score that was given on this scale, else 0."""
        present = self.present
        return present.score if present is not None and present.scale == self.asked.scale else 0

    @property
    def said(self) -> wording.Score | None:
        """The rating that was given."""
        present = self.present
        return wording.score(Scale(present.scale), present.score) if present is not None else None

    @property
    def question(self) -> str:
        return wording.question()

    @property
    def words(self) -> WordsForm | None:
        """The comment that is asked for after a score; nothing where none is."""
        if self.present is None or not self.asked.may_rate:
            return None
        form = self.words_form or WordsForm(self.present)
        return form if form.fields else None


def give_score(actor: Actor, ticket: Ticket, way: str, post: QueryDict) -> Rating:
    """The score of the form; what is no number is none of the offered values."""
    given = post.get("score", "")
    score = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 0
    return rate(actor, ticket, Opinion(score, way))


def give_words(actor: Actor, ticket: Ticket, way: str, post: QueryDict, rated: Rated) -> Rating:
    """Words to a score that was given; mistakes stand at the fields of ``rated.words``."""
    present = rated.present
    if present is None:
        raise Conflict(_("Choose a score first."))
    rated.words_form = form = WordsForm(present, post)
    if not form.is_valid():
        raise Invalid({name: [str(each) for each in errors] for name, errors in form.errors.items()})
    given = {name: form.cleaned_data.get(name, "") for name in ("comment", "answer") if name in form.fields}
    question = wording.follow_up() if "answer" in given else ""
    opinion = Opinion(present.score, way, given.get("comment"), question, given.get("answer"))
    try:
        return rate(actor, ticket, opinion)
    except Invalid as invalid:
        at_fields(form, invalid)
        raise

"""What refers to a company or a contact, in any package: read from the models, so that nothing is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model, OneToOneRel, Q, QuerySet, UniqueConstraint
from django.db.models.fields.reverse_related import ManyToOneRel


@dataclass(frozen=True)
class Reference:
    """A column of some table that names a card."""

    model: type[Model]
    field: str

    @property
    def label(self) -> str:
        """How a merge remembers it: ``tickets.Ticket.contact``."""
        return f"{self.model._meta.label}.{self.field}"

    def rows(self, card: Model) -> QuerySet[Any]:
        """The rows that name this card."""
        return self.model._base_manager.filter(**{self.field: card})

    def movable(self, card: Model, to: Model) -> QuerySet[Any]:
        """Those that may name the other card instead: none that the other has already, and none of itself."""
        rows = self.rows(card)
        for others in self._unique_with():
            taken = self.rows(to)
            if not others:
                rows = rows.none() if taken.exists() else rows
                continue
            for values in taken.values_list(*others):
                rows = rows.exclude(**dict(zip(others, values, strict=True)))
        return rows.exclude(self._names_itself(to))

    def _unique_with(self) -> Iterator[list[str]]:
        """The other columns of each unique constraint that this one is a part of."""
        if getattr(self.model._meta.get_field(self.field), "unique", False):
            yield []
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and self.field in constraint.fields:
                yield [name for name in constraint.fields if name != self.field]

    def _names_itself(self, to: Model) -> Q:
        nothing = Q(pk__in=())
        if self.model is type(to):
            return Q(pk=to.pk)
        for field in self.model._meta.concrete_fields:
            if isinstance(field, Field) and field.name != self.field and field.related_model is type(to):
                nothing |= Q(**{field.name: to})
        return nothing


def references_to(model: type[Model]) -> list[Reference]:
    """Every column that names a card of this kind."""
    relations = model._meta.get_fields(include_hidden=True)
    found = [
        Reference(relation.related_model, relation.field.name)
        for relation in relations
        if isinstance(relation, ManyToOneRel | OneToOneRel) and not relation.related_model._meta.proxy
    ]
    return sorted(found, key=lambda each: each.label)

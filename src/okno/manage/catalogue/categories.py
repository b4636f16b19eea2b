"""The pages of client categories."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count
from django.utils.translation import gettext_lazy

from okno.core.actor import Actor
from okno.manage.rows.kind import Group, Kind, Words, one_group
from okno.manage.rows.names import NamesForm
from okno.manage.rows.pages import Pages
from okno.people.models import ClientCategory
from okno.people.operations.categories import (
    change_category,
    create_category,
    delete_category,
    reorder_categories,
    switch_category,
)


def save(actor: Actor, form: NamesForm, row: ClientCategory | None) -> ClientCategory:
    """What the form says, as the operation takes it."""
    return change_category(actor, row, form.names()) if row else create_category(actor, form.names())


def groups() -> list[Group]:
    """All categories with the number of their clients."""
    return one_group(ClientCategory.objects.annotate(clients=Count("companies")).order_by("position", "pk"))


def replacements(row: ClientCategory) -> Sequence[ClientCategory]:
    """The other categories that are switched on."""
    return list(ClientCategory.objects.filter(is_active=True).exclude(pk=row.pk))


PAGES = Pages(
    Kind(
        name="category",
        plural="categories",
        model=ClientCategory,
        words=Words(
            title=gettext_lazy("Client categories"),
            lead=gettext_lazy(
                "What kind of client a company is. Rules and lists can ask for it; clients never see it."
            ),
            add=gettext_lazy("Add a category"),
            back=gettext_lazy("All categories"),
            missing=gettext_lazy("There is no such category."),
        ),
        form=NamesForm,
        save=save,
        groups=groups,
        reorder=lambda actor, key, wanted, seen: reorder_categories(actor, wanted, seen),
        switch=switch_category,
        delete=delete_category,
        replacements=replacements,
    ),
    "manage/catalogue/categories",
)

"""Request forms: what is asked of whoever registers a ticket, and the codes by which answers are sent."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from okno.api.attributes import OptionOut
from okno.api.authentication import ApiRequest, Scope
from okno.api.routers import reference
from okno.api.schemas.base import Coded
from okno.core.actor import Actor
from okno.fields.showing import name_of
from okno.workflow.asking import items_for
from okno.workflow.catalogue import FORMS
from okno.workflow.items import Item
from okno.workflow.models import RequestForm


class ConditionOut(BaseModel):
    """When an item is asked: an earlier one passes the check, or with `is_not` does not."""

    item: str = Field(description="Code of the earlier item.")
    check: Literal["is", "one_of", "filled", "ticked"]
    values: list[str]
    is_not: bool


class ItemOut(BaseModel):
    """An item of a form."""

    code: str = Field(description="By this code `answers` name it.", examples=["ping"])
    kind: Literal["question", "attribute", "heading", "credentials"]
    holds: str | None = Field(description="What its value is, as of attributes; null for a heading.")
    label: str
    help: str
    attribute: str | None = Field(description="Code of the attribute that it asks for: sent in `attributes`.")
    is_required: bool = Field(description="Nothing is registered without it, unless it is not asked.")
    options: list[OptionOut]
    when: ConditionOut | None


class RequestFormOut(Coded):
    """A request form; of those that fit, the first that is active is asked."""

    types: list[str] = Field(description="Codes of the types that it is for; none for all.")
    services: list[str] = Field(description="Codes of the services, each with those under it; none for all.")
    advice: list[str]
    items: list[ItemOut]
    is_active: bool


@reference.get("/request-forms", response=list[RequestFormOut], auth=Scope(), operation_id="list_request_forms")
def request_forms(request: ApiRequest) -> list[RequestFormOut]:
    """Every request form, in the order in which they are tried."""
    return [_out(request.bearer, each) for each in FORMS.all()]


def _out(actor: Actor, form: RequestForm) -> RequestFormOut:
    return RequestFormOut(
        code=form.code,
        name=form.name,
        types=form.types,
        services=form.services,
        advice=form.advice,
        items=[_item(each) for each in items_for(actor, form.asked, None)],
        is_active=form.is_active,
    )


def _item(item: Item) -> ItemOut:
    when, options = item.when, item.field().definition.options
    return ItemOut(
        code=item.code,
        kind=item.kind.value,
        holds=item.value_kind.value if item.value_kind else None,
        label=item.label,
        help=item.help,
        attribute=item.attribute or None,
        is_required=item.is_required,
        options=[OptionOut(code=each.code, name=name_of(each), is_active=each.is_active) for each in options],
        when=(
            ConditionOut(item=when.item, check=when.check.value, values=list(when.values), is_not=when.is_not)
            if when
            else None
        ),
    )

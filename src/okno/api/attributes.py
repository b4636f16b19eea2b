"""Attributes: what there is to fill in, and the files that are values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from pydantic import Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.routers import reference
from okno.api.schemas.base import AttributeValue, Coded
from okno.core import files
from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.fields.access import may_change, seen_by
from okno.fields.catalogue import ATTRIBUTES, attributes_of
from okno.fields.models import Attribute
from okno.fields.operations.files import adopt
from okno.fields.rules import Kind
from okno.fields.showing import name_of
from okno.tickets.attributes import file_for
from okno.tickets.models import Attachment


class OptionOut(Coded):
    """A value that can be chosen."""

    is_active: bool


class AttributeOut(Coded):
    """An attribute of tickets, companies or contacts."""

    target: str = Field(description="ticket, company or contact.", examples=["ticket"])
    kind: str = Field(
        description="line, text, number, date, list, multiple, checkbox, person (id of an agent) or file.",
        examples=["list"],
    )
    help: str
    types: list[str] = Field(description="Codes of the types of tickets that have it; none for all.")
    options: list[OptionOut]
    default: AttributeValue
    is_required: bool = Field(description="Nothing is registered without it.")
    for_clients: str = Field(description="hidden, seen or filled (in when they register something).")
    limits: dict[str, Any] = Field(
        description="shortest, longest, mask, least, most, decimals, earliest, latest: those that there are."
    )
    may_change: bool = Field(description="Whether you may set it.")
    is_active: bool


@reference.get("/attributes", response=list[AttributeOut], auth=Scope(), operation_id="list_attributes")
def attributes(request: ApiRequest) -> list[AttributeOut]:
    """Every attribute whose values you may see, in the order in which people see them."""
    return [_out(request.bearer, each) for each in seen_by(request.bearer, ATTRIBUTES.all())]


@reference.get(
    "/attributes/files/{token}",
    auth=Scope("tickets:read"),
    operation_id="download_attribute_file",
    openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}}},
)
def download(request: ApiRequest, token: str) -> FileResponse:
    """The file that is the value of an attribute, always to be saved and never to be shown by a browser."""
    found = file_for(request.bearer, token)
    if found is None:
        raise NotVisible(_("There is no such file, or it is not for you to see."))
    answer = FileResponse(files.open_stream(found.file), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["Content-Length"] = str(found.size)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def with_files(actor: Actor, target: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values with files that were sent to `/attachments` made values of their attributes."""
    bound = dict(given)
    for each in attributes_of(target):
        token = bound.get(each.code)
        if each.kind == Kind.FILE and isinstance(token, str) and token:
            waiting = Attachment.objects.filter(token=token, uploaded_by=actor.id or 0, message=None, draft=None)
            for upload in waiting.select_related("file"):
                made = adopt(actor, each, upload.file, name=upload.name, kind=upload.type)
                bound[each.code] = made.token
    return bound


def _out(actor: Actor, row: Attribute) -> AttributeOut:
    return AttributeOut(
        code=row.code,
        name=row.name,
        target=row.target,
        kind=row.kind,
        help=row.help,
        types=row.types,
        options=[
            OptionOut(code=each.code, name=name_of(each), is_active=each.is_active)
            for each in row.definition.options
        ],
        default=row.default,
        is_required=row.is_required,
        for_clients=row.for_clients,
        limits=row.limits,
        may_change=may_change(actor, row),
        is_active=row.is_active,
    )

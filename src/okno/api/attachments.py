"""Files: sent ahead of the message that takes them, and downloaded."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from pydantic import Field, ValidationError

from okno.api.authentication import ApiRequest, Scope
from okno.api.errors import Malformed, invalid
from okno.api.routers import conversation
from okno.api.schemas.base import Given, Line
from okno.api.schemas.conversation import AttachmentOut, attachment_out
from okno.core import files
from okno.core.faults import Invalid, NotVisible
from okno.tickets import access
from okno.tickets.operations.uploading import upload


class FileIn(Given):
    """A file in JSON."""

    name: Line = Field(min_length=1, examples=["photo.jpg"])
    content: str = Field(description="The bytes in base64.", examples=["aGVsbG8="])
    type: Line = Field("", description="What it is, where its first bytes do not tell.", examples=["image/jpeg"])


TWO_FORMS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
                    "required": ["file"],
                }
            },
            "application/json": {"schema": FileIn.model_json_schema()},
        },
    }
}


@conversation.post(
    "/attachments",
    response={201: AttachmentOut},
    auth=Scope("tickets:write"),
    operation_id="upload_attachment",
    openapi_extra=TWO_FORMS,
)
def send_file(request: ApiRequest) -> AttachmentOut:
    """Sends a file, as a form with the field `file` or in JSON; a message takes it by its id within a day."""
    name, content, declared = _sent(request)
    return attachment_out(upload(request.bearer, name=name, content=content, declared=declared))


@conversation.get(
    "/attachments/{token}",
    auth=Scope("tickets:read"),
    operation_id="download_attachment",
    openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}}},
)
def download(request: ApiRequest, token: str) -> FileResponse:
    """The bytes of a file, always to be saved and never to be shown by a browser."""
    found = access.attachments_visible_to(request.bearer).filter(token=token).select_related("file").first()
    if found is None:
        raise NotVisible(_("There is no such file, or it is not for you to see."))
    answer = FileResponse(files.open_stream(found.file), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["Content-Length"] = str(found.size)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _sent(request: HttpRequest) -> tuple[str, bytes, str]:
    if request.content_type == "multipart/form-data":
        file = request.FILES.get("file")
        if file is None:
            raise Invalid({"file": [_("Send the file in the field “file”.")]})
        return file.name or "file", file.read(), file.content_type or ""
    try:
        given = FileIn.model_validate_json(request.body)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        if errors[0]["type"] == "json_invalid":
            raise Malformed(_("The body of the request is not JSON."), code="malformed_json") from error
        raise invalid(errors) from error
    try:
        return given.name, base64.b64decode(given.content, validate=True), given.type
    except (binascii.Error, ValueError) as error:
        raise Invalid({"content": [_("This is not base64.")]}) from error

"""The OpenAPI 3.1 document: what the types say, and what the door adds to every operation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from pydantic.json_schema import models_json_schema

from okno.api.application import API
from okno.api.attachments import FileIn
from okno.api.errors import ErrorOut
from okno.api.scopes import SCOPES
from okno.core.http.policy import anybody

PREFIX = "/api/v1/"
WRITES = {"post", "put", "patch", "delete"}
NAMES_OTHERS = {"create_article"}
"""Operations whose body names a thing that may not exist for the agent."""

VERSIONED = {"change_ticket", "change_status", "assign_ticket"}
ERRORS = {
    "400": "The request cannot be read.",
    "401": "No token, or one that is unknown, revoked or expired.",
    "403": "The token has not the scope, or the role has not the right; the message says which.",
    "404": "There is no such thing, or it is not for the agent of the token to see.",
    "409": "Somebody else was faster, or the lifecycle does not lead there; `details` says what stands now.",
    "413": "The request is too large.",
    "415": "The body is not JSON.",
    "422": "Values that cannot be accepted: `details.fields` has the messages by field.",
    "500": "An error of ours; nothing was changed.",
}
DESCRIPTION = """\
Everything that an agent does at the desk, for programs: the same operations, the same rules of who may see and do
what, and the same history.

**Tokens.** An agent makes a token on the page of the account and chooses its scopes and its end. Send it as
`Authorization: Bearer okno_...`. It can do what both its scopes and the role of the agent allow. Cookies mean
nothing.

**Errors** always have one shape: `{"error": {"code", "message", "details"}}`.

**Writing once.** Send an `Idempotency-Key` of your choice with a write. The same request with the same key is done
once and gets the same answer for 24 hours, marked by `Idempotency-Replayed: true`; another request with that key
gets 409 `idempotency_mismatch`.

**Nobody overwrites anybody.** A ticket has a `version`. Send it back as `If-Match: "3"` or in the field `version`;
when the ticket has changed since, nothing is written and the answer is 409 `conflict` with the present version.

**Pages.** Lists give `next_cursor`; send it as `cursor`. Cursors are opaque and stay right while tickets change.
"""
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Your own name for this act, up to 200 ASCII characters; a repetition is not done twice.",
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]*$"},
    "example": "order-4711-reminder",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The version of the ticket that you looked at, in quotes.",
    "schema": {"type": "string", "pattern": '^"[1-9][0-9]{0,8}"$'},
    "example": '"3"',
}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole document."""
    made: dict[str, Any] = dict(API.get_openapi_schema(path_prefix=PREFIX))
    made["info"] = {"title": "Okno", "version": version("okno"), "description": DESCRIPTION}
    made["servers"] = [{"url": settings.BASE_URL}]
    _pairs, extra = models_json_schema(
        [(ErrorOut, "serialization"), (FileIn, "validation")], ref_template="#/components/schemas/{model}"
    )
    made["components"]["schemas"] |= extra["$defs"]
    bearer = made["components"].pop("securitySchemes")["Scope"]
    made["components"]["securitySchemes"] = {"token": bearer}
    for path, method, operation in operations(made):
        _complete(path, method, operation)
    return made


def operations(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each operation of a document with its address and method."""
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    scopes = scopes_of(operation["operationId"])
    operation["security"] = [{"token": []}]
    operation["x-scopes"] = list(scopes)
    needed = ", ".join(f"`{scope}`" for scope in scopes) or "any token"
    operation["description"] = f"{operation.get('description', '')}\n\nScopes: {needed}.".strip()
    if method in WRITES:
        operation["parameters"].append(KEY)
    if operation["operationId"] in VERSIONED:
        operation["parameters"].append(IF_MATCH)
    codes = ["400", "401", "403", "422", "500"]
    codes += ["404"] if "{" in path or operation["operationId"] in NAMES_OTHERS else []
    codes += ["409", "413", "415"] if method in WRITES else []
    operation["responses"] = {str(code): facts for code, facts in operation["responses"].items()}
    for code in sorted(codes):
        operation["responses"][code] = {
            "description": ERRORS[code],
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorOut"}}},
        }


@lru_cache(maxsize=1)
def _scopes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _prefix, router in API._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                needed = getattr(next(iter(operation.auth_callbacks), None), "needed", ())
                found[operation.operation_id or ""] = needed
    return found


def scopes_of(operation_id: str) -> tuple[str, ...]:
    """The scopes that an operation asks of the token."""
    return tuple(scope for scope in SCOPES if scope in _scopes().get(operation_id, ()))


@anybody
def openapi_json(request: HttpRequest) -> JsonResponse:
    """The document; it tells nothing of any desk, so anybody may read it."""
    return JsonResponse(document())

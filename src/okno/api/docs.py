"""The page that people read about the API: made on the server from the same document that programs read."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.api.openapi import document, operations
from okno.api.routers import CHAPTERS
from okno.core.http.policy import anybody


@dataclass(frozen=True)
class FieldRow:
    """A line of a table of fields."""

    name: str
    kind: str
    required: bool
    text: str


@dataclass(frozen=True)
class OperationRow:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    text: str
    scopes: list[str]
    parameters: list[FieldRow]
    body: list[FieldRow]
    answer: list[FieldRow]
    statuses: list[tuple[str, str]]
    curl: str


@require_safe
@anybody
def docs_page(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, its fields and a call to copy."""
    made = document()
    chapters = [(tag, list(_of_chapter(made, tag))) for router in CHAPTERS for tag in router.tags or []]
    context = {
        "chapters": chapters,
        "intro": _paragraphs(made["info"]["description"]),
        "version": made["info"]["version"],
    }
    return render(request, "api/docs.jinja", context)


def _of_chapter(made: dict[str, Any], tag: str) -> Iterator[OperationRow]:
    order = {"get": 0, "post": 1, "patch": 2, "put": 3, "delete": 4}
    found = [each for each in operations(made) if tag in each[2]["tags"]]
    for path, method, operation in sorted(found, key=lambda each: (each[0], order[each[1]])):
        body = _shape(made, operation.get("requestBody", {}))
        yield OperationRow(
            id=operation["operationId"],
            method=method.upper(),
            path=path,
            text=operation["description"].partition("\n\nScopes:")[0],
            scopes=operation["x-scopes"],
            parameters=[_parameter(made, each) for each in operation["parameters"]],
            body=_fields(made, body),
            answer=_fields(made, _shape(made, _success(operation))),
            statuses=[(code, facts["description"]) for code, facts in operation["responses"].items()],
            curl=_curl(made, method, path, body),
        )


def _success(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(facts for code, facts in operation["responses"].items() if code < "300")
    return found


def _shape(made: dict[str, Any], holder: dict[str, Any]) -> dict[str, Any]:
    content = holder.get("content", {}).get("application/json", {})
    shape = _resolved(made, content.get("schema", {}))
    return _resolved(made, shape["items"]) if shape.get("type") == "array" else shape


def _resolved(made: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = made["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
        return found
    return shape


def _fields(made: dict[str, Any], shape: dict[str, Any]) -> list[FieldRow]:
    required = shape.get("required", [])
    return [
        FieldRow(name, _kind(made, facts), name in required, facts.get("description", ""))
        for name, facts in shape.get("properties", {}).items()
    ]


def _parameter(made: dict[str, Any], facts: dict[str, Any]) -> FieldRow:
    place = {"query": "", "path": ", in the address", "header": ", header"}[facts["in"]]
    return FieldRow(
        facts["name"],
        _kind(made, facts["schema"]).removesuffix(" or null") + place,
        facts.get("required", False),
        facts.get("description", facts["schema"].get("description", "")),
    )


def _kind(made: dict[str, Any], shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " or ".join(_kind(made, each) for each in shape["anyOf"])
    if "enum" in shape:
        return " | ".join(str(each) for each in shape["enum"])
    if "$ref" in shape:
        return str(shape["$ref"].rsplit("/", 1)[-1]).removesuffix("Out")
    if shape.get("type") == "array":
        return f"list of {_kind(made, shape.get('items', {}))}"
    return {"date-time": "moment"}.get(shape.get("format", ""), str(shape.get("type", "any")))


def _curl(made: dict[str, Any], method: str, path: str, body: dict[str, Any]) -> str:
    address = settings.BASE_URL + path
    for name, example in {"number": "1042", "token": "FILE", "participant": "7", "watcher": "7"}.items():
        address = address.replace("{" + name + "}", example)
    address = address.replace("{company}", "3").replace("{contact}", "5")
    parts = ["curl", *(["-X", method.upper()] if method != "get" else []), address]
    lines = [" ".join(shlex.quote(part) for part in parts), '-H "Authorization: Bearer $OKNO_TOKEN"']
    if method != "get":
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if body:
        lines += ['-H "Content-Type: application/json"', "-d " + shlex.quote(json.dumps(_example(body)))]
    return " \\\n  ".join(lines)


def _example(shape: dict[str, Any]) -> dict[str, Any]:
    chosen: dict[str, Any] = {}
    for name, facts in shape.get("properties", {}).items():
        if "examples" in facts and (name in shape.get("required", []) or len(chosen) < 2):
            chosen[name] = facts["examples"][0]
    return chosen


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n")]

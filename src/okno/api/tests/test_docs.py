"""The page about the API shows every operation and needs nothing from elsewhere."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from okno.api.openapi import document, operations


@pytest.mark.django_db
def test_every_operation_stands_on_the_page() -> None:
    answer = Client().get("/api/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    for path, _method, operation in operations(document()):
        assert f'id="{operation["operationId"]}"' in page
        assert path in page
    assert "Bearer $OKNO_TOKEN" in page
    assert "**" not in page


@pytest.mark.django_db
def test_nothing_comes_from_elsewhere_and_nothing_is_inline() -> None:
    page = Client().get("/api/docs").content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    assert not re.findall(r"<script(?![^>]*\bsrc=)", page)
    assert " style=" not in page
    assert not re.findall(r"\son\w+=", page)

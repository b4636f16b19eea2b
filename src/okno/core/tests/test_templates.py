"""What every template keeps to: the content policy, sizes, icons that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from okno.core import styleguide

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
OWN_POLICY = {"desk/messages/frame.jinja"}  # a letter in its sandbox
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.jinja"))
FORBIDDEN = re.compile(
    r"""<[a-z][^>]*\sstyle=|\son\w+="|hx-on|hx-vals=["']js:|hx-trigger="[^"]*\[|<script(?![^>]*\ssrc=)|<style|javascript:"""
)

FOLLOWS = re.compile(r"""hx-trigger["=: ]+[^"]*\b(?:input|change|redraw)\b[^"]*\"""")


@pytest.mark.parametrize("name", ALL)
def test_template_keeps_to_the_content_policy_and_the_size(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    assert name in OWN_POLICY or not FORBIDDEN.search(text)
    assert len(text.splitlines()) <= 80


@pytest.mark.parametrize("name", ALL)
def test_what_follows_typing_follows_its_last_stroke(name: str) -> None:
    """Without ``hx-sync`` a third change while the first is answered is dropped, and the page shows an older one."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    for found in FOLLOWS.finditer(text):
        beginning = max(text.rfind("<", 0, found.start()), text.rfind("{", 0, found.start()))
        assert "hx-sync" in text[beginning : text.find(">", found.end())], found[0]


@pytest.mark.django_db
@pytest.mark.parametrize("name", styleguide.PAGES)
def test_page_of_the_guide_renders(name: str, rf: RequestFactory, settings: Settings) -> None:
    settings.DEBUG = True
    page = styleguide.page(rf.get(f"/styleguide/{name}"), name)
    assert page.status_code == 200
    assert b"icon-[" in page.content

"""The knowledge base by the API: scopes, the same rights as at the desk, conflicts."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.api.operations.tokens import create_token
from okno.core.actor import SYSTEM
from okno.knowledge.models import Article, Section
from okno.knowledge.operations.articles import Words, create_article
from okno.people.models import Agent
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db


def bearer(agent: Agent, *scopes: str) -> dict[str, str]:
    _token, secret = create_token(agent.as_actor(), agent, name="test", scopes=list(scopes))
    return {"Authorization": f"Bearer {secret}"}


def test_an_article_is_written_changed_published_and_found(cast: Cast) -> None:
    both = bearer(cast.marek, "knowledge:read", "knowledge:write")
    faq = Section.objects.get(code="faq")
    client = Client()
    given = {"section": faq.pk, "title": "Paper jam", "html": "<p>Open the tray.</p><script>x</script>"}
    made = client.post("/api/v1/articles", given, content_type="application/json", headers=both)
    assert made.status_code == 201, made.content
    told = made.json()
    assert told["html"] == "<p>Open the tray.</p>"
    assert (told["is_published"], told["version"], told["author"]) == (False, 1, "Marek Lis")
    place = f"/api/v1/articles/{told['id']}"
    changed = client.put(
        f"{place}/texts/en",
        {"title": "Paper jam", "html": "<p>Close it.</p>", "seen": 1},
        content_type="application/json",
        headers=both,
    )
    assert changed.json()["latest"] == 2
    stale = client.put(
        f"{place}/texts/en",
        {"title": "Other", "html": "<p>x</p>", "seen": 1},
        content_type="application/json",
        headers=both,
    )
    assert stale.status_code == 409
    assert stale.json()["error"]["code"] == "stale_article"
    assert client.post(f"{place}/publish", headers=both).json()["is_published"]
    found = client.get("/api/v1/articles/search?q=papers", headers=both).json()
    assert [each["id"] for each in found["items"]] == [told["id"]]
    assert client.post(f"{place}/archive", headers=both).json()["is_archived"]
    assert not client.post(f"{place}/take-out", headers=both).json()["is_archived"]
    assert not client.post(f"{place}/withdraw", headers=both).json()["is_published"]
    assert client.get(place, headers=both).json()["version"] == 2
    assert client.get("/api/v1/sections", headers=both).json()[0]["name"]


def test_a_token_reads_no_more_than_its_scopes_and_its_agent_t21(cast: Cast) -> None:
    faq = Section.objects.get(code="faq")
    faq.viewers, faq.editors, faq.creators = ["lead"], ["lead"], ["lead"]
    faq.save()
    hidden = create_article(SYSTEM, faq, Words("zebrafinch", "<p>a</p>"), publish=True)
    client = Client()
    marek, taras = bearer(cast.marek, "knowledge:read", "knowledge:write"), bearer(cast.taras, "knowledge:read")
    for path in (
        f"/api/v1/articles/{hidden.pk}",
        "/api/v1/articles",
        "/api/v1/articles/search?q=zebrafinch",
        "/api/v1/sections",
    ):
        assert "zebrafinch" not in client.get(path, headers=marek).content.decode(), path
    assert client.get(f"/api/v1/articles/{hidden.pk}", headers=marek).status_code == 404
    assert client.get(f"/api/v1/articles/{hidden.pk}", headers=taras).json()["title"] == "zebrafinch"
    given = {"section": faq.pk, "title": "t", "html": "<p>a</p>"}
    assert client.post("/api/v1/articles", given, content_type="application/json", headers=taras).status_code == 403
    assert client.get("/api/v1/articles", headers=bearer(cast.olena, "tickets:read")).status_code == 403
    internal = Section.objects.get(code="internal")
    refused = client.post(
        "/api/v1/articles",
        {**given, "section": internal.pk, "html": ""},
        content_type="application/json",
        headers=marek,
    )
    assert refused.status_code == 422
    assert not Article.objects.filter(texts__draft_title="t").exists()

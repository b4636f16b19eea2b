"""The pages of client categories, and what goes wrong on them."""

from __future__ import annotations

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.core.models import Event
from okno.people.models import ClientCategory
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    return list(ClientCategory.objects.values_list("code", flat=True))


def test_a_category_is_added_renamed_moved_switched_and_deleted(olena: Client) -> None:
    olena.post("/manage/categories/new/", {"name_en": "School", "name_uk": "Школа"})
    made = ClientCategory.objects.get(code="school")
    olena.post(f"/manage/categories/{made.pk}/", {"name_en": "Schools"})
    made.refresh_from_db()
    assert made.names == {"en": "Schools"}
    ids = list(ClientCategory.objects.values_list("pk", flat=True))
    olena.post("/manage/categories/order/", {"seen": ",".join(map(str, ids)), "move": f"{made.pk}:up"})
    assert codes() == ["client", "partner", "school", "vip"]
    olena.post(f"/manage/categories/{made.pk}/switch/")
    made.refresh_from_db()
    assert not made.is_active
    olena.post(f"/manage/categories/{made.pk}/delete/")
    assert codes() == ["client", "partner", "vip"]
    told = Event.objects.filter(kind__startswith="client_category.").order_by("pk").values_list("kind", flat=True)
    assert [each.rpartition(".")[2] for each in told] == ["created", "changed", "reordered", "changed", "deleted"]


@pytest.mark.parametrize("values", [{}, {"name_en": " "}, {"name_en": "pARTNER"}, {"name_pl": "x" * 81}])
def test_a_category_that_cannot_be_is_told_at_the_field(olena: Client, values: dict[str, str]) -> None:
    answer = olena.post("/manage/categories/new/", values)
    assert answer.status_code == 422
    assert HTMLParser(answer.content.decode()).css_first(".field-error") is not None
    assert codes() == ["client", "partner", "vip"]


def test_clients_get_the_replacement(olena: Client, cast: Cast) -> None:
    row, other = ClientCategory.objects.get(code="partner"), ClientCategory.objects.get(code="client")
    cast.kawa.category = row
    cast.kawa.save()
    page = olena.get(f"/manage/categories/{row.pk}/").content.decode()
    assert "Clients: Kawa i Ciasto" in page
    assert "This is in use" in olena.post(f"/manage/categories/{row.pk}/delete/", follow=True).content.decode()
    assert olena.post(f"/manage/categories/{row.pk}/delete/", {"replacement": str(other.pk)}).status_code == 303
    cast.kawa.refresh_from_db()
    assert cast.kawa.category == other
    assert codes() == ["client", "vip"]


def test_whoever_may_not_change_settings_changes_nothing(as_: object) -> None:
    assert callable(as_)
    row = ClientCategory.objects.get(code="vip")
    for path in ("new/", f"{row.pk}/", f"{row.pk}/delete/", f"{row.pk}/switch/", "order/"):
        assert as_("marek").post(f"/manage/categories/{path}", {"name_en": "Mine"}).status_code == 403
    assert codes() == ["client", "partner", "vip"]

"""The order of rules as pages send it, with scripts and without."""

from __future__ import annotations

import json

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from okno.core.faults import Conflict, Invalid
from okno.core.http.ordering import answer_order, read_order


def test_whole_orders_and_single_moves() -> None:
    assert read_order({"order": "3,1,2", "seen": "1,2,3"}) == ([3, 1, 2], [1, 2, 3])
    assert read_order({"move": "3:up", "seen": "1,2,3", "order": ""}) == ([1, 3, 2], [1, 2, 3])
    assert read_order({"move": "1:down", "seen": "1,2,3"}) == ([2, 1, 3], [1, 2, 3])
    assert read_order({}) == ([], [])


@pytest.mark.parametrize("text", ["a", "1,,2", "1;2", "-1", "²", "9" * 30, ",".join(["1"] * 10_001)])
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_order({"order": text, "seen": "1"})


def posted(rf: RequestFactory, *, htmx: bool, order: str = "2,1") -> HttpRequest:
    headers = {"HX-Request": "true"} if htmx else {}
    request = rf.post("/", {"order": order, "seen": "1,2"}, headers=headers)
    vars(request)["_messages"] = CookieStorage(request)
    return request


def test_answers(rf: RequestFactory) -> None:
    asked: list[tuple[list[int], list[int]]] = []

    def change(wanted: list[int], seen: list[int]) -> None:
        asked.append((wanted, seen))

    saved = answer_order(posted(rf, htmx=True), change, "manage:teams")
    assert (saved.status_code, json.loads(saved["HX-Trigger"])) == (204, {"ordered:saved": {"seen": [2, 1]}})
    plain = answer_order(posted(rf, htmx=False), change, "manage:teams")
    assert (plain.status_code, plain["Location"]) == (303, "/manage/teams/")
    assert asked == [([2, 1], [1, 2])] * 2


@pytest.mark.parametrize("order", ["2,1", "x"])
def test_a_conflict_and_a_mistake_lead_back_to_the_list_and_say_why(rf: RequestFactory, order: str) -> None:
    def change(_wanted: list[int], _seen: list[int]) -> None:
        raise Conflict("Somebody was faster.")

    request = posted(rf, htmx=True, order=order)
    answer = answer_order(request, change, "manage:teams")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/manage/teams/")
    expected = "Somebody was faster." if order == "2,1" else "The order must name each row once."
    assert [str(message) for message in get_messages(request)] == [expected]

"""Pages that embed players of other hosts, as an administrator has allowed (F247)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.csp import CSP, build_policy


def allow_frames(answer: HttpResponse, origins: Iterable[str]) -> HttpResponse:
    """The answer, which may hold frames of these origins and of no others; all else of the policy stays."""
    named = list(dict.fromkeys(origins))
    if named:
        usual: dict[str, Any] = dict(settings.SECURE_CSP)
        policy = usual | {"frame-src": [*usual["frame-src"], *named]}
        answer.headers[str(CSP.HEADER_ENFORCE)] = build_policy(policy)
    return answer

"""A write with an ``Idempotency-Key`` happens once: the rule is ``core.idempotency``, the key that of the token."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from okno.api.models import ApiToken
from okno.core import idempotency
from okno.core.faults import Invalid
from okno.core.models import IdempotentAnswer

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"


def key_of(request: HttpRequest) -> str:
    """The key that the client chose for this act, or nothing."""
    key = request.headers.get(HEADER, "").strip()
    if not idempotency.is_fit(key):
        raise Invalid({HEADER: [_("Up to 200 printable ASCII characters.")]})
    return key


def claim(token: ApiToken, key: str, request: HttpRequest) -> HttpResponse | None:
    """Takes the key for this request, or gives the answer that was stored under it."""
    stored = idempotency.claim(_owner(token), key, fingerprint(request))
    return None if stored is None else _again(stored)


def remember(token: ApiToken, key: str, answer: HttpResponse) -> None:
    """Stores the answer under the claimed key."""
    idempotency.remember(_owner(token), key, answer.content.decode(), status=answer.status_code)


def fingerprint(request: HttpRequest) -> str:
    """A keyed hash of all that makes a request what it is; of an upload the content, not the random boundary."""
    parts = [request.method or "", request.get_full_path(), request.headers.get("If-Match", "")]
    digest = idempotency.digest_of("\n".join(parts).encode())
    if request.content_type == "multipart/form-data":
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(f"\n{name}\n{file.name}\n{file.size}\n".encode())
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
    else:
        digest.update(b"\n" + request.body)
    return digest.hexdigest()


def _owner(token: ApiToken) -> str:
    return f"token:{token.pk}"


def _again(stored: IdempotentAnswer) -> HttpResponse:
    answer = HttpResponse(stored.text, status=stored.status or 200)
    if stored.text:
        answer["Content-Type"] = "application/json; charset=utf-8"
    answer[REPLAYED] = "true"
    return answer

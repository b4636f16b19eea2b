"""A write with an ``Idempotency-Key`` happens once: the same request with the same key gets the same answer.

The answer is stored in the transaction of the change, so a crash leaves both or neither. Of two
requests at once one does the work; the other waits for it and gets its answer. Refusals are not
remembered, since nothing has happened that could happen twice.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from okno.api.models import ApiToken, IdempotentAnswer
from okno.core import clock
from okno.core.faults import Conflict, Invalid

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = timedelta(hours=24)
CLAIM = """
SET LOCAL lock_timeout = '8s';
INSERT INTO okno_api_idempotentanswer (token_id, key, request_hash) VALUES (%s, %s, %s)
    ON CONFLICT (token_id, key) DO NOTHING RETURNING id;
SET LOCAL lock_timeout TO DEFAULT;
"""
"""The second of two equal requests waits for the first, but not for more than eight seconds."""


def key_of(request: HttpRequest) -> str:
    """The key that the client chose for this act, or nothing."""
    key = request.headers.get(HEADER, "").strip()
    if len(key) > 200 or not key.isascii() or not key.isprintable():
        raise Invalid({HEADER: [_("Up to 200 printable ASCII characters.")]})
    return key


def claim(token: ApiToken, key: str, request: HttpRequest) -> HttpResponse | None:
    """Takes the key for this request, or gives the answer that was stored under it."""
    digest = fingerprint(request)
    try:
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [token.pk, key, digest])
            cursor.nextset()
            claimed = cursor.fetchone() is not None
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise Conflict(_("The first request with this key is still under way."), code="in_progress") from error
    if claimed:
        return None
    stored = IdempotentAnswer.objects.get(token=token, key=key)
    if stored.request_hash != digest:
        raise Conflict(_("This key was used for another request."), code="idempotency_mismatch")
    return _again(stored)


def remember(token: ApiToken, key: str, answer: HttpResponse) -> None:
    """Stores the answer under the claimed key."""
    body = json.loads(answer.content) if answer.content else None
    IdempotentAnswer.objects.filter(token=token, key=key).update(status=answer.status_code, body=body)


def forget_old() -> int:
    """Removes the answers that are older than a day; returns how many."""
    removed, _kinds = IdempotentAnswer.objects.filter(created_at__lt=clock.now() - KEPT).delete()
    return removed


def fingerprint(request: HttpRequest) -> str:
    """A hash of all that makes a request what it is; of an upload the content, not the random boundary."""
    parts = [request.method or "", request.get_full_path(), request.headers.get("If-Match", "")]
    digest = hashlib.sha256("\n".join(parts).encode())
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


def _again(stored: IdempotentAnswer) -> HttpResponse:
    status = stored.status or 200
    answer = (
        HttpResponse(status=status) if stored.body is None else JsonResponse(stored.body, status=status, safe=False)
    )
    answer[REPLAYED] = "true"
    return answer

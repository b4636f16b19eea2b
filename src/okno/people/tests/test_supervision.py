"""Companies that supervise others, and parents."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from okno.people.models import Company, Supervision
from okno.testing.cast import Cast


def test_a_company_supervises_another_once_and_never_itself(cast: Cast) -> None:
    Supervision.objects.create(supervisor=cast.nordwind, supervised=cast.kawa)
    assert list(cast.nordwind.supervised.all()) == [cast.kawa]
    assert list(cast.kawa.supervisors.all()) == [cast.nordwind]
    assert not cast.kawa.supervised.exists()
    for pair in ((cast.nordwind, cast.kawa), (cast.kawa, cast.kawa)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Supervision.objects.create(supervisor=pair[0], supervised=pair[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.filter(pk=cast.kawa.pk).update(parent=cast.kawa)

"""Migrating back and forward again adds nothing twice: what a new installation begins with is written once."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

from okno.calendars.models import WorkSchedule
from okno.people.models import ClientCategory
from okno.sla.models import Recomputation, SlaRule

pytestmark = pytest.mark.django_db


def seeds() -> list[tuple[str, RunPython]]:
    """Every step of data that a migration back leaves as it is."""
    loader = MigrationLoader(connection)
    return [
        (f"{app}.{name}", step)
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if migration.__module__.startswith("okno.")
        for step in migration.operations
        if isinstance(step, RunPython) and step.reverse_code is RunPython.noop
    ]


def counts() -> dict[str, int]:
    ours = (
        model
        for config in apps.get_app_configs()
        if config.name.startswith("okno.")
        for model in config.get_models()
    )
    return {model._meta.label: model._default_manager.count() for model in ours if model is not Recomputation}


def test_no_step_of_data_doubles_what_it_has_written() -> None:
    before, found = counts(), seeds()
    assert 0 not in {before["sla.SlaRule"], before["calendars.WorkSchedule"], before["people.ClientCategory"]}
    assert len(found) >= 8
    for name, step in found:
        with connection.schema_editor() as editor:
            step.code(apps, editor)
        assert counts() == before, name


def test_what_was_changed_since_stays_changed() -> None:
    SlaRule.objects.filter(names__ru="Высокий").update(reaction_minutes=7)
    WorkSchedule.objects.filter(is_default=True).update(name="Our hours")
    ClientCategory.objects.filter(code="vip").delete()
    for _name, step in seeds():
        with connection.schema_editor() as editor:
            step.code(apps, editor)
    assert SlaRule.objects.get(names__ru="Высокий").reaction_minutes == 7
    assert WorkSchedule.objects.filter(name="Our hours").exists()
    assert not ClientCategory.objects.filter(code="vip").exists()

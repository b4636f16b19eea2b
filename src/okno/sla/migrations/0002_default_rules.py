from django.db import migrations

RULES = [
    (
        ("Internal tasks: no deadlines", "Внутренние задачи: без сроков", "Внутрішні завдання: без термінів", "Zadania wewnętrzne: bez terminów"),
        {"field": "internal", "operator": "yes"}, False, None, None,
    ),
    (
        ("Critical, around the clock", "Критический, круглосуточно", "Критичний, цілодобово", "Krytyczny, całą dobę"),
        {"field": "priority", "operator": "is", "values": ["critical"]}, True, 60, 4 * 60,
    ),
    (
        ("High", "Высокий", "Високий", "Wysoki"),
        {"field": "priority", "operator": "is", "values": ["high"]}, False, 2 * 60, 9 * 60,
    ),
    (
        ("Low", "Низкий", "Низький", "Niski"),
        {"field": "priority", "operator": "is", "values": ["low"]}, False, 9 * 60, 45 * 60,
    ),
    (
        ("Everything else", "Всё остальное", "Усе інше", "Wszystko inne"),
        None, False, 4 * 60, 27 * 60,
    ),
]  # fmt: skip


def add(apps, editor):
    rule, schedule = apps.get_model("sla", "SlaRule"), apps.get_model("calendars", "WorkSchedule")
    if rule.objects.exists():
        return  # here already, from before a migration back
    office = schedule.objects.get(is_default=True)
    for position, (four, clause, is_wall, reaction, resolution) in enumerate(RULES):
        rule.objects.create(
            name=four[0],
            names=dict(zip(("ru", "uk", "pl"), four[1:], strict=True)),
            position=position,
            condition={"version": 1, "mode": "all", "parts": [clause] if clause else []},
            schedule=None if is_wall else office,
            reaction_minutes=reaction,
            resolution_minutes=resolution,
        )
    if apps.get_model("tickets", "Ticket").objects.exists():
        apps.get_model("sla", "Recomputation").objects.create(reason="installed", is_quiet=True)


class Migration(migrations.Migration):
    """What is promised on day one, by priority; tickets that are there get their deadlines from the worker."""

    dependencies = [
        ("sla", "0001_initial"),
        ("calendars", "0002_default_schedules"),
        ("tickets", "0010_promised_deadlines"),
        ("workflow", "0002_default_types_statuses_priorities"),
    ]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

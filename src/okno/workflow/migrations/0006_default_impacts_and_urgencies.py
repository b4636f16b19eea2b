from django.db import migrations

LANGUAGES = ("en", "ru", "uk", "pl")
IMPACTS = [
    ("person", ("One person", "Один сотрудник", "Один працівник", "Jedna osoba")),
    ("team", ("A department", "Отдел", "Відділ", "Dział")),
    ("company", ("The whole company", "Вся компания", "Уся компанія", "Cała firma")),
]
URGENCIES = [
    ("later", ("Can wait", "Может подождать", "Може почекати", "Może poczekać")),
    ("soon", ("Work is hindered", "Работа затруднена", "Роботу ускладнено", "Praca jest utrudniona")),
    ("now", ("Work has stopped", "Работа стоит", "Робота стоїть", "Praca stoi")),
]
MATRIX = {
    "person": ("low", "normal", "high"),
    "team": ("normal", "normal", "high"),
    "company": ("normal", "high", "critical"),
}


def add(apps, editor):
    impact, urgency, priority, cell = (
        apps.get_model("workflow", name) for name in ("Impact", "Urgency", "Priority", "MatrixCell")
    )
    if impact.objects.exists() or urgency.objects.exists():
        return  # here already, from before a migration back
    for model, rows in ((impact, IMPACTS), (urgency, URGENCIES)):
        for position, (code, four) in enumerate(rows):
            model.objects.create(code=code, names=dict(zip(LANGUAGES, four, strict=True)), position=position)
    for across, made in MATRIX.items():
        for (soon, _names), code in zip(URGENCIES, made, strict=True):
            found = priority.objects.filter(code=code).first()
            if found is not None:
                cell.objects.create(
                    impact=impact.objects.get(code=across), urgency=urgency.objects.get(code=soon), priority=found
                )


class Migration(migrations.Migration):
    """What computes a priority until somebody says it otherwise (F211)."""

    dependencies = [("workflow", "0005_every_type_has_a_lifecycle")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

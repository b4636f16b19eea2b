from django.db import migrations

WORK = ["tickets.create", "tickets.answer", "tickets.note", "tickets.assign", "tickets.status", "tickets.edit"]
ROLES = [
    (
        "administrator",
        "Administrator",
        [
            "tickets.view_all", *WORK, "people.view", "people.manage", "mail.manage", "settings.manage", "agents.manage",
        ],
    ),
    ("lead", "Lead specialist", ["tickets.view_all", *WORK, "people.view", "people.manage"]),
    ("specialist", "Specialist", WORK),
]


def add(apps, editor):
    role = apps.get_model("people", "Role")
    if role.objects.exists():
        return  # here already, from before a migration back
    for position, (code, name, rights) in enumerate(ROLES):
        role.objects.create(code=code, name=name, rights=rights, position=position)


class Migration(migrations.Migration):
    """The three roles (F157-F159)."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

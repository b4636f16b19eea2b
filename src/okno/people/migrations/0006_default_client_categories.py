from django.db import migrations

CATEGORIES = [
    ("client", ("Client", "Клиент", "Клієнт", "Klient")),
    ("partner", ("Partner", "Партнёр", "Партнер", "Partner")),
    ("vip", ("VIP client", "VIP-клиент", "VIP-клієнт", "Klient VIP")),
]


def add(apps, editor):
    category = apps.get_model("people", "ClientCategory")
    if category.objects.exists():
        return  # here already, from before a migration back
    for position, (code, names) in enumerate(CATEGORIES):
        by_language = dict(zip(("en", "ru", "uk", "pl"), names, strict=True))
        category.objects.create(code=code, names=by_language, position=position)


class Migration(migrations.Migration):
    """The categories of clients that a new installation begins with (F126)."""

    dependencies = [("people", "0005_client_categories")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

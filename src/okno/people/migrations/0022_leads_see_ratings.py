from django.db import migrations


def grant(apps, editor):
    for role in apps.get_model("people", "Role").objects.filter(code__in=["administrator", "lead"]):
        if "ratings.view" not in role.rights:
            role.rights = [*role.rights, "ratings.view"]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    """Administrators and lead specialists see all ratings and who gave them (F101)."""

    dependencies = [("people", "0021_imports_of_clients")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

from django.db import migrations

RIGHTS = {
    "administrator": "tickets.secrets",
    "lead": "tickets.secrets",
    "specialist": "tickets.secrets:team",
}


def grant(apps, editor):
    for role in apps.get_model("people", "Role").objects.filter(code__in=RIGHTS):
        if not any(right.split(":")[0] == "tickets.secrets" for right in role.rights):
            role.rights = [*role.rights, RIGHTS[role.code]]
            role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    """Employees read access details: specialists those of their own and their teams' tickets (F198)."""

    dependencies = [("people", "0023_merges_and_erasures")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]

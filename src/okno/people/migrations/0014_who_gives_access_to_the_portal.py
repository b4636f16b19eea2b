from django.db import migrations

RIGHT = "portal.manage"


def grant(apps, editor):
    for role in apps.get_model("people", "Role").objects.filter(code__in=["administrator", "lead"]):
        if RIGHT not in role.rights:
            role.rights = [*role.rights, RIGHT]
            role.save(update_fields=["rights"])


def take_back(apps, editor):
    for role in apps.get_model("people", "Role").objects.filter(rights__contains=[RIGHT]):
        role.rights = [right for right in role.rights if right != RIGHT]
        role.save(update_fields=["rights"])


class Migration(migrations.Migration):
    """Administrators and leads let clients in (F145)."""

    dependencies = [("people", "0013_links_in_letters")]
    operations = [migrations.RunPython(grant, take_back)]

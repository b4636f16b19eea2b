from django.db import migrations, models

ROLES = {
    "administrator": {"ru": "Администратор", "uk": "Адміністратор", "pl": "Administrator"},
    "lead": {"ru": "Ведущий специалист", "uk": "Провідний спеціаліст", "pl": "Starszy specjalista"},
    "specialist": {"ru": "Специалист", "uk": "Спеціаліст", "pl": "Specjalista"},
}


def name_roles(apps, editor):
    role = apps.get_model("people", "Role")
    for code, names in ROLES.items():
        role.objects.filter(code=code).update(names=names)


class Migration(migrations.Migration):
    """The roles that come with the product are called in the language of the reader; teams may be."""

    dependencies = [("people", "0003_sessions_end_by_round")]
    operations = [
        migrations.AddField(
            model_name="role",
            name="names",
            field=models.JSONField(
                blank=True, default=dict, help_text="language -> name, where it is not ``name``"
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="names",
            field=models.JSONField(
                blank=True, default=dict, help_text="language -> name, where it is not ``name``"
            ),
        ),
        migrations.RunPython(name_roles, migrations.RunPython.noop),
    ]

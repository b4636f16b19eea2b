import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("people", "0012_access_levels_of_contacts")]

    operations = [
        migrations.CreateModel(
            name="PersonalLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("purpose", models.CharField(choices=[("invitation", "Invitation"), ("sign_in", "Sign In"), ("registration", "Registration")], max_length=12)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("address", models.CharField(max_length=320)),
                ("browser", models.CharField(blank=True, db_default="", default="", max_length=64)),
                ("made_at", models.DateTimeField(db_default=Now())),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(help_text="used or revoked", null=True)),
                ("is_used", models.BooleanField(db_default=False, default=False)),
                ("contact", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="links", to="people.contact")),
                ("made_by", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.agent")),
            ],
            options={"indexes": [models.Index(fields=["expires_at"], name="personal_link_expires")]},
        ),
    ]

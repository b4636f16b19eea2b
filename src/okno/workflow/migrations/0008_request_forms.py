from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0007_clients_close_their_requests")]

    operations = [
        migrations.CreateModel(
            name="RequestForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("names", models.JSONField(default=dict, help_text="language -> name")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
                ("guidances", models.JSONField(blank=True, default=dict, help_text="language -> lines of advice")),
                ("types", ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                (
                    "services",
                    ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None),
                ),
                ("items", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "Request form",
                "verbose_name_plural": "Request forms",
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
    ]

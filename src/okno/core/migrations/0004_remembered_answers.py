import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_delivery_routes"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdempotentAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("owner", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("request_hash", models.CharField(max_length=64)),
                (
                    "status",
                    models.PositiveSmallIntegerField(help_text="empty while the first act is under way", null=True),
                ),
                (
                    "text",
                    models.TextField(db_default="", default="", help_text="the answer itself, letter by letter"),
                ),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="idempotent_answer_age")],
                "constraints": [models.UniqueConstraint(fields=("owner", "key"), name="idempotent_answer_once")],
            },
        ),
    ]

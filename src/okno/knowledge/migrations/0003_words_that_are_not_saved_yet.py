import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("knowledge", "0002_first_sections_and_articles"), ("people", "0010_absence_and_substitute")]

    operations = [
        migrations.CreateModel(
            name="Unsaved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("section", models.BigIntegerField(null=True)),
                ("title", models.CharField(blank=True, default="", max_length=300)),
                ("html", models.TextField(blank=True, default="")),
                ("seen", models.PositiveIntegerField(default=0)),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("agent", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.agent")),
                ("article", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="unsaved", to="knowledge.article")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("agent", "article", "language"), name="unsaved_once", nulls_distinct=False)],
            },
        ),
    ]

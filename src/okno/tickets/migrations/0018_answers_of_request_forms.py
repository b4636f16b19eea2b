from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0017_access_details")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="answers",
            field=models.JSONField(
                blank=True, db_default=[], default=list, help_text="of its request form, as asked: see tickets.answers"
            ),
        ),
    ]

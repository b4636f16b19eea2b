from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_remembered_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="unowned_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["key"], name="stored_file_key"),
        ),
    ]

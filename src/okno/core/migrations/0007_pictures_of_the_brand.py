import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0006_events_of_the_audit_log")]

    operations = [
        migrations.CreateModel(
            name="BrandPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20, unique=True)),
                ("token", models.CharField(max_length=40, unique=True)),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile")),
            ],
        ),
    ]

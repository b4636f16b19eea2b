import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_default_lifecycles")]
    operations = [
        migrations.AlterField(
            model_name="tickettype",
            name="lifecycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="types", to="workflow.lifecycle"
            ),
        ),
    ]

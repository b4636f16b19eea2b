import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0019_values_of_attributes'),
        ('tickets', '0014_index_for_waiting_requests'),
        ('workflow', '0006_default_impacts_and_urgencies'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='attributes',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('attributes', {}), _negated=True), fields=['attributes'], name='ticket_attributes'),
        ),
    ]

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_teams_as_queues'),
    ]

    operations = [
        migrations.AlterField(
            model_name='role',
            name='rights',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list),
        ),
    ]

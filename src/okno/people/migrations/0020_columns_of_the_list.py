import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0019_values_of_attributes'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='list_columns',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, db_default=[], default=list, help_text='F77; none: the usual ones'),
        ),
    ]

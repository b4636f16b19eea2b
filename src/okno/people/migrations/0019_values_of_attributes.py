from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0018_photos_of_employees'),
    ]

    operations = [
        migrations.AddField(
            model_name='company',
            name='attributes',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='contact',
            name='attributes',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
    ]

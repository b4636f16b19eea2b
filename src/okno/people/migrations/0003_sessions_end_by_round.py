from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_default_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='session_round',
            field=models.PositiveIntegerField(db_default=0, help_text='sessions of an earlier round have ended'),
        ),
    ]

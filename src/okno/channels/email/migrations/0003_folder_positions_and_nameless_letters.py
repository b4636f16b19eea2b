from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('email', '0002_health_of_sending'),
    ]

    operations = [
        migrations.AddField(
            model_name='folderposition',
            name='finished_uid',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='folderposition',
            name='missing',
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name='folderposition',
            name='on_server',
            field=models.IntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('header_id', '')), fields=['content_hash'], name='letter_nameless'),
        ),
    ]

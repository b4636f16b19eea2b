from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0018_answers_of_request_forms'),
    ]

    operations = [
        migrations.AddField(
            model_name='cannedreply',
            name='is_closing',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]

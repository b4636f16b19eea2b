from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0013_ratings_and_links_of_letters'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('state', 'new')), fields=['type', 'created_at'], name='ticket_new_of_type'),
        ),
    ]

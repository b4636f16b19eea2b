from django.db import migrations, models


class Migration(migrations.Migration):
    """Only the words about two columns."""
    dependencies = [
        ('calendars', '0002_default_schedules'),
    ]

    operations = [
        migrations.AlterField(
            model_name='workschedule',
            name='country',
            field=models.CharField(blank=True, default='', help_text='whose holidays are closed days', max_length=2),
        ),
        migrations.AlterField(
            model_name='workschedule',
            name='in_client_zone',
            field=models.BooleanField(default=True, help_text="by the clocks of the client's company (F60)"),
        ),
    ]

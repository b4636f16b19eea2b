import django.db.models.deletion
import django.db.models.functions.text
import okno.calendars.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='WorkSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('zone', models.CharField(blank=True, default='', help_text='empty: that of the installation', max_length=50)),
                ('in_client_zone', models.BooleanField(default=True, help_text="counted by the clocks of the client's company (F60)")),
                ('weekly', models.JSONField(default=okno.calendars.models.usual_week)),
                ('is_default', models.BooleanField(default=False)),
                ('country', models.CharField(blank=True, default='', help_text='whose public holidays are closed days', max_length=2)),
                ('region', models.CharField(blank=True, default='', max_length=20)),
                ('holidays_until', models.PositiveSmallIntegerField(blank=True, help_text='the last year written down', null=True)),
                ('version', models.UUIDField(default=uuid.uuid4, help_text='another after every change, also of an exception')),
            ],
            options={
                'ordering': ['-is_default', django.db.models.functions.text.Lower('name')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='schedule_name_once'), models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='schedule_one_default')],
            },
        ),
        migrations.CreateModel(
            name='ScheduleException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('hours', models.JSONField(blank=True, default=list, null=True)),
                ('name', models.CharField(blank=True, default='', max_length=200)),
                ('source', models.CharField(choices=[('hand', 'Hand'), ('country', 'Country'), ('file', 'File')], default='hand', max_length=7)),
                ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='calendars.workschedule')),
            ],
            options={
                'ordering': ['date'],
                'constraints': [models.UniqueConstraint(fields=('schedule', 'date'), name='schedule_exception_once_a_day')],
            },
        ),
    ]

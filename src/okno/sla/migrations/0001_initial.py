import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import okno.sla.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calendars', '0002_default_schedules'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recomputation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=40)),
                ('name', models.CharField(default='', help_text='what was changed', max_length=200)),
                ('actor_name', models.CharField(default='', max_length=200)),
                ('company', models.BigIntegerField(null=True)),
                ('is_quiet', models.BooleanField(default=False)),
                ('requested_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('swept_at', models.DateTimeField(null=True)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('last_id', models.BigIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('swept_at__isnull', True)), fields=['id'], name='recomputation_waiting')],
            },
        ),
        migrations.CreateModel(
            name='SlaRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', models.JSONField(blank=True, default=dict, help_text='language -> name, where it is not ``name``')),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_enabled', models.BooleanField(default=True)),
                ('name', models.CharField(max_length=120)),
                ('condition', models.JSONField(default=okno.sla.models.always)),
                ('reaction_minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('resolution_minutes', models.PositiveIntegerField(blank=True, null=True)),
                ('warn_percent', models.PositiveSmallIntegerField(default=75, validators=[django.core.validators.MaxValueValidator(99)])),
                ('warn_minutes', models.PositiveIntegerField(default=0)),
                ('schedule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sla_rules', to='calendars.workschedule')),
            ],
            options={
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('rank', models.PositiveSmallIntegerField(default=0)),
                ('colour', models.CharField(default='info', max_length=20)),
                ('is_default', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'Priority',
                'verbose_name_plural': 'Priorities',
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Status',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('new', 'new'), ('open', 'open'), ('waiting', 'waiting'), ('postponed', 'postponed'), ('resolved', 'resolved'), ('closed', 'closed')], max_length=10)),
                ('colour', models.CharField(default='primary', max_length=20)),
                ('is_default', models.BooleanField(default=False, help_text='the one taken when only the state is asked for')),
                ('pauses_clock', models.BooleanField(default=False)),
                ('counts_in_workload', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'Status',
                'verbose_name_plural': 'Statuses',
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TicketType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('icon', models.CharField(default='ticket', max_length=40)),
                ('is_internal', models.BooleanField(default=False)),
                ('is_default', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
    ]

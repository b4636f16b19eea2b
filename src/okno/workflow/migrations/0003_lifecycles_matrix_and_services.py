import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_default_client_categories'),
        ('workflow', '0002_default_types_statuses_priorities'),
    ]

    operations = [
        migrations.CreateModel(
            name='Impact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'Impact',
                'verbose_name_plural': 'Impacts',
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Lifecycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('reopen_days', models.PositiveSmallIntegerField(default=7)),
                ('version', models.UUIDField(default=uuid.uuid4, help_text='another after every change')),
            ],
            options={
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Urgency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'Urgency',
                'verbose_name_plural': 'Urgencies',
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='tickettype',
            name='lifecycle',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='types', to='workflow.lifecycle'),
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='workflow.service')),
            ],
            options={
                'verbose_name': 'Service',
                'verbose_name_plural': 'Services',
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LifecycleStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_initial', models.BooleanField(default=False)),
                ('is_held', models.BooleanField(default=False)),
                ('hours', models.PositiveIntegerField(blank=True, null=True)),
                ('warning', models.JSONField(blank=True, default=dict, help_text='language -> words; empty: ours')),
                ('lifecycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='workflow.lifecycle')),
                ('status', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='workflow.status')),
                ('then', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.status')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('lifecycle', 'status'), name='lifecycle_status_once'), models.UniqueConstraint(condition=models.Q(('is_initial', True)), fields=('lifecycle',), name='lifecycle_one_initial')],
            },
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', models.JSONField(blank=True, default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('by_agents', models.BooleanField(default=True)),
                ('by_client', models.BooleanField(default=False)),
                ('comment', models.CharField(choices=[('none', 'none'), ('optional', 'optional'), ('required', 'required')], default='none', max_length=8)),
                ('comment_is_public', models.BooleanField(default=False)),
                ('required', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list)),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.status')),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.status')),
                ('lifecycle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='workflow.lifecycle')),
                ('roles', models.ManyToManyField(blank=True, related_name='+', to='people.role')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [models.UniqueConstraint(fields=('lifecycle', 'before', 'after'), name='transition_once')],
            },
        ),
        migrations.CreateModel(
            name='MatrixCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('impact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='workflow.impact')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='workflow.priority')),
                ('urgency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='workflow.urgency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('impact', 'urgency'), name='matrix_cell_once')],
            },
        ),
    ]

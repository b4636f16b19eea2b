import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_events_of_the_audit_log'),
        ('people', '0020_columns_of_the_list'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClientImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contacts', 'contacts'), ('companies', 'companies')], max_length=10)),
                ('state', models.CharField(choices=[('mapping', 'waits for its columns to be named'), ('checking', 'is being looked at'), ('checked', 'looked at'), ('running', 'is being written'), ('done', 'done'), ('stopped', 'stopped')], default='mapping', max_length=10)),
                ('name', models.CharField(help_text='of the file', max_length=200)),
                ('headings', models.JSONField(default=list)),
                ('sample', models.JSONField(default=list, help_text='the first rows')),
                ('mapping', models.JSONField(default=dict)),
                ('updates_known', models.BooleanField(default=True)),
                ('makes_companies', models.BooleanField(default=True)),
                ('total', models.PositiveIntegerField(default=0)),
                ('position', models.PositiveIntegerField(default=0)),
                ('made', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('left', models.PositiveIntegerField(default=0, help_text='known and not to be changed, or no news')),
                ('faulty', models.PositiveIntegerField(default=0)),
                ('new_companies', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('finished_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agent')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ImportProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('field', models.CharField(max_length=60)),
                ('value', models.TextField(default='')),
                ('message', models.TextField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='people.clientimport')),
            ],
            options={
                'ordering': ['line', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='clientimport',
            index=models.Index(condition=models.Q(('state__in', ['checking', 'running'])), fields=['id'], name='client_import_waiting'),
        ),
        migrations.AddIndex(
            model_name='importproblem',
            index=models.Index(fields=['of', 'line'], name='import_problem_line'),
        ),
    ]

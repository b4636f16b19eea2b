import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0006_events_of_the_audit_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attribute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, help_text='language -> name')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('target', models.CharField(choices=[('ticket', 'Tickets'), ('company', 'Companies'), ('contact', 'Contacts')], max_length=10)),
                ('kind', models.CharField(choices=[('line', 'Text in one line'), ('text', 'Text in several lines'), ('number', 'Number'), ('date', 'Date'), ('list', 'Value from a list'), ('multiple', 'Several values from a list'), ('checkbox', 'Checkbox'), ('person', 'Employee'), ('file', 'File')], max_length=10)),
                ('helps', models.JSONField(blank=True, default=dict, help_text='language -> what to write here')),
                ('types', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list)),
                ('options', models.JSONField(blank=True, default=list)),
                ('default', models.JSONField(blank=True, null=True)),
                ('is_required', models.BooleanField(default=False, help_text='a new row cannot be registered without it')),
                ('seen_by', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list)),
                ('changed_by', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list)),
                ('for_clients', models.CharField(choices=[('hidden', 'hidden: clients never learn of it'), ('seen', 'seen by clients'), ('filled', 'filled in by clients when they register, and seen by them')], default='hidden', max_length=6)),
                ('limits', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'verbose_name': 'Attribute',
                'verbose_name_plural': 'Attributes',
                'ordering': ['position', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ValueFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(help_text='the value, and the name in its URL', max_length=40, unique=True)),
                ('holder', models.BigIntegerField(null=True)),
                ('uploaded_by', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=255)),
                ('type', models.CharField(default='application/octet-stream', max_length=127)),
                ('size', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('attribute', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='fields.attribute')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('holder__isnull', True)), fields=['created_at'], name='value_file_waiting')],
            },
        ),
    ]

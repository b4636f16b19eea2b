import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0010_absence_and_substitute'),
        ('tickets', '0010_promised_deadlines'),
        ('workflow', '0006_default_impacts_and_urgencies'),
    ]

    operations = [
        migrations.CreateModel(
            name='WebForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('language', models.CharField(blank=True, default='', help_text='empty: that of the page', max_length=5)),
                ('texts', models.JSONField(default=dict)),
                ('fields', models.JSONField(default=list)),
                ('colour', models.CharField(default='#2f6f9f', max_length=7)),
                ('side', models.CharField(choices=[('right', 'at the bottom right'), ('left', 'at the bottom left')], default='right', max_length=5)),
                ('theme', models.CharField(choices=[('auto', "as the visitor's device"), ('light', 'always light'), ('dark', 'always dark')], default='auto', max_length=5)),
                ('has_launcher', models.BooleanField(default=True)),
                ('asks_consent', models.BooleanField(default=False)),
                ('origins', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=253), blank=True, default=list)),
                ('secret', models.TextField(default='')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.tickettype')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WebFormPost',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('place', models.CharField(max_length=40)),
                ('address', models.CharField(default='', max_length=40)),
                ('proof', models.CharField(max_length=64, unique=True)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='web_form.webform')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'at'], name='web_form_place'), models.Index(fields=['address', 'at'], name='web_form_address'), models.Index(fields=['form', 'at'], name='web_form_form'), models.Index(fields=['at'], name='web_form_at')],
            },
        ),
    ]

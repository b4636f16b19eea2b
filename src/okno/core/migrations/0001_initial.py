import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SettingValue',
            fields=[
                ('key', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('value', models.JSONField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('size', models.BigIntegerField()),
                ('key', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('channel', models.CharField(max_length=20)),
                ('recipients', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320))),
                ('title', models.CharField(max_length=300)),
                ('object_kind', models.CharField(default='', max_length=30)),
                ('object_id', models.BigIntegerField(null=True)),
                ('state', models.CharField(default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('locked_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True, default='')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending'])), fields=['next_attempt_at'], name='delivery_due'), models.Index(fields=['object_kind', 'object_id'], name='delivery_object'), models.Index(fields=['state', '-id'], name='delivery_state')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('object_kind', models.CharField(max_length=30)),
                ('object_id', models.BigIntegerField()),
                ('data', models.JSONField(default=dict)),
                ('actor_kind', models.CharField(max_length=10)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('depth', models.SmallIntegerField(default=0)),
                ('handled_at', models.DateTimeField(null=True)),
                ('cause', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.event')),
            ],
        ),
        migrations.CreateModel(
            name='EventFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(max_length=200)),
                ('attempts', models.PositiveSmallIntegerField(default=1)),
                ('next_attempt_at', models.DateTimeField(help_text='empty = given up', null=True)),
                ('last_error', models.TextField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='failures', to='core.event')),
            ],
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['object_kind', 'object_id', 'id'], name='event_timeline'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('handled_at__isnull', True)), fields=['id'], name='event_unhandled'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['actor_kind', 'actor_id', '-id'], name='event_actor'),
        ),
        migrations.AddIndex(
            model_name='eventfailure',
            index=models.Index(fields=['next_attempt_at'], name='event_failure_due'),
        ),
        migrations.AddConstraint(
            model_name='eventfailure',
            constraint=models.UniqueConstraint(fields=('event', 'handler'), name='event_failure_once'),
        ),
    ]

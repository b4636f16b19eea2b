import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_default_client_categories'),
        ('tickets', '0006_search_rows_are_read_by_one_process'),
        ('workflow', '0005_every_type_has_a_lifecycle'),
    ]

    operations = [
        migrations.CreateModel(
            name='Processing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='statusinterval',
            name='working_seconds',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='closes_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='impact',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.impact'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='priority_is_manual',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='ticket',
            name='service',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.service'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='timer_interval',
            field=models.BigIntegerField(help_text='the interval in which the timer was set', null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='until_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='urgency',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.urgency'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('until_at__isnull', False)), fields=['until_at', 'id'], name='ticket_until'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('closes_at__isnull', False)), fields=['closes_at', 'id'], name='ticket_closes'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('service__isnull', False)), fields=['service', '-activity_at', '-id'], name='ticket_service'),
        ),
        migrations.AddField(
            model_name='processing',
            name='agent',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agent'),
        ),
        migrations.AddField(
            model_name='processing',
            name='result',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.status'),
        ),
        migrations.AddField(
            model_name='processing',
            name='ticket',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='processings', to='tickets.ticket'),
        ),
        migrations.AddIndex(
            model_name='processing',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['seen_at'], name='processing_seen'),
        ),
        migrations.AddConstraint(
            model_name='processing',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('ticket',), name='processing_one_present'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_default_client_categories'),
        ('tickets', '0009_working_time_of_past_intervals'),
        ('workflow', '0006_default_impacts_and_urgencies'),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='react_by',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='react_told',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ticket',
            name='react_warn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='reacted_at',
            field=models.DateTimeField(help_text='the first answer or change of status (C2)', null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='resolve_by',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='resolve_by_is_manual',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='ticket',
            name='resolve_left',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='resolve_told',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ticket',
            name='resolve_warn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='sla_rule',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='ticket',
            name='tell_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at', 'id'], name='ticket_due'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('tell_at__isnull', False)), fields=['tell_at', 'id'], name='ticket_tell'),
        ),
    ]

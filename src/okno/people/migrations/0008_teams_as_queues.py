import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_responsible_for_clients'),
    ]

    operations = [
        migrations.AddField(
            model_name='agent',
            name='most_open',
            field=models.PositiveSmallIntegerField(blank=True, help_text='empty: as the team says', null=True),
        ),
        migrations.AddField(
            model_name='team',
            name='assignment',
            field=models.CharField(choices=[('by_hand', 'by hand: somebody takes it or is given it'), ('round_robin', 'in turn: each member after the other'), ('least_load', 'to the one with the fewest open tickets')], default='by_hand', max_length=12),
        ),
        migrations.AddField(
            model_name='team',
            name='description',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='team',
            name='first_answer',
            field=models.CharField(blank=True, choices=[('', 'as the settings say'), ('yes', 'yes'), ('no', 'no')], default='', max_length=3),
        ),
        migrations.AddField(
            model_name='team',
            name='hides_owned',
            field=models.BooleanField(db_default=False, default=False, help_text='the lock of OTRS (F205)'),
        ),
        migrations.AddField(
            model_name='team',
            name='most_per_agent',
            field=models.PositiveSmallIntegerField(blank=True, help_text='empty: without limit', null=True),
        ),
        migrations.AddField(
            model_name='team',
            name='notified',
            field=models.ManyToManyField(blank=True, help_text="who gets the notifications of the team's tickets (F85)", related_name='+', to='people.agent'),
        ),
        migrations.AlterField(
            model_name='company',
            name='watching_agents',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, db_default=[], default=list),
        ),
        migrations.AlterField(
            model_name='company',
            name='watching_teams',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, db_default=[], default=list),
        ),
        migrations.AlterField(
            model_name='contact',
            name='watching_agents',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, db_default=[], default=list),
        ),
        migrations.AlterField(
            model_name='contact',
            name='watching_teams',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, db_default=[], default=list),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0007_responsible_for_clients'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_enabled', models.BooleanField(default=True)),
                ('name', models.CharField(max_length=80, unique=True)),
                ('condition', models.JSONField(default=dict)),
                ('target', models.CharField(choices=[('default', 'whoever is responsible for the client'), ('agent', 'an employee'), ('team', 'a team'), ('nobody', 'nobody')], default='default', max_length=8)),
                ('agent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agent')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('watching_agents', models.ManyToManyField(blank=True, related_name='+', to='people.agent')),
                ('watching_teams', models.ManyToManyField(blank=True, related_name='+', to='people.team')),
            ],
            options={
                'ordering': ['position', 'id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agent__isnull', False), ('target', 'agent'), ('team__isnull', True)), models.Q(('agent__isnull', True), ('target', 'team'), ('team__isnull', False)), models.Q(('agent__isnull', True), ('target__in', ['default', 'nobody']), ('team__isnull', True)), _connector='OR'), name='routing_rule_has_its_target')],
            },
        ),
    ]

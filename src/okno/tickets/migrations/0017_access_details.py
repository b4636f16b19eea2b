import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0023_merges_and_erasures'),
        ('tickets', '0016_ratings_in_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='TicketSecret',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=100)),
                ('ciphertext', models.TextField(blank=True, default='')),
                ('giver', models.CharField(max_length=320)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('erased_at', models.DateTimeField(null=True)),
                ('erased_because', models.CharField(blank=True, choices=[('closed', 'the ticket was closed'), ('asked', 'somebody erased it'), ('person', "the person's data was erased")], default='', max_length=10)),
                ('agent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agent')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.contact')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='tickets.ticket')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('ciphertext', ''), _connector='OR'), name='secret_erased_is_gone')],
            },
        ),
    ]

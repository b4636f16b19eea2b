import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0003_uploads_ahead_of_messages'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='ticketsearch',
            name='search_headline',
        ),
        migrations.RemoveIndex(
            model_name='ticketsearch',
            name='search_vector',
        ),
        migrations.RemoveField(
            model_name='ticketsearch',
            name='headline',
        ),
        migrations.AddField(
            model_name='ticketsearch',
            name='day',
            field=models.IntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='ticketsearch',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=['vector'], gin_pending_list_limit=512, name='search_vector'),
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.TextField(db_collation='C', primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], name='search_word', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='SearchPending',
            fields=[
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='tickets.ticket')),
            ],
        ),
        # A search for a common word reads very many rows: narrow ones, with the vector apart from them.
        migrations.RunSQL(
            'ALTER TABLE tickets_ticketsearch SET (toast_tuple_target = 128)',
            'ALTER TABLE tickets_ticketsearch RESET (toast_tuple_target)',
        ),
    ]

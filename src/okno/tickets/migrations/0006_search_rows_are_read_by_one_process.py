from django.db import migrations


class Migration(migrations.Migration):
    """A search reads few rows; starting helpers for it takes longer than reading them."""

    dependencies = [
        ('tickets', '0005_search_rows_to_be_written_anew'),
    ]

    operations = [
        migrations.RunSQL(
            'ALTER TABLE tickets_ticketsearch SET (parallel_workers = 0)',
            'ALTER TABLE tickets_ticketsearch RESET (parallel_workers)',
        ),
    ]

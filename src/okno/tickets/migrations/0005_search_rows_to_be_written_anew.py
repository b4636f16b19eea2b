from django.db import migrations


class Migration(migrations.Migration):
    """What tickets there are gets its search row in the new form from the worker."""

    dependencies = [
        ('tickets', '0004_search_rows'),
    ]

    operations = [
        migrations.RunSQL(
            'INSERT INTO tickets_searchpending (ticket_id) SELECT id FROM tickets_ticket ON CONFLICT DO NOTHING',
            migrations.RunSQL.noop,
        ),
    ]

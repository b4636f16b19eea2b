from django.db import migrations


class Migration(migrations.Migration):
    """What tickets there are gets its row of clients' search from the worker."""

    dependencies = [("tickets", "0011_read_marks_uploads_and_search_of_clients")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO tickets_searchpending (ticket_id) SELECT id FROM tickets_ticket ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        ),
    ]

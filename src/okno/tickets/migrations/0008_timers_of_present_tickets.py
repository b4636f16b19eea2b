from django.db import migrations

SET_TIMERS = """
UPDATE tickets_ticket AS ticket
SET closes_at = now() + place.hours * interval '1 hour', timer_interval = present.id
FROM tickets_statusinterval AS present, workflow_tickettype AS kind, workflow_lifecyclestatus AS place
WHERE present.ticket_id = ticket.id AND present.left_at IS NULL AND kind.id = ticket.type_id
    AND place.lifecycle_id = kind.lifecycle_id AND place.status_id = ticket.status_id
    AND place.hours IS NOT NULL AND place.then_id IS NOT NULL
"""
SET_RETURNS = "UPDATE tickets_ticket SET until_at = now() + interval '1 day' WHERE state = 'postponed'"


class Migration(migrations.Migration):
    """Tickets that wait already close by themselves too, but no client loses a day by the upgrade."""

    dependencies = [
        ("tickets", "0007_timers_services_and_processing"),
        ("workflow", "0005_every_type_has_a_lifecycle"),
    ]
    operations = [
        migrations.RunSQL(SET_TIMERS, migrations.RunSQL.noop),
        migrations.RunSQL(SET_RETURNS, migrations.RunSQL.noop),
    ]

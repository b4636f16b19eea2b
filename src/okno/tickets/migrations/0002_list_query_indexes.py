from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_default_roles'),
        ('tickets', '0001_initial'),
        ('workflow', '0002_default_types_statuses_priorities'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='ticket',
            name='ticket_contact',
        ),
        migrations.RemoveIndex(
            model_name='ticket',
            name='ticket_company',
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['assignee', '-activity_at', '-id'], name='ticket_mine'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['team', '-activity_at', '-id'], name='ticket_team_active'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('is_news', True), models.Q(('state', 'closed'), _negated=True)), fields=['-activity_at', '-id'], name='ticket_news'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['-created_at', '-id'], name='ticket_created'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['contact', '-activity_at', '-id'], name='ticket_contact_activity'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['company', '-activity_at', '-id'], name='ticket_company_activity'),
        ),
    ]

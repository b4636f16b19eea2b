from django.contrib.postgres.operations import TrigramExtension
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import okno.workflow.rules
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('people', '0001_initial'),
        ('workflow', '0001_initial'),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL('CREATE SEQUENCE ticket_number START 1001', 'DROP SEQUENCE ticket_number'),
        migrations.CreateModel(
            name='CannedReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('group', models.CharField(blank=True, default='', max_length=80)),
                ('shortcut', models.CharField(blank=True, default='', max_length=40)),
                ('html', models.TextField()),
                ('language', models.CharField(blank=True, default='', max_length=5)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['group', 'title'],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(unique=True)),
                ('subject', models.TextField()),
                ('state', models.CharField(default=okno.workflow.rules.State['NEW'], max_length=10)),
                ('channel', models.CharField(choices=[('desk', 'by an employee'), ('email', 'by mail'), ('portal', 'through the portal'), ('web_form', 'through a web form'), ('api', 'through the API')], max_length=10)),
                ('is_internal', models.BooleanField(default=False)),
                ('is_news', models.BooleanField(default=True)),
                ('reopenings', models.PositiveSmallIntegerField(default=0)),
                ('message_count', models.PositiveIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('activity_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='last message or change that people see')),
                ('resolved_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('agent_contact', models.ForeignKey(help_text='F5: asked by an employee', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_requests', to='people.agent')),
                ('assignee', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agent')),
                ('company', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='people.company')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='people.contact')),
                ('created_by_agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agent')),
                ('priority', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.priority')),
                ('status', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.status')),
                ('team', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.team')),
                ('type', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.tickettype')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'public answer'), ('note', 'private note'), ('new', 'new ticket')], max_length=10)),
                ('html', models.TextField(default='')),
                ('fields', models.JSONField(default=dict)),
                ('seen_message', models.BigIntegerField(default=0, help_text='the last message when the typing began')),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='people.agent')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('is_public', models.BooleanField()),
                ('author_kind', models.CharField(choices=[('agent', 'employee'), ('contact', 'client'), ('outsider', 'unverified sender'), ('system', 'Okno')], max_length=10)),
                ('author_name', models.TextField(default='')),
                ('author_address', models.CharField(default='', max_length=320)),
                ('is_verified', models.BooleanField(default=True)),
                ('channel', models.CharField(choices=[('desk', 'by an employee'), ('email', 'by mail'), ('portal', 'through the portal'), ('web_form', 'through a web form'), ('api', 'through the API')], max_length=10)),
                ('text', models.TextField(default='')),
                ('html', models.TextField(default='')),
                ('quoted_text', models.TextField(default='')),
                ('quoted_html', models.TextField(default='')),
                ('reason', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(help_text='the date that the letter itself names', null=True)),
                ('agent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agent')),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.contact')),
                ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('token', models.CharField(help_text='the name in its URL, not guessable', max_length=40, unique=True)),
                ('name', models.CharField(max_length=255)),
                ('type', models.CharField(default='application/octet-stream', max_length=127)),
                ('size', models.BigIntegerField()),
                ('is_inline', models.BooleanField(default=False)),
                ('content_id', models.CharField(default='', max_length=255)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('canned_reply', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='tickets.cannedreply')),
                ('draft', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='tickets.draft')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='tickets.message')),
            ],
        ),
        migrations.CreateModel(
            name='StatusInterval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('status', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.status')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intervals', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_typing', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField()),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.agent')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=320)),
                ('name', models.TextField(default='')),
                ('is_requester', models.BooleanField(default=False)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('is_proven', models.BooleanField(default=False)),
                ('contact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='participations', to='people.contact')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='tickets.ticket')),
            ],
            options={
                'ordering': ['-is_requester', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TicketLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_from', to='tickets.ticket')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='Watcher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='watched', to='people.agent')),
                ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='watched', to='people.team')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watchers', to='tickets.ticket')),
            ],
        ),
        migrations.CreateModel(
            name='TicketSearch',
            fields=[
                ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search', serialize=False, to='tickets.ticket')),
                ('vector', django.contrib.postgres.search.SearchVectorField()),
                ('headline', models.TextField(default='', help_text='folded number, subject and client, for typo tolerance')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=['vector'], name='search_vector'), django.contrib.postgres.indexes.GinIndex(fields=['headline'], name='search_headline', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['-activity_at', '-id'], name='ticket_activity'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['-activity_at', '-id'], name='ticket_active'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['state', '-activity_at', '-id'], name='ticket_state'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['assignee', 'state', '-activity_at', '-id'], name='ticket_assignee'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['team', 'state', '-activity_at', '-id'], name='ticket_team'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('assignee__isnull', True), ('team__isnull', True), models.Q(('state', 'closed'), _negated=True)), fields=['-activity_at', '-id'], name='ticket_unassigned'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['contact', '-id'], name='ticket_contact'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['company', '-id'], name='ticket_company'),
        ),
        migrations.AddConstraint(
            model_name='statusinterval',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('ticket',), name='interval_one_present'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('ticket', 'agent'), name='presence_once'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('ticket', 'address'), name='participant_once'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['ticket', 'id'], name='message_ticket'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('agent', 'ticket', 'kind'), name='draft_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='ticketlink',
            constraint=models.UniqueConstraint(fields=('ticket', 'other'), name='link_once'),
        ),
        migrations.AddConstraint(
            model_name='watcher',
            constraint=models.UniqueConstraint(fields=('ticket', 'agent', 'team'), name='watcher_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='watcher',
            constraint=models.CheckConstraint(condition=models.Q(('agent__isnull', True), ('team__isnull', True), _connector='XOR'), name='watcher_is_one'),
        ),
    ]

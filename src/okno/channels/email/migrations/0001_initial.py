import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('people', '0001_initial'),
        ('tickets', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BlacklistRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('address', "sender's address"), ('text', 'text in the subject or the body')], max_length=10, verbose_name='Filter by')),
                ('pattern', models.CharField(max_length=320, verbose_name='Pattern')),
                ('is_active', models.BooleanField(default=True, verbose_name='Active')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='Note')),
                ('hits', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['kind', 'pattern'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'pattern'), name='blacklist_once')],
            },
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('address', models.CharField(max_length=320, unique=True, verbose_name='Address')),
                ('is_active', models.BooleanField(default=True, verbose_name='Active')),
                ('is_default', models.BooleanField(default=False, verbose_name='Send from here when nothing else is known')),
                ('imap_host', models.CharField(blank=True, default='', max_length=253, verbose_name='IMAP server')),
                ('imap_port', models.PositiveIntegerField(default=993, verbose_name='Port')),
                ('imap_security', models.CharField(choices=[('ssl', 'SSL/TLS'), ('starttls', 'STARTTLS'), ('none', 'no encryption')], default='ssl', max_length=10, verbose_name='Security')),
                ('imap_user', models.CharField(blank=True, default='', max_length=320, verbose_name='User name')),
                ('imap_password', models.TextField(blank=True, default='', verbose_name='Password')),
                ('folders', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, verbose_name='Folders')),
                ('after_import', models.CharField(choices=[('seen', 'mark it as read'), ('delete', 'delete it on the server'), ('leave', 'leave it')], default='seen', max_length=10, verbose_name='After a letter is taken')),
                ('since', models.DateTimeField(blank=True, null=True, verbose_name='Take letters that arrived after')),
                ('smtp_host', models.CharField(blank=True, default='', max_length=253, verbose_name='SMTP server')),
                ('smtp_port', models.PositiveIntegerField(default=587, verbose_name='Port')),
                ('smtp_security', models.CharField(choices=[('ssl', 'SSL/TLS'), ('starttls', 'STARTTLS'), ('none', 'no encryption')], default='starttls', max_length=10, verbose_name='Security')),
                ('smtp_user', models.CharField(blank=True, default='', max_length=320, verbose_name='User name')),
                ('smtp_password', models.TextField(blank=True, default='', verbose_name='Password')),
                ('trusted_relay', models.CharField(blank=True, default='', max_length=253, verbose_name='Server whose Authentication-Results are believed')),
                ('last_success_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True, default='')),
                ('last_error_at', models.DateTimeField(null=True)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='people.team', verbose_name='Team')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('source', models.CharField(help_text='imap, smtp, lmtp, pipe, demo', max_length=10)),
                ('source_key', models.CharField(max_length=320, unique=True)),
                ('envelope_from', models.CharField(help_text="null = unknown, empty = a bounce's", max_length=320, null=True)),
                ('envelope_to', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), default=list)),
                ('peer', models.CharField(default='', help_text='IP address of the sending host, where known', max_length=64)),
                ('size', models.BigIntegerField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('state', models.CharField(default='stored', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(null=True)),
                ('last_error', models.TextField(blank=True, default='')),
                ('processed_at', models.DateTimeField(null=True)),
                ('header_id', models.TextField(default='', help_text='its Message-ID with angle brackets')),
                ('content_hash', models.CharField(default='', help_text='of date, sender, subject and body (W2)', max_length=64)),
                ('sender', models.CharField(default='', max_length=320)),
                ('subject', models.TextField(default='')),
                ('kind', models.CharField(default='', max_length=12)),
                ('outcome', models.JSONField(default=dict, help_text='why it was matched, ignored or refused; problems found')),
                ('authentication', models.JSONField(default=dict, help_text='SPF, DKIM, DMARC as far as known')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='tickets.message')),
                ('raw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='tickets.ticket')),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to='email.mailbox')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'stored')), fields=['id'], name='letter_waiting'), models.Index(fields=['state', '-id'], name='letter_state'), models.Index(fields=['header_id'], name='letter_header_id'), models.Index(fields=['sender', '-id'], name='letter_sender')],
            },
        ),
        migrations.CreateModel(
            name='FolderPosition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folder', models.CharField(max_length=200)),
                ('uidvalidity', models.BigIntegerField()),
                ('last_uid', models.BigIntegerField(default=0)),
                ('checked_at', models.DateTimeField(null=True)),
                ('mailbox', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='email.mailbox')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mailbox', 'folder'), name='position_once')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'answer'), ('receipt', 'confirmation of receipt')], max_length=10)),
                ('header_id', models.CharField(help_text='its Message-ID with angle brackets', max_length=200, unique=True)),
                ('sender', models.CharField(max_length=320)),
                ('recipient', models.CharField(help_text='one letter for each recipient, so that each is signed', max_length=320)),
                ('subject', models.TextField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter', to='core.delivery')),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='email.mailbox')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='outgoing_letters', to='tickets.message')),
                ('raw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('ticket', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='outgoing_letters', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'recipient', '-created_at'], name='outgoing_budget')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('message__isnull', False)), fields=('message', 'recipient', 'kind'), name='outgoing_once')],
            },
        ),
    ]

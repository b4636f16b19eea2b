from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('email', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='mailbox',
            name='smtp_error',
            field=models.TextField(blank=True, default='', help_text='why no letter leaves; empty = all is well'),
        ),
        migrations.AddField(
            model_name='mailbox',
            name='smtp_error_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mailbox',
            name='smtp_success_at',
            field=models.DateTimeField(null=True),
        ),
    ]

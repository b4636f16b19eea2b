from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('email', '0006_letters_about_solutions'),
    ]

    operations = [
        migrations.AddField(
            model_name='mailbox',
            name='trusted_certificate',
            field=models.TextField(blank=True, db_default='', default='', help_text='PEM; beside the authorities', verbose_name='Certificate to trust'),
        ),
    ]

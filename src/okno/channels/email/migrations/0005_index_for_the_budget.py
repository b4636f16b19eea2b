from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_files_without_owners'),
        ('email', '0004_letters_about_accounts'),
        ('tickets', '0006_search_rows_are_read_by_one_process'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='outgoingletter',
            name='outgoing_budget',
        ),
        migrations.AddIndex(
            model_name='outgoingletter',
            index=models.Index(fields=['kind', '-created_at'], include=('recipient',), name='outgoing_recent'),
        ),
    ]

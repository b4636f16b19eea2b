import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_delivery_routes'),
        ('people', '0002_default_roles'),
        ('tickets', '0002_list_query_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='uploaded_by',
            field=models.ForeignKey(db_index=False, help_text='who sent it ahead of its message; until then only this agent sees it', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.agent'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('message__isnull', True), ('uploaded_by__isnull', False)), fields=['created_at'], name='attachment_waiting'),
        ),
    ]

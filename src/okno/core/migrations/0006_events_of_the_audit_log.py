from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_files_without_owners'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('object_kind__in', ('ticket', 'delivery', 'company', 'contact')), _negated=True), fields=['-id'], name='event_audit'),
        ),
    ]

from django.db import migrations, models


def switch(name: str) -> migrations.AddField:
    field = models.BooleanField(db_default=False, default=False)
    return migrations.AddField(model_name="affiliation", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("people", "0011_parents_and_supervision")]

    operations = [switch("sees_company"), switch("sees_sites"), switch("sees_supervised"), switch("sees_reports")]

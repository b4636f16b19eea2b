from django.conf import settings
from django.db import migrations

OFFICE = {"en": "Office hours", "ru": "Рабочие дни", "uk": "Робочі дні", "pl": "Dni robocze"}
ALWAYS = {"en": "Around the clock", "ru": "Круглосуточно", "uk": "Цілодобово", "pl": "Całodobowo"}


def add(apps, editor):
    schedule = apps.get_model("calendars", "WorkSchedule")
    if schedule.objects.exists():
        return  # here already, from before a migration back
    language = settings.LANGUAGE_CODE.split("-")[0]
    office, always = (names.get(language, names["en"]) for names in (OFFICE, ALWAYS))
    schedule.objects.create(name=office, weekly=[[["09:00", "18:00"]]] * 5 + [[], []], is_default=True)
    schedule.objects.create(name=always, weekly=[[["00:00", "24:00"]]] * 7)


class Migration(migrations.Migration):
    """What a new installation begins with, so that promises can be made on day one."""

    dependencies = [("calendars", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

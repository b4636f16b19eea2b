from itertools import batched

from django.conf import settings
from django.db import migrations

from okno.calendars.rules import Schedule, working_time_between
from okno.calendars.rules.hours import intervals_of

BATCH = 2000


def count(apps, editor):
    """What has ended is counted by the usual schedule, by the clocks of the client's company."""
    interval, schedule = apps.get_model("tickets", "StatusInterval"), apps.get_model("calendars", "WorkSchedule")
    past = interval.objects.filter(left_at__isnull=False, working_seconds=None).order_by("pk")
    row = schedule.objects.filter(is_default=True).first()
    if row is None:
        return
    weekly = {weekday: intervals_of(hours) for weekday, hours in enumerate(row.weekly)}
    days = {
        each.date: intervals_of(each.hours)
        for each in apps.get_model("calendars", "ScheduleException").objects.filter(schedule=row)
        if each.hours is not None
    }
    known = {}
    rows = past.select_related("ticket__company").iterator(chunk_size=BATCH)
    for some in batched(rows, BATCH, strict=False):
        for each in some:
            company = each.ticket.company
            zone = (row.in_client_zone and company and company.time_zone) or row.zone or settings.DISPLAY_TIME_ZONE
            if zone not in known:
                known[zone] = Schedule(weekly, days, zone)
            spent = working_time_between(each.entered_at, each.left_at, known[zone])
            each.working_seconds = int(spent.total_seconds())
        interval.objects.bulk_update(some, ["working_seconds"])


class Migration(migrations.Migration):
    """Time in each status is known in working time too, also of what is past."""

    dependencies = [
        ("tickets", "0008_timers_of_present_tickets"),
        ("calendars", "0002_default_schedules"),
    ]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]

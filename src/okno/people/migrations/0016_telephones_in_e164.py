"""Telephone numbers with a country code become E.164; others stay as they were written."""

import re

import phonenumbers
from django.db import migrations


def kept(text):
    written = " ".join(text.split())
    try:
        number = phonenumbers.parse(re.sub(r"^00", "+", written), None)
    except phonenumbers.NumberParseException:
        return written
    if not phonenumbers.is_possible_number(number):
        return written
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + extension


def forward(apps, schema_editor):
    for name in ("Company", "Contact"):
        model = apps.get_model("people", name)
        for row in model.objects.exclude(phone="").only("phone").iterator():
            model.objects.filter(pk=row.pk).update(phones=[kept(row.phone)])


def backward(apps, schema_editor):
    for name in ("Company", "Contact"):
        model = apps.get_model("people", name)
        for row in model.objects.exclude(phones=[]).only("phones").iterator():
            model.objects.filter(pk=row.pk).update(phone=row.phones[0][:40])


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0015_cards_of_clients'),
    ]

    operations = [migrations.RunPython(forward, backward)]

from uuid import uuid4

from django.db import migrations

DEFAULT = ("incident", "request", "question")
"""The lifecycles of the product that have a client."""


def let_clients_close(apps, editor):
    """In the product's own lifecycles a client may close what is not needed any more, from wherever it is."""
    ways = apps.get_model("workflow", "Transition").objects.filter(
        lifecycle__code__in=DEFAULT,
        before__state__in=("new", "open", "waiting", "postponed"),
        after__state="closed",
        by_agents=True,
    )
    ways.update(by_client=True)
    for lifecycle in apps.get_model("workflow", "Lifecycle").objects.filter(code__in=DEFAULT):
        lifecycle.version = uuid4()
        lifecycle.save(update_fields=["version"])


class Migration(migrations.Migration):
    dependencies = [("workflow", "0006_default_impacts_and_urgencies")]
    operations = [migrations.RunPython(let_clients_close, migrations.RunPython.noop)]

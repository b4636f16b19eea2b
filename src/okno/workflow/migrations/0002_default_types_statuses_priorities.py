from django.db import migrations

TYPES = [
    ("incident", "alert-triangle", False, ("Incident", "Инцидент", "Інцидент", "Incydent")),
    ("request", "tool", False, ("Service request", "Запрос на обслуживание", "Запит на обслуговування", "Wniosek o usługę")),
    ("question", "help-circle", False, ("Question", "Вопрос", "Питання", "Pytanie")),
    ("task", "lock", True, ("Internal task", "Внутренняя задача", "Внутрішнє завдання", "Zadanie wewnętrzne")),
]
STATUSES = [
    ("new", "new", "info", ("New", "Новая", "Нова", "Nowe")),
    ("open", "open", "primary", ("Open", "Открыта", "Відкрита", "Otwarte")),
    ("waiting", "waiting", "neutral", ("Waiting for client", "Ожидает ответа клиента", "Очікує відповіді клієнта", "Oczekuje na klienta")),
    ("resolved", "resolved", "success", ("Solution proposed", "Предложено решение", "Запропоновано рішення", "Zaproponowano rozwiązanie")),
    ("closed", "closed", "neutral", ("Closed", "Закрыта", "Закрита", "Zamknięte")),
]
PRIORITIES = [
    ("low", 10, "success", ("Low", "Низкий", "Низький", "Niski")),
    ("normal", 20, "info", ("Normal", "Обычный", "Звичайний", "Normalny")),
    ("high", 30, "warning", ("High", "Высокий", "Високий", "Wysoki")),
    ("critical", 40, "error", ("Critical", "Критический", "Критичний", "Krytyczny")),
]


def names(four):
    return dict(zip(("en", "ru", "uk", "pl"), four, strict=True))


def add(apps, editor):
    kind = apps.get_model("workflow", "TicketType")
    if kind.objects.exists():
        return  # here already, from before a migration back
    for position, (code, icon, internal, four) in enumerate(TYPES):
        kind.objects.create(
            code=code, icon=icon, is_internal=internal, names=names(four), position=position, is_default=code == "request"
        )
    status = apps.get_model("workflow", "Status")
    for position, (code, state, colour, four) in enumerate(STATUSES):
        status.objects.create(
            code=code,
            state=state,
            colour=colour,
            names=names(four),
            position=position,
            is_default=True,
            pauses_clock=state == "waiting",
            counts_in_workload=state in {"new", "open"},
        )
    priority = apps.get_model("workflow", "Priority")
    for position, (code, rank, colour, four) in enumerate(PRIORITIES):
        priority.objects.create(
            code=code, rank=rank, colour=colour, names=names(four), position=position, is_default=code == "normal"
        )


class Migration(migrations.Migration):
    """What a new installation begins with, so that it is useful on day one."""

    dependencies = [("workflow", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

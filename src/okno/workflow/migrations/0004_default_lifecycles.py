from uuid import uuid4

from django.db import migrations

LANGUAGES = ("en", "ru", "uk", "pl")
WEEK = 168
STATUSES = [
    ("processing", "open", "warning", False, ("In processing", "В обработке", "В опрацюванні", "W trakcie obsługi")),
    ("postponed", "postponed", "neutral", True, ("Postponed", "Отложена", "Відкладена", "Odłożone")),
    ("processed", "closed", "success", False, ("Processed", "Обработана", "Опрацьована", "Obsłużone")),
]
ORDER = ["new", "open", "processing", "waiting", "postponed", "resolved", "closed", "processed"]
LIFECYCLES = [
    ("incident", ("Incident", "Инцидент", "Інцидент", "Incydent")),
    ("request", ("Service request", "Запрос на обслуживание", "Запит на обслуговування", "Wniosek o usługę")),
    ("question", ("Question", "Вопрос", "Питання", "Pytanie")),
    ("task", ("Internal task", "Внутренняя задача", "Внутрішнє завдання", "Zadanie wewnętrzne")),
    ("call-back", ("Call-back", "Обратный звонок", "Зворотний дзвінок", "Oddzwonienie")),
]
FOLLOWERS = {
    "new": ("open", "waiting", "postponed", "resolved", "closed"),
    "open": ("waiting", "postponed", "resolved", "closed", "open"),
    "waiting": ("open", "postponed", "resolved", "closed", "waiting"),
    "postponed": ("open", "waiting", "resolved", "closed"),
    "resolved": ("open", "waiting", "closed"),
    "closed": ("open",),
}
NAMES = {
    "open": ("Take into work", "Взять в работу", "Взяти в роботу", "Przyjmij do realizacji"),
    "waiting": ("Ask the client", "Запросить данные у клиента", "Запитати дані в клієнта", "Zapytaj klienta"),
    "postponed": ("Postpone", "Отложить", "Відкласти", "Odłóż"),
    "resolved": ("Propose a solution", "Предложить решение", "Запропонувати рішення", "Zaproponuj rozwiązanie"),
    "closed": ("Close", "Закрыть", "Закрити", "Zamknij"),
}
RESUME = ("Resume", "Возобновить", "Відновити", "Wznów")
ACCEPT = ("Accept the solution", "Принять решение", "Прийняти рішення", "Zaakceptuj rozwiązanie")
REJECT = ("Reject the solution", "Отклонить решение", "Відхилити рішення", "Odrzuć rozwiązanie")
REOPEN = ("Reopen", "Открыть снова", "Відкрити знову", "Otwórz ponownie")
PROCESS = ("Process", "Обработать", "Опрацювати", "Obsłuż")
PROCESSED = ("Request processed", "Заявка обработана", "Заявку опрацьовано", "Zgłoszenie obsłużone")
RETURN = ("Return to new", "Вернуть в новые", "Повернути до нових", "Przywróć do nowych")
CALL_BACK = [
    ("new", "processing", PROCESS, False),
    ("processing", "processed", PROCESSED, False),
    ("processing", "postponed", NAMES["postponed"], False),
    ("processing", "new", RETURN, True),
    ("postponed", "processing", PROCESS, False),
    ("postponed", "new", RETURN, True),
    ("processed", "new", RETURN, True),
]
MANAGERS = ("administrator", "lead")
WORDS = {
    ("waiting", "open"): RESUME,
    ("postponed", "open"): RESUME,
    ("resolved", "closed"): ACCEPT,
    ("resolved", "open"): REJECT,
    ("closed", "open"): REOPEN,
}
BY_CLIENT = {("resolved", "closed"), ("resolved", "open"), ("closed", "open"), ("waiting", "open")}


def names(four):
    return dict(zip(LANGUAGES, four, strict=True))


def add(apps, editor):
    if apps.get_model("workflow", "Lifecycle").objects.exists():
        return  # here already, from before a migration back
    status = apps.get_model("workflow", "Status")
    for code, state, colour, is_default, four in STATUSES:
        status.objects.get_or_create(
            code=code,
            defaults={
                "state": state,
                "colour": colour,
                "names": names(four),
                "is_default": is_default and not status.objects.filter(state=state, is_default=True).exists(),
                "pauses_clock": state == "postponed",
                "counts_in_workload": state == "open",
            },
        )
    put_in_order(status)
    lifecycles = add_lifecycles(apps)
    kind = apps.get_model("workflow", "TicketType")
    kind.objects.get_or_create(
        code="call-back",
        defaults={"names": names(LIFECYCLES[-1][1]), "icon": "phone-calling", "position": kind.objects.count()},
    )
    for each in kind.objects.all():
        each.lifecycle = lifecycles.get(each.code) or lifecycles["task" if each.is_internal else "request"]
        each.save()


def put_in_order(status):
    """The statuses of the product stand in the order of a ticket's life; those of the house come after them."""
    own = [each for each in status.objects.order_by("position", "id") if each.code not in ORDER]
    known = {each.code: each for each in status.objects.filter(code__in=ORDER)}
    for position, each in enumerate([*(known[code] for code in ORDER if code in known), *own]):
        each.position = position
        each.save()


def add_lifecycles(apps):
    """The default lifecycles hold every status that tickets may be in until now."""
    lifecycle, status = apps.get_model("workflow", "Lifecycle"), apps.get_model("workflow", "Status")
    days = days_of_the_mail_setting(apps)
    made = {}
    for position, (code, four) in enumerate(LIFECYCLES):
        made[code] = lifecycle.objects.create(
            code=code, names=names(four), position=position, reopen_days=days, version=uuid4()
        )
    for code in ("incident", "request", "question", "task"):
        left_out = {"processing", "processed"}
        rows = [each for each in status.objects.order_by("position") if each.code not in left_out]
        fill(apps, made[code], rows, has_client=code != "task")
    fill_call_back(apps, made["call-back"])
    return made


def days_of_the_mail_setting(apps):
    """How long letters reopened closed tickets until now."""
    row = apps.get_model("core", "SettingValue").objects.filter(key="mail.reopen_days").first()
    return row.value if row is not None and isinstance(row.value, int) and 0 <= row.value <= 3650 else 7


def fill(apps, lifecycle, rows, *, has_client):
    place, transition = (apps.get_model("workflow", name) for name in ("LifecycleStatus", "Transition"))
    by_state = {}
    for each in rows:
        by_state.setdefault(each.state, each)
    begun = by_state["new"].pk
    for position, each in enumerate(rows):
        timed = has_client and each.state in {"waiting", "resolved"}
        then = by_state["closed"] if timed else by_state["open"] if each.state == "postponed" else None
        place.objects.create(
            lifecycle=lifecycle,
            status=each,
            position=position,
            is_initial=each.pk == begun,
            hours=WEEK if timed else None,
            then=then,
        )
    position = 0
    for before in rows:
        for after in rows:
            if before.pk == after.pk or after.state not in FOLLOWERS[before.state]:
                continue
            pair = (before.state, after.state)
            usual = before.code in ORDER and after.code in ORDER
            transition.objects.create(
                lifecycle=lifecycle,
                before=before,
                after=after,
                position=position,
                names=names(WORDS.get(pair) or NAMES[after.state]) if usual else {},
                by_client=has_client and pair in BY_CLIENT,
                comment="optional" if pair == ("resolved", "open") else "none",
                comment_is_public=has_client and pair == ("resolved", "open"),
            )
            position += 1


def fill_call_back(apps, lifecycle):
    place, transition = (apps.get_model("workflow", name) for name in ("LifecycleStatus", "Transition"))
    codes = ("new", "processing", "postponed", "processed")
    statuses = {each.code: each for each in apps.get_model("workflow", "Status").objects.filter(code__in=codes)}
    managers = list(apps.get_model("people", "Role").objects.filter(code__in=MANAGERS))
    for position, code in enumerate(codes):
        place.objects.create(
            lifecycle=lifecycle,
            status=statuses[code],
            position=position,
            is_initial=code == "new",
            is_held=code == "processing",
            then=statuses["new"] if code in {"processing", "postponed"} else None,
        )
    for position, (before, after, four, is_for_managers) in enumerate(CALL_BACK):
        row = transition.objects.create(
            lifecycle=lifecycle,
            before=statuses[before],
            after=statuses[after],
            names=names(four),
            position=position,
        )
        if is_for_managers:
            row.roles.set(managers)


class Migration(migrations.Migration):
    """Each type has a lifecycle of its own from the first day on; call-backs are a type of their own (F166-F173)."""

    dependencies = [
        ("workflow", "0003_lifecycles_matrix_and_services"),
        ("people", "0002_default_roles"),
        ("core", "0001_initial"),
    ]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

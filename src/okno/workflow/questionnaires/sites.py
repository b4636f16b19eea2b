"""Sites do not open although their server is up."""

from __future__ import annotations

from okno.fields.rules import Kind
from okno.workflow.questionnaires.writing import (
    YES_NO,
    YES_NO_UNTRIED,
    Questionnaire,
    access,
    ask,
    if_one_of,
    spoken,
)

SITES = Questionnaire(
    "sites-unavailable",
    "icon-[tabler--world-off]",
    spoken(
        (
            "Sites do not open, the server is up",
            "Сайты не открываются, сервер работает",
            "Сайти не відкриваються, сервер працює",
            "Strony się nie otwierają, serwer działa",
        )
    ),
    spoken(
        (
            "The server answers, and one site or all of them do not.",
            "Сервер отвечает, а один сайт или все сайты — нет.",
            "Сервер відповідає, а один сайт або всі сайти — ні.",
            "Serwer odpowiada, a jedna strona lub wszystkie nie.",
        )
    ),
    [
        ask(
            "sites",
            (
                "Which sites do not open?",
                "Какие сайты не открываются?",
                "Які сайти не відкриваються?",
                "Które strony się nie otwierają?",
            ),
            (
                "Full addresses, one in each line.",
                "Полные адреса, по одному в строке.",
                "Повні адреси, по одній у рядку.",
                "Pełne adresy, po jednym w wierszu.",
            ),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "extent",
            (
                "How many of the sites on the server are affected?",
                "Сколько сайтов на сервере затронуто?",
                "Скільки сайтів на сервері це зачіпає?",
                "Ilu stron na serwerze to dotyczy?",
            ),
            kind=Kind.LIST,
            options=[
                ("one", ("One", "Один", "Один", "Jednej")),
                ("some", ("Some", "Несколько", "Кілька", "Kilku")),
                ("all", ("All", "Все", "Усі", "Wszystkich")),
            ],
            required=True,
        ),
        ask(
            "server",
            (
                "Name or IP address of the server",
                "Имя или IP-адрес сервера",
                "Ім'я або IP-адреса сервера",
                "Nazwa lub adres IP serwera",
            ),
        ),
        ask(
            "shown",
            (
                "What do you see instead?",
                "Что видно вместо сайта?",
                "Що видно замість сайту?",
                "Co widać zamiast strony?",
            ),
            kind=Kind.LIST,
            options=[
                (
                    "code",
                    (
                        "A page with an error code (404, 500, 502…)",
                        "Страница с кодом ошибки (404, 500, 502…)",
                        "Сторінка з кодом помилки (404, 500, 502…)",
                        "Strona z kodem błędu (404, 500, 502…)",
                    ),
                ),
                ("blank", ("An empty page", "Пустая страница", "Порожня сторінка", "Pusta strona")),
                (
                    "timeout",
                    (
                        "It loads and never ends",
                        "Загрузка не заканчивается",
                        "Завантаження не закінчується",
                        "Ładuje się bez końca",
                    ),
                ),
                ("name", ("The name is not found", "Имя не найдено", "Ім'я не знайдено", "Nie znaleziono nazwy")),
                (
                    "certificate",
                    (
                        "A warning about the certificate",
                        "Предупреждение о сертификате",
                        "Попередження про сертифікат",
                        "Ostrzeżenie o certyfikacie",
                    ),
                ),
                (
                    "other",
                    (
                        "Another site or a stub page",
                        "Другой сайт или страница-заглушка",
                        "Інший сайт або сторінка-заглушка",
                        "Inna strona lub zaślepka",
                    ),
                ),
            ],
            required=True,
        ),
        ask(
            "error",
            (
                "The text of the error, word for word",
                "Текст ошибки дословно",
                "Текст помилки дослівно",
                "Dosłowny tekst błędu",
            ),
            kind=Kind.TEXT,
            when=if_one_of("shown", "code", "certificate"),
        ),
        ask(
            "domain",
            (
                "Is the domain paid for, and where do its name servers point?",
                "Домен оплачен? Куда указывают его серверы имён?",
                "Домен оплачено? Куди вказують його сервери імен?",
                "Czy domena jest opłacona i dokąd wskazują jej serwery nazw?",
            ),
            when=if_one_of("shown", "name", "other"),
        ),
        ask(
            "elsewhere",
            (
                "Do they open from another internet connection?",
                "Открываются ли через другой интернет?",
                "Чи відкриваються через інший інтернет?",
                "Czy otwierają się przez inne łącze internetowe?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "panel",
            (
                "Does the control panel open?",
                "Открывается ли панель управления?",
                "Чи відкривається панель керування?",
                "Czy panel sterowania się otwiera?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "space",
            (
                "Is there free space on the disk?",
                "Есть ли свободное место на диске?",
                "Чи є вільне місце на диску?",
                "Czy na dysku jest wolne miejsce?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "was-changed",
            (
                "Was anything changed before it began?",
                "Меняли ли что-нибудь перед этим?",
                "Чи змінювали щось перед цим?",
                "Czy coś zmieniano, zanim się zaczęło?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
        ),
        ask(
            "changed",
            ("What, and when?", "Что и когда?", "Що і коли?", "Co i kiedy?"),
            kind=Kind.TEXT,
            required=True,
            when=if_one_of("was-changed", "yes"),
        ),
        access(
            "access",
            (
                "Access to the server or the site",
                "Доступ к серверу или сайту",
                "Доступ до сервера або сайту",
                "Dostęp do serwera lub strony",
            ),
            (
                "Login, password and address, if we may look inside ourselves.",
                "Логин, пароль и адрес, если нам можно зайти самим.",
                "Логін, пароль і адреса, якщо нам можна зайти самим.",
                "Login, hasło i adres, jeśli możemy zajrzeć sami.",
            ),
        ),
    ],
    spoken(
        (
            "Clear the browser's cache or open a private window before you write.",
            "Перед обращением очистите кэш браузера или откройте приватное окно.",
            "Перед зверненням очистіть кеш браузера або відкрийте приватне вікно.",
            "Przed zgłoszeniem warto wyczyścić pamięć przeglądarki lub otworzyć okno prywatne.",
        )
    ),
)

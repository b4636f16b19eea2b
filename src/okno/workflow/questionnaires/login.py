"""Somebody cannot log in."""

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

LOGIN = Questionnaire(
    "cannot-log-in",
    "icon-[tabler--lock-exclamation]",
    spoken(("Cannot log in", "Не удаётся войти", "Не вдається увійти", "Nie można się zalogować")),
    spoken(
        (
            "SSH, FTP, a panel, a database or software refuses the login.",
            "SSH, FTP, панель, база данных или программа не пускает.",
            "SSH, FTP, панель, база даних або програма не пускає.",
            "SSH, FTP, panel, baza danych lub program odmawia zalogowania.",
        )
    ),
    [
        ask(
            "where",
            ("Where do you log in?", "Куда входите?", "Куди входите?", "Gdzie następuje logowanie?"),
            kind=Kind.LIST,
            options=[
                ("ssh", ("SSH", "SSH", "SSH", "SSH")),
                (
                    "desktop",
                    ("Remote desktop", "Удалённый рабочий стол", "Віддалений робочий стіл", "Pulpit zdalny"),
                ),
                ("ftp", ("FTP or SFTP", "FTP или SFTP", "FTP або SFTP", "FTP lub SFTP")),
                ("panel", ("Control panel", "Панель управления", "Панель керування", "Panel sterowania")),
                ("database", ("Database", "База данных", "База даних", "Baza danych")),
                ("mailbox", ("Mailbox", "Почтовый ящик", "Поштова скринька", "Skrzynka pocztowa")),
                ("other", ("Something else", "Другое", "Інше", "Gdzie indziej")),
            ],
            required=True,
        ),
        ask(
            "what",
            ("What exactly is it?", "Что именно?", "Що саме?", "Co dokładnie?"),
            required=True,
            when=if_one_of("where", "other"),
        ),
        ask("host", ("Host or address", "Хост или адрес", "Хост або адреса", "Host lub adres"), required=True),
        ask(
            "port",
            ("Port", "Порт", "Порт", "Port"),
            kind=Kind.NUMBER,
            when=if_one_of("where", "ssh", "desktop", "ftp", "database", "mailbox"),
        ),
        ask(
            "login",
            ("Login", "Логин", "Логін", "Login"),
            (
                "Only the name. A password belongs into the protected field below.",
                "Только имя. Паролю место в защищённом поле ниже.",
                "Лише ім'я. Паролю місце в захищеному полі нижче.",
                "Tylko nazwa. Hasło należy wpisać w chronione pole poniżej.",
            ),
            required=True,
        ),
        ask(
            "error",
            (
                "What does it say, word for word?",
                "Что написано в ответ, дословно?",
                "Що написано у відповідь, дослівно?",
                "Jaki jest dosłowny komunikat?",
            ),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "other-user",
            (
                "Can another user log in?",
                "Может ли войти другой пользователь?",
                "Чи може увійти інший користувач?",
                "Czy inny użytkownik może się zalogować?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "software",
            (
                "With what software, and its version",
                "Через какую программу, её версия",
                "Через яку програму, її версія",
                "Za pomocą jakiego programu i w jakiej wersji",
            ),
        ),
        ask(
            "other-software",
            (
                "Does another client work?",
                "Работает ли другой клиент?",
                "Чи працює інший клієнт?",
                "Czy działa inny klient?",
            ),
            (
                "Another program, browser or computer.",
                "Другая программа, браузер или компьютер.",
                "Інша програма, браузер або комп'ютер.",
                "Inny program, przeglądarka lub komputer.",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "worked",
            ("Did it work before?", "Раньше получалось?", "Раніше вдавалося?", "Czy wcześniej działało?"),
            kind=Kind.LIST,
            options=YES_NO,
        ),
        ask(
            "changed",
            (
                "What was changed since then?",
                "Что с тех пор изменили?",
                "Що відтоді змінили?",
                "Co się od tego czasu zmieniło?",
            ),
            (
                "Passwords, keys, firewall, updates, another place of work.",
                "Пароли, ключи, межсетевой экран, обновления, другое место работы.",
                "Паролі, ключі, мережевий екран, оновлення, інше місце роботи.",
                "Hasła, klucze, zapora, aktualizacje, inne miejsce pracy.",
            ),
            kind=Kind.TEXT,
            when=if_one_of("worked", "yes"),
        ),
        access(
            "access",
            (
                "The login that does not work",
                "Данные для входа, которые не подходят",
                "Дані для входу, які не підходять",
                "Dane logowania, które nie działają",
            ),
            (
                "Login and password, so that we can repeat it. Change the password afterwards.",
                "Логин и пароль, чтобы мы могли повторить. Потом смените пароль.",
                "Логін і пароль, щоб ми могли повторити. Потім змініть пароль.",
                "Login i hasło, abyśmy mogli to powtórzyć. Potem warto zmienić hasło.",
            ),
        ),
    ],
    spoken(
        (
            "Type the password by hand once: what is pasted often carries a space at its end.\nCheck the keyboard layout and Caps Lock.",
            "Один раз наберите пароль вручную: при вставке в конце часто оказывается пробел.\nПроверьте раскладку клавиатуры и Caps Lock.",
            "Один раз наберіть пароль вручну: під час вставляння в кінці часто опиняється пробіл.\nПеревірте розкладку клавіатури й Caps Lock.",
            "Warto raz wpisać hasło ręcznie: przy wklejaniu na końcu często zostaje spacja.\nWarto sprawdzić układ klawiatury i Caps Lock.",
        )
    ),
)

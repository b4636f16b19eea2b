"""Software does not start, and installing what was not there."""

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

LOOK_INSIDE = (
    "Login, password and address, if we may look inside ourselves.",
    "Логин, пароль и адрес, если нам можно зайти самим.",
    "Логін, пароль і адреса, якщо нам можна зайти самим.",
    "Login, hasło i adres, jeśli możemy zajrzeć sami.",
)

SOFTWARE = Questionnaire(
    "software-does-not-start",
    "icon-[tabler--player-stop]",
    spoken(
        (
            "Software does not start",
            "Программа не запускается",
            "Програма не запускається",
            "Program się nie uruchamia",
        )
    ),
    spoken(
        (
            "A service, a script or an application ends at once or never begins.",
            "Служба, скрипт или приложение сразу завершается или не начинает работать.",
            "Служба, скрипт або застосунок одразу завершується чи не починає працювати.",
            "Usługa, skrypt lub aplikacja od razu się kończy albo nie zaczyna działać.",
        )
    ),
    [
        ask(
            "what",
            (
                "What does not start? Name and version",
                "Что не запускается? Название и версия",
                "Що не запускається? Назва й версія",
                "Co się nie uruchamia? Nazwa i wersja",
            ),
            required=True,
        ),
        ask(
            "server",
            (
                "On which server or computer?",
                "На каком сервере или компьютере?",
                "На якому сервері або комп'ютері?",
                "Na którym serwerze lub komputerze?",
            ),
            required=True,
        ),
        ask(
            "how",
            ("How do you start it?", "Как запускаете?", "Як запускаєте?", "W jaki sposób jest uruchamiany?"),
            (
                "The command, the button or the task, in full.",
                "Команда, кнопка или задание полностью.",
                "Команда, кнопка або завдання повністю.",
                "Pełne polecenie, przycisk lub zadanie.",
            ),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "console",
            (
                "Does it start from the console?",
                "Запускается ли из консоли?",
                "Чи запускається з консолі?",
                "Czy uruchamia się z konsoli?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "error",
            (
                "What error does it show, word for word?",
                "Какая ошибка, дословно?",
                "Яка помилка, дослівно?",
                "Jaki jest dosłowny komunikat błędu?",
            ),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "logs",
            (
                "What do the logs say at that moment?",
                "Что в журналах в этот момент?",
                "Що в журналах у цей момент?",
                "Co w tym momencie jest w dziennikach?",
            ),
            (
                "Some lines before and after; attach longer ones as a file.",
                "Несколько строк до и после; длинные приложите файлом.",
                "Кілька рядків до і після; довгі додайте файлом.",
                "Kilka wierszy przed i po; dłuższe można dołączyć jako plik.",
            ),
            kind=Kind.TEXT,
        ),
        ask(
            "worked",
            ("Did it start before?", "Раньше запускалась?", "Раніше запускалася?", "Czy wcześniej się uruchamiał?"),
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
            kind=Kind.TEXT,
            when=if_one_of("worked", "yes"),
        ),
        ask(
            "vendor",
            (
                "Did you write to its vendor?",
                "Обращались ли к разработчику?",
                "Чи зверталися до розробника?",
                "Czy był kontakt z producentem?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
        ),
        ask(
            "vendor-said",
            (
                "What did the vendor answer?",
                "Что ответил разработчик?",
                "Що відповів розробник?",
                "Co odpowiedział producent?",
            ),
            kind=Kind.TEXT,
            when=if_one_of("vendor", "yes"),
        ),
        ask(
            "expected",
            (
                "What should happen when it works?",
                "Что должно происходить, когда всё работает?",
                "Що має відбуватися, коли все працює?",
                "Co powinno się dziać, gdy działa?",
            ),
            kind=Kind.TEXT,
        ),
        access(
            "access",
            ("Access to the server", "Доступ к серверу", "Доступ до сервера", "Dostęp do serwera"),
            LOOK_INSIDE,
        ),
    ],
)

INSTALLING = Questionnaire(
    "installing-software",
    "icon-[tabler--package-import]",
    spoken(
        (
            "Installing extra software",
            "Установка дополнительного ПО",
            "Встановлення додаткового ПЗ",
            "Instalacja dodatkowego oprogramowania",
        )
    ),
    spoken(
        (
            "Something is to be installed, or an installation does not come to its end.",
            "Нужно что-то установить, или установка не доходит до конца.",
            "Потрібно щось установити, або встановлення не доходить до кінця.",
            "Coś ma zostać zainstalowane albo instalacja się nie kończy.",
        )
    ),
    [
        ask(
            "what",
            (
                "What is to be installed? Name and version",
                "Что установить? Название и версия",
                "Що встановити? Назва й версія",
                "Co ma zostać zainstalowane? Nazwa i wersja",
            ),
            required=True,
        ),
        ask(
            "server",
            ("On which server?", "На каком сервере?", "На якому сервері?", "Na którym serwerze?"),
            required=True,
        ),
        ask(
            "purpose",
            (
                "What do you need it for?",
                "Для чего оно нужно?",
                "Для чого воно потрібне?",
                "Do czego jest potrzebne?",
            ),
            kind=Kind.TEXT,
        ),
        ask(
            "requirements",
            (
                "Does the server meet its requirements?",
                "Соответствует ли сервер требованиям?",
                "Чи відповідає сервер вимогам?",
                "Czy serwer spełnia wymagania?",
            ),
            (
                "System, memory, disk, versions of what it stands on.",
                "Система, память, диск, версии того, на чём оно работает.",
                "Система, пам'ять, диск, версії того, на чому воно працює.",
                "System, pamięć, dysk, wersje tego, na czym działa.",
            ),
            kind=Kind.LIST,
            options=[*YES_NO, ("unknown", ("I do not know", "Не знаю", "Не знаю", "Nie wiadomo"))],
            required=True,
        ),
        ask(
            "missing",
            ("What is missing?", "Чего не хватает?", "Чого бракує?", "Czego brakuje?"),
            kind=Kind.TEXT,
            when=if_one_of("requirements", "no"),
        ),
        ask(
            "tried",
            (
                "Have you tried to install it?",
                "Пробовали ли установить?",
                "Чи пробували встановити?",
                "Czy była próba instalacji?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
            required=True,
        ),
        ask(
            "guide",
            ("By which guide?", "По какой инструкции?", "За якою інструкцією?", "Według jakiej instrukcji?"),
            (
                "Its address on the internet.",
                "Её адрес в интернете.",
                "Її адреса в інтернеті.",
                "Jej adres w internecie.",
            ),
        ),
        ask(
            "command",
            (
                "Which command did not work?",
                "На какой команде остановилось?",
                "На якій команді зупинилося?",
                "Które polecenie nie zadziałało?",
            ),
            kind=Kind.TEXT,
            required=True,
            when=if_one_of("tried", "yes"),
        ),
        ask(
            "error",
            (
                "What did it answer, word for word?",
                "Какой был ответ, дословно?",
                "Якою була відповідь, дослівно?",
                "Jaka była dosłowna odpowiedź?",
            ),
            kind=Kind.TEXT,
            required=True,
            when=if_one_of("tried", "yes"),
        ),
        access(
            "access",
            ("Access to the server", "Доступ к серверу", "Доступ до сервера", "Dostęp do serwera"),
            LOOK_INSIDE,
        ),
    ],
)

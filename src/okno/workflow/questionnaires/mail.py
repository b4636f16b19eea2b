"""Mail does not come or does not leave."""

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

MAIL = Questionnaire(
    "mail",
    "icon-[tabler--mail-exclamation]",
    spoken(
        (
            "Mail is not sent or received",
            "Почта не отправляется или не приходит",
            "Пошта не надсилається або не надходить",
            "Poczta nie wychodzi lub nie przychodzi",
        )
    ),
    spoken(
        (
            "Letters do not leave, do not arrive, or come back.",
            "Письма не уходят, не доходят или возвращаются.",
            "Листи не йдуть, не доходять або повертаються.",
            "Listy nie wychodzą, nie docierają lub wracają.",
        )
    ),
    [
        ask(
            "way",
            ("What does not work?", "Что не работает?", "Що не працює?", "Co nie działa?"),
            kind=Kind.MULTIPLE,
            options=[
                ("sending", ("Sending", "Отправка", "Надсилання", "Wysyłanie")),
                ("receiving", ("Receiving", "Получение", "Отримання", "Odbieranie")),
            ],
            required=True,
        ),
        ask(
            "from",
            ("From which box?", "С какого ящика?", "З якої скриньки?", "Z której skrzynki?"),
            (
                "The full address of the sender.",
                "Полный адрес отправителя.",
                "Повна адреса відправника.",
                "Pełny adres nadawcy.",
            ),
            required=True,
        ),
        ask(
            "to",
            ("To which box?", "На какой ящик?", "На яку скриньку?", "Do której skrzynki?"),
            (
                "The full address of the recipient.",
                "Полный адрес получателя.",
                "Повна адреса отримувача.",
                "Pełny adres odbiorcy.",
            ),
            required=True,
        ),
        ask(
            "when",
            (
                "When was such a letter sent?",
                "Когда отправили такое письмо?",
                "Коли надіслали такий лист?",
                "Kiedy wysłano taki list?",
            ),
            (
                "Date, time and time zone: by these we find it in the log.",
                "Дата, время и часовой пояс: по ним мы найдём его в журнале.",
                "Дата, час і часовий пояс: за ними ми знайдемо його в журналі.",
                "Data, godzina i strefa czasowa: po nich znajdziemy go w dzienniku.",
            ),
        ),
        ask(
            "error",
            ("What error is shown?", "Какая ошибка показана?", "Яку помилку показано?", "Jaki błąd się pojawia?"),
            kind=Kind.TEXT,
        ),
        ask(
            "bounce",
            ("Did a letter come back?", "Возвращалось ли письмо?", "Чи повертався лист?", "Czy list wrócił?"),
            kind=Kind.LIST,
            options=YES_NO,
            required=True,
        ),
        ask(
            "bounce-text",
            (
                "The text of the letter that came back",
                "Текст вернувшегося письма",
                "Текст листа, що повернувся",
                "Treść listu zwrotnego",
            ),
            (
                "With its headers; best attach it as a file.",
                "С заголовками; лучше приложите файлом.",
                "Із заголовками; краще додайте файлом.",
                "Z nagłówkami; najlepiej dołączyć jako plik.",
            ),
            kind=Kind.TEXT,
            required=True,
            when=if_one_of("bounce", "yes"),
        ),
        ask(
            "others",
            (
                "Is it so with other boxes too?",
                "С другими ящиками так же?",
                "З іншими скриньками так само?",
                "Czy z innymi skrzynkami jest tak samo?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "by",
            ("How is it sent?", "Чем отправляется?", "Чим надсилається?", "Czym jest wysyłana?"),
            kind=Kind.LIST,
            options=[
                ("client", ("A mail program", "Почтовая программа", "Поштова програма", "Program pocztowy")),
                ("web", ("Mail in the browser", "Почта в браузере", "Пошта в браузері", "Poczta w przeglądarce")),
                ("script", ("A script or a site", "Скрипт или сайт", "Скрипт або сайт", "Skrypt lub strona")),
            ],
        ),
        ask(
            "client",
            (
                "Which program, and its version",
                "Какая программа, её версия",
                "Яка програма, її версія",
                "Jaki program i w jakiej wersji",
            ),
            when=if_one_of("by", "client"),
        ),
        ask(
            "script",
            (
                "Which script, and how does it send?",
                "Какой скрипт и как он отправляет?",
                "Який скрипт і як він надсилає?",
                "Jaki skrypt i jak wysyła?",
            ),
            kind=Kind.TEXT,
            when=if_one_of("by", "script"),
        ),
        ask(
            "worked",
            ("Did it work before?", "Раньше работало?", "Раніше працювало?", "Czy wcześniej działało?"),
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
            "mass",
            (
                "Do you send mass mailings?",
                "Делаете ли массовые рассылки?",
                "Чи робите масові розсилки?",
                "Czy prowadzone są masowe wysyłki?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
            when=if_one_of("way", "sending"),
        ),
        ask(
            "mass-much",
            (
                "To how many recipients, and how often?",
                "Скольким получателям и как часто?",
                "Скільком отримувачам і як часто?",
                "Do ilu odbiorców i jak często?",
            ),
            when=if_one_of("mass", "yes"),
        ),
        access(
            "access",
            (
                "Access to the mailbox",
                "Доступ к почтовому ящику",
                "Доступ до поштової скриньки",
                "Dostęp do skrzynki pocztowej",
            ),
            (
                "Login and password, if we may try it ourselves.",
                "Логин и пароль, если нам можно проверить самим.",
                "Логін і пароль, якщо нам можна перевірити самим.",
                "Login i hasło, jeśli możemy sprawdzić sami.",
            ),
        ),
    ],
    spoken(
        (
            "Look into the junk folder first.\nA full mailbox takes nothing in: check its size.",
            "Сначала проверьте папку со спамом.\nПереполненный ящик ничего не принимает: проверьте его размер.",
            "Спершу перевірте теку зі спамом.\nПереповнена скринька нічого не приймає: перевірте її розмір.",
            "Najpierw warto sprawdzić folder ze spamem.\nPełna skrzynka niczego nie przyjmuje: warto sprawdzić jej rozmiar.",
        )
    ),
)

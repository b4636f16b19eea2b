"""The server does not answer."""

from __future__ import annotations

from okno.fields.rules import Kind
from okno.workflow.questionnaires.writing import (
    YES_NO,
    YES_NO_UNTRIED,
    Questionnaire,
    access,
    ask,
    heading,
    if_one_of,
    spoken,
)

SERVER = Questionnaire(
    "server-unavailable",
    "icon-[tabler--server-off]",
    spoken(("Server is unavailable", "Сервер недоступен", "Сервер недоступний", "Serwer jest niedostępny")),
    spoken(
        (
            "Nothing on the server answers: neither sites nor the panel nor a connection.",
            "На сервере не отвечает ничего: ни сайты, ни панель, ни подключение.",
            "На сервері не відповідає нічого: ні сайти, ні панель, ні підключення.",
            "Na serwerze nic nie odpowiada: ani strony, ani panel, ani połączenie.",
        )
    ),
    [
        ask(
            "server",
            (
                "Name or IP address of the server",
                "Имя или IP-адрес сервера",
                "Ім'я або IP-адреса сервера",
                "Nazwa lub adres IP serwera",
            ),
            required=True,
        ),
        ask(
            "since",
            (
                "Since when is it unavailable?",
                "С какого времени недоступен?",
                "З якого часу недоступний?",
                "Od kiedy jest niedostępny?",
            ),
            (
                "Date, time and time zone.",
                "Дата, время и часовой пояс.",
                "Дата, час і часовий пояс.",
                "Data, godzina i strefa czasowa.",
            ),
        ),
        ask(
            "ping",
            ("Does it answer a ping?", "Отвечает ли на ping?", "Чи відповідає на ping?", "Czy odpowiada na ping?"),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
            required=True,
        ),
        ask(
            "by-ip",
            (
                "Does anything open by the IP address?",
                "Открывается ли что-нибудь по IP-адресу?",
                "Чи відкривається щось за IP-адресою?",
                "Czy cokolwiek otwiera się po adresie IP?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "ways",
            ("What still works?", "Что ещё работает?", "Що ще працює?", "Co jeszcze działa?"),
            (
                "Tick everything through which you can get in.",
                "Отметьте всё, через что удаётся войти.",
                "Позначте все, через що вдається увійти.",
                "Zaznacz wszystko, przez co można wejść.",
            ),
            kind=Kind.MULTIPLE,
            options=[
                ("panel", ("Control panel", "Панель управления", "Панель керування", "Panel sterowania")),
                (
                    "ssh",
                    (
                        "SSH or remote desktop",
                        "SSH или удалённый рабочий стол",
                        "SSH або віддалений робочий стіл",
                        "SSH lub pulpit zdalny",
                    ),
                ),
                ("ftp", ("FTP", "FTP", "FTP", "FTP")),
                ("mail", ("Mail", "Почта", "Пошта", "Poczta")),
            ],
        ),
        ask(
            "elsewhere",
            (
                "Does it open from another internet connection?",
                "Открывается ли через другой интернет?",
                "Чи відкривається через інший інтернет?",
                "Czy otwiera się przez inne łącze internetowe?",
            ),
            (
                "Ask somebody with another provider, or try a mobile phone without Wi-Fi.",
                "Попросите проверить кого-нибудь с другим провайдером или попробуйте с телефона без Wi-Fi.",
                "Попросіть перевірити когось з іншим провайдером або спробуйте з телефона без Wi-Fi.",
                "Można poprosić kogoś z innym dostawcą albo sprawdzić na telefonie bez Wi-Fi.",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
            required=True,
        ),
        ask(
            "own-address",
            ("Your own IP address", "Ваш собственный IP-адрес", "Ваша власна IP-адреса", "Własny adres IP"),
            (
                "If it opens elsewhere, your address may be blocked.",
                "Если в другом месте открывается, ваш адрес мог быть заблокирован.",
                "Якщо в іншому місці відкривається, вашу адресу могло бути заблоковано.",
                "Jeśli gdzie indziej się otwiera, ten adres mógł zostać zablokowany.",
            ),
            when=if_one_of("elsewhere", "yes"),
        ),
        heading("account", ("Account and console", "Счёт и консоль", "Рахунок і консоль", "Konto i konsola")),
        ask(
            "balance",
            (
                "Is the balance positive and the service not stopped?",
                "Баланс положительный, услуга не остановлена?",
                "Баланс додатний, послугу не зупинено?",
                "Czy saldo jest dodatnie, a usługa nie jest wstrzymana?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
            required=True,
        ),
        ask(
            "notice",
            (
                "Was there a notice of a block?",
                "Приходило ли уведомление о блокировке?",
                "Чи приходило повідомлення про блокування?",
                "Czy przyszło powiadomienie o blokadzie?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
        ),
        ask(
            "notice-text",
            ("What does the notice say?", "Что в уведомлении?", "Що в повідомленні?", "Co zawiera powiadomienie?"),
            kind=Kind.TEXT,
            when=if_one_of("notice", "yes"),
        ),
        ask(
            "console",
            (
                "What does the console (VNC) show?",
                "Что видно в консоли (VNC)?",
                "Що видно в консолі (VNC)?",
                "Co widać w konsoli (VNC)?",
            ),
            (
                "The last lines on the screen, or attach a picture of it.",
                "Последние строки на экране; можно приложить снимок.",
                "Останні рядки на екрані; можна додати знімок.",
                "Ostatnie wiersze na ekranie; można dołączyć zrzut.",
            ),
            kind=Kind.TEXT,
        ),
        ask(
            "changed",
            (
                "What was changed on it shortly before?",
                "Что меняли на сервере незадолго до этого?",
                "Що змінювали на сервері незадовго до цього?",
                "Co zmieniano na nim niedługo wcześniej?",
            ),
            kind=Kind.TEXT,
        ),
        access(
            "access",
            ("Access to the server", "Доступ к серверу", "Доступ до сервера", "Dostęp do serwera"),
            (
                "Login, password and port, if we may look inside ourselves.",
                "Логин, пароль и порт, если нам можно зайти самим.",
                "Логін, пароль і порт, якщо нам можна зайти самим.",
                "Login, hasło i port, jeśli możemy zajrzeć sami.",
            ),
        ),
    ],
    spoken(
        (
            "Restart the server from the panel once, if nothing speaks against it.\nOne server, one request: each is then solved sooner.",
            "Перезапустите сервер из панели один раз, если ничто не мешает.\nОдин сервер — одно обращение: так каждое решится быстрее.",
            "Перезапустіть сервер із панелі один раз, якщо ніщо не заважає.\nОдин сервер — одне звернення: так кожне вирішиться швидше.",
            "Można raz uruchomić serwer ponownie z panelu, jeśli nic nie stoi na przeszkodzie.\nJeden serwer, jedno zgłoszenie: tak każde rozwiążemy szybciej.",
        )
    ),
)

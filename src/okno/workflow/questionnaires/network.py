"""The network is slow, loses packets or breaks off."""

from __future__ import annotations

from okno.fields.rules import Kind
from okno.workflow.questionnaires.writing import (
    YES_NO,
    YES_NO_UNTRIED,
    Questionnaire,
    ask,
    heading,
    if_one_of,
    spoken,
)
from okno.workflow.rules import Check, When

NETWORK = Questionnaire(
    "network",
    "icon-[tabler--network]",
    spoken(("Network problems", "Проблемы с сетью", "Проблеми з мережею", "Problemy z siecią")),
    spoken(
        (
            "The connection is slow, loses packets, or breaks off.",
            "Связь медленная, теряет пакеты или обрывается.",
            "Зв'язок повільний, втрачає пакети або обривається.",
            "Połączenie jest wolne, gubi pakiety lub się zrywa.",
        )
    ),
    [
        ask(
            "what",
            ("What do you notice?", "Что наблюдаете?", "Що спостерігаєте?", "Co się dzieje?"),
            kind=Kind.MULTIPLE,
            options=[
                ("slow", ("It is slow", "Медленно", "Повільно", "Jest wolno")),
                ("loss", ("Packets are lost", "Теряются пакеты", "Втрачаються пакети", "Giną pakiety")),
                ("breaks", ("It breaks off", "Обрывается", "Обривається", "Zrywa się")),
                (
                    "nothing",
                    (
                        "There is no connection at all",
                        "Связи нет совсем",
                        "Зв'язку немає зовсім",
                        "W ogóle nie ma połączenia",
                    ),
                ),
            ],
            required=True,
        ),
        ask(
            "server",
            ("IP address of the server", "IP-адрес сервера", "IP-адреса сервера", "Adres IP serwera"),
            required=True,
        ),
        ask(
            "own-address",
            (
                "IP address from which you connect",
                "IP-адрес, с которого подключаетесь",
                "IP-адреса, з якої підключаєтеся",
                "Adres IP, z którego następuje połączenie",
            ),
            required=True,
        ),
        ask(
            "since",
            (
                "Since when, and at what hours?",
                "С какого времени и в какие часы?",
                "З якого часу й у які години?",
                "Od kiedy i w jakich godzinach?",
            ),
        ),
        ask(
            "elsewhere",
            (
                "Is it so with another device or provider?",
                "С другого устройства или провайдера так же?",
                "З іншого пристрою чи провайдера так само?",
                "Czy z innego urządzenia lub u innego dostawcy jest tak samo?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
            required=True,
        ),
        ask(
            "changed-address",
            (
                "Were IP addresses changed of late?",
                "Меняли ли недавно IP-адреса?",
                "Чи змінювали нещодавно IP-адреси?",
                "Czy ostatnio zmieniano adresy IP?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
        ),
        ask(
            "which-address",
            ("Which, and to what?", "Какие и на какие?", "Які й на які?", "Jakie i na jakie?"),
            when=if_one_of("changed-address", "yes"),
        ),
        heading(
            "trace",
            ("Route in both directions", "Маршрут в обе стороны", "Маршрут в обидва боки", "Trasa w obie strony"),
            (
                "Run “mtr -rwc 1000” from you to the server, and from the server to you, at least 1,000 packets each. It takes 3 or 4 minutes. On Windows use WinMTR.",
                "Запустите «mtr -rwc 1000» от себя до сервера и от сервера до себя, не меньше 1000 пакетов в каждую сторону. Это займёт 3–4 минуты. В Windows используйте WinMTR.",
                "Запустіть «mtr -rwc 1000» від себе до сервера й від сервера до себе, щонайменше 1000 пакетів у кожен бік. Це триватиме 3–4 хвилини. У Windows скористайтеся WinMTR.",
                "Należy uruchomić „mtr -rwc 1000” od siebie do serwera i od serwera do siebie, co najmniej 1000 pakietów w każdą stronę. Zajmie to 3–4 minuty. W systemie Windows służy do tego WinMTR.",
            ),
        ),
        ask(
            "there",
            ("From you to the server", "От вас до сервера", "Від вас до сервера", "Od siebie do serwera"),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "back",
            ("From the server to you", "От сервера до вас", "Від сервера до вас", "Od serwera do siebie"),
            kind=Kind.TEXT,
        ),
        ask(
            "not-back",
            (
                "Why is there no trace back?",
                "Почему нет обратной трассировки?",
                "Чому немає зворотного трасування?",
                "Dlaczego nie ma trasy powrotnej?",
            ),
            (
                "For instance: no access to the server.",
                "Например, нет доступа к серверу.",
                "Наприклад, немає доступу до сервера.",
                "Na przykład brak dostępu do serwera.",
            ),
            when=When("back", Check.FILLED, is_not=True),
        ),
    ],
    spoken(
        (
            "Measure while the trouble lasts: an hour later the route shows nothing.\nUse a cable instead of Wi-Fi, if you can.",
            "Измеряйте, пока проблема длится: через час маршрут ничего не покажет.\nПо возможности подключитесь кабелем, а не по Wi-Fi.",
            "Вимірюйте, доки проблема триває: за годину маршрут нічого не покаже.\nЯкщо можна, підключіться кабелем, а не через Wi-Fi.",
            "Najlepiej mierzyć, gdy problem trwa: godzinę później trasa nic nie pokaże.\nW miarę możliwości przez kabel zamiast Wi-Fi.",
        )
    ),
)

"""A part of a site is broken."""

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

ELEMENT = Questionnaire(
    "site-element",
    "icon-[tabler--puzzle-off]",
    spoken(
        (
            "An element of a site does not work",
            "Не работает элемент сайта",
            "Не працює елемент сайту",
            "Nie działa element strony",
        )
    ),
    spoken(
        (
            "The site opens, but a form, a button, a basket or a page of it fails.",
            "Сайт открывается, но форма, кнопка, корзина или страница не работает.",
            "Сайт відкривається, але форма, кнопка, кошик або сторінка не працює.",
            "Strona się otwiera, ale nie działa formularz, przycisk, koszyk lub podstrona.",
        )
    ),
    [
        ask("site", ("Address of the page", "Адрес страницы", "Адреса сторінки", "Adres strony"), required=True),
        ask(
            "function",
            ("What does not work?", "Что не работает?", "Що не працює?", "Co nie działa?"),
            (
                "The button, form or part of the page.",
                "Кнопка, форма или часть страницы.",
                "Кнопка, форма або частина сторінки.",
                "Przycisk, formularz lub część strony.",
            ),
            required=True,
        ),
        ask(
            "steps",
            ("Steps to repeat it", "Шаги, чтобы повторить", "Кроки, щоб повторити", "Kroki, które to powtarzają"),
            (
                "One in each line, from opening the page to the fault.",
                "По одному в строке: от открытия страницы до ошибки.",
                "По одному в рядку: від відкриття сторінки до помилки.",
                "Po jednym w wierszu: od otwarcia strony do błędu.",
            ),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "actual",
            ("What happens?", "Что происходит?", "Що відбувається?", "Co się dzieje?"),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "expected",
            ("What should happen?", "Что должно происходить?", "Що має відбуватися?", "Co powinno się dziać?"),
            kind=Kind.TEXT,
            required=True,
        ),
        ask(
            "browser",
            (
                "Your browser and device",
                "Ваш браузер и устройство",
                "Ваш браузер і пристрій",
                "Przeglądarka i urządzenie",
            ),
        ),
        ask(
            "other-browser",
            (
                "Is it so in another browser or on another device?",
                "В другом браузере или на другом устройстве так же?",
                "В іншому браузері чи на іншому пристрої так само?",
                "Czy w innej przeglądarce lub na innym urządzeniu jest tak samo?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
            required=True,
        ),
        ask(
            "other-provider",
            (
                "Is it so with another provider?",
                "У другого провайдера так же?",
                "В іншого провайдера так само?",
                "Czy u innego dostawcy jest tak samo?",
            ),
            kind=Kind.LIST,
            options=YES_NO_UNTRIED,
        ),
        ask(
            "viruses",
            (
                "Was the site checked for viruses?",
                "Проверяли ли сайт на вирусы?",
                "Чи перевіряли сайт на віруси?",
                "Czy stronę sprawdzono pod kątem wirusów?",
            ),
            kind=Kind.LIST,
            options=YES_NO,
        ),
        ask(
            "virus-found",
            ("What was found?", "Что нашлось?", "Що знайшли?", "Co znaleziono?"),
            kind=Kind.TEXT,
            when=if_one_of("viruses", "yes"),
        ),
        ask(
            "changed",
            (
                "What was changed on the site of late?",
                "Что недавно меняли на сайте?",
                "Що нещодавно змінювали на сайті?",
                "Co ostatnio zmieniano na stronie?",
            ),
            (
                "Updates, plug-ins, templates, code.",
                "Обновления, модули, шаблоны, код.",
                "Оновлення, модулі, шаблони, код.",
                "Aktualizacje, wtyczki, szablony, kod.",
            ),
            kind=Kind.TEXT,
        ),
        access(
            "access",
            ("Access to the site", "Доступ к сайту", "Доступ до сайту", "Dostęp do strony"),
            (
                "Login and password of its administration, if we may look inside ourselves.",
                "Логин и пароль администратора сайта, если нам можно зайти самим.",
                "Логін і пароль адміністратора сайту, якщо нам можна зайти самим.",
                "Login i hasło do administracji stroną, jeśli możemy zajrzeć sami.",
            ),
        ),
    ],
    spoken(
        (
            "A picture of the whole window with its address says more than many words.",
            "Снимок всего окна с адресной строкой скажет больше многих слов.",
            "Знімок усього вікна з адресним рядком скаже більше за багато слів.",
            "Zrzut całego okna z paskiem adresu mówi więcej niż wiele słów.",
        )
    ),
)

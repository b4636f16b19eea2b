"""Tickets of the clients who write in Polish."""

from __future__ import annotations

from okno.tickets.seed.story import Story, answer, assign, client, note, rated, status, watch

STORIES = [
    Story(
        0.1,
        "marta",
        "Ekspres w kawiarni przy Długiej nie grzeje mleka",
        "Dzień dobry,\n\nod rana ekspres w lokalu przy ul. Długiej nie spienia mleka: para leci, ale mleko "
        "pozostaje zimne. Kawę robi normalnie. Proszę o pilną pomoc, dziś mamy komplet rezerwacji.\n\n"
        "Marta Nowak",
        type="incident",
        priority="critical",
        files=("ekspres.png",),
        steps=(
            assign(0.3, "taras", agent="marek", team="second_line"),
            answer(
                0.4,
                "taras",
                "Dzień dobry, Pani Marto,\n\nMarek będzie u Państwa około 11:30 z zapasową dyszą i czujnikiem. "
                "Do tego czasu proszę nie wyłączać ekspresu.",
            ),
            watch(0.5, "olena"),
            client(1.2, "marta", "Dziękuję, czekamy. Wejście dla dostaw jest od podwórka."),
        ),
    ),
    Story(
        0.6,
        "piotr",
        "Paragony drukują się bez logo",
        "Cześć,\n\npo wczorajszej wymianie rolki paragony wychodzą bez logo i z przesuniętym nagłówkiem. "
        "Czy można to ustawić zdalnie?",
        type="incident",
        steps=(assign(0.7, "olena", team="first_line"),),
    ),
    Story(
        1.1,
        "katarzyna",
        "Nie mogę otworzyć wspólnego arkusza kosztów",
        "Dzień dobry, od dziś przy otwieraniu pliku „Koszty 2026” widzę komunikat, że plik jest zablokowany przez "
        "użytkownika, który jest na urlopie. Jutro mamy zamknięcie miesiąca.",
        type="incident",
        priority="high",
        files=("komunikat.png",),
        steps=(
            assign(0.2, "taras", agent="taras", team="first_line"),
            answer(
                0.5,
                "taras",
                "Dzień dobry,\n\nzamknęliśmy zawieszoną sesję na serwerze plików. Proszę spróbować otworzyć arkusz "
                "jeszcze raz i dać znać, czy działa.",
                status="waiting",
            ),
            client(0.9, "katarzyna", "Działa, bardzo dziękuję za szybką reakcję!"),
            answer(1.0, "taras", "Cieszymy się. Zgłoszenie zamykamy.", status="resolved"),
            rated(2.5, "katarzyna", 3),
        ),
    ),
    Story(
        2.8,
        "marta",
        "Nowy lokal od 1 grudnia: internet, kasa, muzyka",
        "Dzień dobry,\n\notwieramy trzeci lokal (ul. Portowa 7). Potrzebujemy łącza, dwóch kas z terminalami, "
        "sieci dla gości i podłączenia głośników. Kiedy moglibyście obejrzeć miejsce?\n\nMarta",
        files=("plan-lokalu.png",),
        steps=(
            assign(1.5, "olena", agent="olena", team="first_line"),
            answer(
                2.0,
                "olena",
                "Dzień dobry, Pani Marto,\n\ngratulacje! Możemy przyjechać w środę o 9:00 albo w czwartek o 14:00. "
                "Prosimy o kontakt do elektryka: gniazda przy kasach najlepiej ustalić przed malowaniem.",
                status="waiting",
            ),
            client(7.5, "marta", "Środa 9:00. Elektryk: pan Zbigniew, numer podam na miejscu."),
            note(
                8.0,
                "olena",
                "Zamówić: 2 kasy, 2 terminale, punkt dostępowy, szafka 6U. Łącze: operator mówi o 14 dniach, więc na "
                "pierwsze dni pożyczamy modem komórkowy.",
            ),
            watch(8.1, "taras"),
        ),
    ),
    Story(
        5.3,
        "katarzyna",
        "Podpis kwalifikowany nie jest widoczny w programie",
        "Po aktualizacji systemu program do deklaracji nie widzi karty z podpisem. Na drugim komputerze wszystko "
        "działa.",
        type="incident",
        priority="high",
        steps=(
            assign(0.3, "taras", team="second_line"),
            assign(0.6, "marek", agent="marek", team="second_line"),
            answer(
                1.0,
                "marek",
                "Dzień dobry,\n\naktualizacja usunęła sterownik czytnika. Zainstalowałem nowy zdalnie. Proszę włożyć "
                "kartę i uruchomić program ponownie.",
                status="waiting",
            ),
            client(1.6, "katarzyna", "Karta jest widoczna, deklaracja wysłana. Dziękuję!"),
            status(1.8, "marek", "resolved"),
            rated(20.0, "katarzyna", 3, "Szybko i bez zbędnych pytań."),
            status(73.0, "marek", "closed"),
        ),
    ),
    Story(
        7.7,
        "piotr",
        "Jak dodać pracownika do grafiku w kasie?",
        "Cześć, przyjęliśmy nową baristkę i nie wiem, jak dodać ją w kasie, żeby mogła otwierać zmianę.",
        type="question",
        priority="low",
        steps=(
            assign(1.0, "taras", agent="taras"),
            answer(
                1.4,
                "taras",
                "Cześć Piotr,\n\nw kasie: Ustawienia → Pracownicy → Dodaj. Imię, czterocyfrowy kod i rola „Obsługa”. "
                "Zmianę może otworzyć od razu po zapisaniu.",
                status="resolved",
            ),
            client(2.0, "piotr", "Działa, dzięki!"),
            status(2.2, "taras", "closed"),
            rated(
                4.0, "piotr", 1, "Pomogło, ale musiałem dzwonić dwa razy i za każdym razem tłumaczyć od początku."
            ),
        ),
    ),
    Story(
        3.6,
        "katarzyna",
        "Prośba o kopię faktury za październik",
        "Dzień dobry, nie mogę znaleźć faktury za październik. Czy mogliby Państwo przesłać ją jeszcze raz?",
        type="request",
        priority="low",
        steps=(
            assign(0.5, "olena", agent="olena"),
            answer(
                0.6,
                "olena",
                "Dzień dobry,\n\nw załączeniu faktura za październik.",
                "faktura-10.pdf",
                status="closed",
            ),
        ),
    ),
]

"""Canned replies of the demo company: title, group, shortcut, language, paragraphs."""

from __future__ import annotations

from okno.tickets.models import CannedReply

REPLIES = [
    ("First answer", "Everyday", "hello", "en", "Hello,\n\nthank you for writing. We are looking at it and come back to you today."),
    ("Ask for a screenshot", "Everyday", "shot", "en", "Could you send us a picture of the screen with the message on it? On Windows: Windows + Shift + S."),
    ("Remote access", "Everyday", "remote", "en", "May we connect to your computer? Please start the remote support program and tell us the number that it shows."),
    ("No answer for three days", "Closing", "quiet", "en", "We have not heard from you for three days and hope that all is well. Answer this letter if it is not, and we go on."),
    ("Solved", "Closing", "done", "en", "This is solved now. If it returns, simply answer this letter."),
    ("Первый ответ", "На каждый день", "привет", "ru", "Здравствуйте!\n\nСпасибо за обращение. Мы уже смотрим, в чём дело, и ответим сегодня."),
    ("Попросить снимок экрана", "На каждый день", "снимок", "ru", "Пришлите, пожалуйста, снимок экрана с сообщением. В Windows: Windows + Shift + S."),
    ("Нужны подробности", "На каждый день", "детали", "ru", "Уточните, пожалуйста: когда это случилось в первый раз, у всех или на одном компьютере, что изменилось накануне?"),
    ("Нет ответа три дня", "Закрытие", "тихо", "ru", "Мы три дня не получали от вас ответа и надеемся, что всё работает. Если нет, просто ответьте на это письмо."),
    ("Решено", "Закрытие", "готово", "ru", "Готово. Если повторится, просто ответьте на это письмо."),
    ("Перша відповідь", "Щоденні", "вітаю", "uk", "Доброго дня!\n\nДякуємо за звернення. Ми вже дивимося, у чому річ, і відповімо сьогодні."),
    ("Попросити знімок екрана", "Щоденні", "знімок", "uk", "Надішліть, будь ласка, знімок екрана з повідомленням. У Windows: Windows + Shift + S."),
    ("Виїзд майстра", "Щоденні", "виїзд", "uk", "Майстер приїде завтра з 9:00 до 11:00. Чи буде хтось на місці?"),
    ("Немає відповіді три дні", "Закриття", "тиша", "uk", "Ми три дні не отримували від вас відповіді й сподіваємося, що все гаразд. Якщо ні, просто дайте відповідь на цей лист."),
    ("Вирішено", "Закриття", "зроблено", "uk", "Зроблено. Якщо повториться, просто дайте відповідь на цей лист."),
    ("Pierwsza odpowiedź", "Na co dzień", "dzień", "pl", "Dzień dobry,\n\ndziękujemy za zgłoszenie. Już sprawdzamy i odezwiemy się dzisiaj."),
    ("Prośba o zrzut ekranu", "Na co dzień", "zrzut", "pl", "Prosimy o zrzut ekranu z komunikatem. W systemie Windows: Windows + Shift + S."),
    ("Zdalne połączenie", "Na co dzień", "zdalnie", "pl", "Czy możemy połączyć się z Państwa komputerem? Prosimy uruchomić program do pomocy zdalnej i podać widoczny numer."),
    ("Brak odpowiedzi od trzech dni", "Zamykanie", "cisza", "pl", "Od trzech dni nie mamy od Państwa wiadomości i mamy nadzieję, że wszystko działa. Jeśli nie, wystarczy odpowiedzieć na ten list."),
    ("Rozwiązane", "Zamykanie", "gotowe", "pl", "Gotowe. Jeśli problem wróci, wystarczy odpowiedzieć na ten list."),
]  # fmt: skip
REASONS = [
    ("Not enough information", "Closing", "en", "Hello $first_name,\n\nwe cannot make anything of this message yet. Please write what you wanted to do, what happened instead, and on which device: answer this letter, and we take it up at once."),
    ("Asked already", "Closing", "en", "Hello $first_name,\n\nwe are already at work on this under another number, so this request is closed. You hear from us there."),
    ("Not our service", "Closing", "en", "Hello $first_name,\n\nthis is not something that we look after. Please turn to whoever provides it; if you think that we are wrong, answer this letter."),
    ("Недостаточно сведений", "Закрытие", "ru", "Здравствуйте!\n\nПо этому сообщению мы пока не можем помочь. Напишите, что вы хотели сделать, что произошло и на каком устройстве: просто ответьте на это письмо, и мы сразу возьмёмся."),
    ("Уже есть обращение", "Закрытие", "ru", "Здравствуйте!\n\nЭтим мы уже занимаемся под другим номером, поэтому это обращение закрыто. Ответ придёт там."),
    ("Не наша услуга", "Закрытие", "ru", "Здравствуйте!\n\nЭтим занимаемся не мы. Обратитесь, пожалуйста, к поставщику услуги; если мы ошиблись, ответьте на это письмо."),
    ("Замало відомостей", "Закриття", "uk", "Доброго дня!\n\nЗа цим повідомленням ми поки не можемо допомогти. Напишіть, що ви хотіли зробити, що сталося і на якому пристрої: просто дайте відповідь на цей лист, і ми одразу візьмемося."),
    ("Звернення вже є", "Закриття", "uk", "Доброго дня!\n\nЦим ми вже займаємося під іншим номером, тому це звернення закрито. Відповідь надійде там."),
    ("Не наша послуга", "Закриття", "uk", "Доброго дня!\n\nЦим займаємося не ми. Зверніться, будь ласка, до постачальника послуги; якщо ми помилилися, дайте відповідь на цей лист."),
    ("Za mało informacji", "Zamykanie", "pl", "Dzień dobry,\n\nna podstawie tej wiadomości nie możemy jeszcze pomóc. Prosimy napisać, co miało zostać zrobione, co się stało i na jakim urządzeniu: wystarczy odpowiedzieć na ten list."),
    ("Zgłoszenie już istnieje", "Zamykanie", "pl", "Dzień dobry,\n\nzajmujemy się tym już pod innym numerem, dlatego to zgłoszenie jest zamknięte. Odpowiedź przyjdzie tam."),
    ("Nie nasza usługa", "Zamykanie", "pl", "Dzień dobry,\n\ntym się nie zajmujemy. Prosimy zwrócić się do dostawcy usługi; jeśli się mylimy, wystarczy odpowiedzieć na ten list."),
]  # fmt: skip
"""Why a request is closed of which nothing can be made (F220): title, group, language, paragraphs."""


def add_canned_replies() -> None:
    """Writes them all, in the four languages."""
    CannedReply.objects.bulk_create(
        CannedReply(title=title, group=group, language=language, html=as_html(text), is_closing=True)
        for title, group, language, text in REASONS
    )
    CannedReply.objects.bulk_create(
        CannedReply(title=title, group=group, shortcut=shortcut, language=language, html=as_html(text))
        for title, group, shortcut, language, text in REPLIES
    )


def as_html(text: str) -> str:
    """Paragraphs of plain text as HTML."""
    from django.utils.html import escape

    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))

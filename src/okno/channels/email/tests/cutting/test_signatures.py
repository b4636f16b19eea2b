"""Signatures go with the quotation; closings that people write stay."""

import pytest

from okno.channels.email.rules.cutting import cut_reply, cut_reply_html

ANSWER = "Good morning,\n\nthe printer works again.\n\nBest regards,\nAnna"
QUOTATION = "On Mon, 3 Nov 2025 at 10:12, Jan Kowal <jan@kowal.example> wrote:\n\n> Please try the other cable."

MOBILE = [
    "Sent from my iPhone",
    "Sent from my iPad",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from my Galaxy",
    "Sent from my Huawei phone",
    "Sent from Xiaomi Redmi Note 12",
    "Sent from my BlackBerry 10 smartphone.",
    "Sent from my Verizon Wireless 4G LTE smartphone",
    "Sent from my mobile device",
    "Sent from Outlook for iOS",
    "Get Outlook for iOS",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android <https://aka.ms/AAb9ysg>",
    "Sent from Yahoo Mail on Android",
    "Sent from Yahoo Mail for iPhone",
    "Sent from Mail for Windows 10",
    "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows",
    "Sent from my Windows Phone",
    "Sent from Proton Mail for iOS",
    "Sent with Proton Mail secure email.",
    "Sent via Superhuman",
    "Sent from Gmail Mobile",
    "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
    "Отправлено с iPhone",
    "Отправлено с моего iPhone",
    "Отправлено с iPad",
    "Отправлено из мобильной Яндекс Почты",
    "Отправлено из мобильной Яндекс.Почты: http://m.ya.ru/ymail",
    "Отправлено из Mail.ru для Android",
    "Отправлено из Почты Mail.ru для iOS",
    "Отправлено из мобильной Почты Mail.ru",
    "Отправлено с моего устройства Samsung Galaxy",
    "Отправлено со смартфона Samsung Galaxy.",
    "Отправлено с моего смартфона Xiaomi",
    "Отправлено из Почты для Windows",
    "Отправлено из приложения Outlook для iOS",
    "Получить Outlook для Android",
    "Надіслано з iPhone",
    "Надіслано з мого iPhone",
    "Надіслано з Yahoo Пошти",
    "Надіслано зі смартфона Samsung Galaxy",
    "Відправлено з мобільного UKR.NET",
    "Отримати Outlook для iOS",
    "Wysłane z iPhone'a",
    "Wysłane z iPhone\u2019a",
    "Wysłane z mojego iPhone'a",
    "Wysłano z iPada",
    "Wysłane z telefonu Samsung Galaxy",
    "Wysłane z aplikacji Poczta dla systemu Windows",
    "Wysłane z aplikacji mobilnej Onet Poczta",
    "Wysłane z Yahoo Mail na Androidzie",
    "Pobierz aplikację Outlook dla systemu iOS",
    "Uzyskaj Outlook dla systemu Android",
    "Von meinem iPhone gesendet",
    "Von meinem iPad gesendet",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Gesendet von meinem Samsung Galaxy Smartphone.",
    "Gesendet von Outlook für Android",
    "Gesendet mit der GMX Mail App",
    "Gesendet mit der WEB.DE Mail App",
    "Outlook für iOS beziehen",
    "Holen Sie sich Outlook für iOS",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Envoyé de mon iPhone",
    "Envoyé depuis mon iPad",
    "Envoyé depuis mon smartphone Samsung Galaxy.",
    "Envoyé à partir de Outlook pour Android",
    "Télécharger Outlook pour iOS",
    "Envoyé depuis l'application Mail Orange",
    "Enviado desde mi iPhone",
    "Enviado desde mi Samsung Galaxy",
    "Enviado desde Outlook para Android",
    "Obtener Outlook para iOS",
    "Enviado do meu iPhone",
    "Enviado do meu smartphone Samsung Galaxy.",
    "Obter o Outlook para iOS",
    "Inviato da iPhone",
    "Inviato dal mio iPad",
    "Inviato da Outlook per Android",
    "Ottieni Outlook per iOS",
    "Inviato da Libero Mail per Android",
    "Verstuurd vanaf mijn iPhone",
    "Verzonden vanaf mijn Samsung Galaxy-smartphone",
    "Outlook voor iOS downloaden",
    "Skickat från min iPhone",
    "Skickat från min Samsung Galaxy-enhet",
    "Hämta Outlook för iOS",
    "Sendt fra min iPhone",
    "Sendt fra Outlook for Android",
    "Hent Outlook til iOS",
    "Lähetetty iPhonesta",
    "Lähetetty Samsung Galaxy -älypuhelimesta",
    "Hanki Outlook iOS:lle",
    "Odesláno z iPhonu",
    "Odesláno z mého zařízení Samsung Galaxy",
    "Získejte Outlook pro iOS",
    "Odoslané z iPhonu",
    "Az iPhone-omról küldve",
    "iPhone-ról küldve",
    "Trimis de pe iPhone-ul meu",
    "Изпратено от моя iPhone",
    "Послато са мог iPhone-а",
    "Poslato sa mog iPhone-a",
    "Poslano s mog iPhonea",
    "Poslano iz mojega iPhona",
    "Στάλθηκε από το iPhone μου",
    "iPhone'umdan gönderildi",
    "iOS için Outlook'u edinin",
    "iPhone-umdan göndərildi",
    "נשלח מה-iPhone שלי",
    "أُرسلت من الـ iPhone",
    "مرسل من هاتف Samsung Galaxy",
    "ارسال شده از iPhone من",
    "iPhoneから送信",
    "Galaxyから送信",
    "iOS 用 Outlook を入手",
    "从我的 iPhone 发送",
    "发自我的iPhone",
    "发自我的华为手机",
    "從我的 iPhone 傳送",
    "获取 Outlook for iOS",
    "나의 iPhone에서 보냄",
    "내 Galaxy에서 보냄",
    "Gửi từ iPhone của tôi",
    "Đã gửi từ iPhone của tôi",
    "ส่งจาก iPhone ของฉัน",
    "Dikirim dari iPhone saya",
    "Išsiųsta iš mano iPhone",
    "Nosūtīts no mana iPhone",
    "Saadetud minu iPhone'ist",
    "Адпраўлена з iPhone",
    "iPhone құрылғысынан жіберілді",
    "გაგზავნილია ჩემი iPhone-დან",
    "Ուղարկված է իմ iPhone-ից",
    "Enviat des de l'iPhone",
]


@pytest.mark.parametrize("line", MOBILE)
def test_telephone_above_the_quotation(line: str) -> None:
    new, quoted = cut_reply(f"{ANSWER}\n\n{line}\n\n{QUOTATION}\n")
    assert new == ANSWER
    assert quoted.startswith(line)


@pytest.mark.parametrize("line", MOBILE)
def test_telephone_at_the_end_of_the_letter(line: str) -> None:
    assert cut_reply(f"{ANSWER}\n\n{line}\n") == (ANSWER, f"{line}\n")
    assert cut_reply(f"{ANSWER}\n{line}") == (ANSWER, line)


@pytest.mark.parametrize("line", MOBILE[::6])
def test_telephone_alone_stays(line: str) -> None:
    assert cut_reply(line) == (line, "")
    forward = f"{line}\n\nBegin forwarded message:\n\n> From: Jan <jan@kowal.example>\n> Subject: Hi\n>\n> Hello\n"
    assert cut_reply(forward) == (forward, "")


@pytest.mark.parametrize("line", MOBILE[::5])
def test_telephone_in_html(line: str) -> None:
    shown = line.replace("<", "&lt;").replace(">", "&gt;")
    new, quoted = cut_reply_html(
        f'<div dir="ltr">It works</div><div><br></div><div>{shown}</div><div class="gmail_quote"><div class="gmail_attr">'
        f'On Monday Jan wrote:</div><blockquote class="gmail_quote">Please try</blockquote></div>'
    )
    assert new == '<div dir="ltr">It works</div>'
    assert "gmail_attr" in quoted


PROSE = [
    "I sent the photo from my iPhone yesterday.",
    "Sent the form from my phone, please check it.",
    "Sent from my desk, which is much easier than typing in the car and everything else I tried this week at all.",
    "Отправлено вчера, прошу проверить.",
    "Das Bild habe ich gestern gesendet",
    "The letter was sent from Gdansk:",
    "Wysłane wczoraj z poczty, proszę o potwierdzenie",
    "Get Outlook for my colleague?",
    "Is it sent from my iPhone?",
]


@pytest.mark.parametrize("line", PROSE)
def test_sentences_stay(line: str) -> None:
    letter = f"{ANSWER}\n\n{line}"
    assert cut_reply(letter) == (letter, "")


SIGNATURES = [
    "-- \nAnna Nowak",
    "--\nAnna Nowak\nACME Ltd.\n+48 58 000 00 00",
    "-- \nС уважением,\nАнна Новак",
    "--\nZ poważaniem\nAnna Nowak",
    "-- \n" + "\n".join(f"line {number}" for number in range(1, 16)),
    "-- \nAnna\n\nThis letter and its attachments are confidential and meant only for the person they are addressed to.",
    "-- \nAnna\nSent from my iPhone",
    "--\u00a0\nAnna",
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_delimited(signature: str) -> None:
    assert cut_reply(f"{ANSWER}\n\n{signature}\n") == (ANSWER, f"{signature}\n")
    new, quoted = cut_reply(f"{ANSWER}\n\n{signature}\n\n{QUOTATION}\n")
    assert new == ANSWER
    assert quoted == f"{signature}\n\n{QUOTATION}\n"
    below, above = cut_reply(f"{QUOTATION}\n\n{ANSWER}\n\n{signature}\n")
    assert below == ANSWER
    assert above == f"{QUOTATION}\n\n{signature}\n"
    again, _ = cut_reply(f"{ANSWER}\n\n{QUOTATION}\n\n{signature}\n")
    assert again == ANSWER


KEPT = [
    "-- \n" + "\n".join(f"line {number}" for number in range(1, 30)),
    "--\nOne more question: does the same cable fit the old printer?",
    "Thanks,\nAnna",
    "С уважением,\nАнна Новак\nООО «Ромашка»",
    "Pozdrawiam\nAnna",
    "--flag is what the program asked for",
    "-Anna",
    "This letter is confidential and meant only for the person it is addressed to.",
]


@pytest.mark.parametrize("ending", KEPT)
def test_stays(ending: str) -> None:
    letter = f"Good morning,\n\nit works.\n\n{ending}"
    assert cut_reply(letter) == (letter, "")


def test_signature_alone_stays() -> None:
    assert cut_reply("-- \nAnna Nowak") == ("-- \nAnna Nowak", "")


def test_footers_of_programs_below_the_quotation() -> None:
    for footer in (
        "Virus-free. www.avast.com",
        "_______________________________________________\nusers mailing list\nusers@lists.example\nhttp://lists.example/listinfo/users",
        "-- \nYou received this message because you are subscribed to the group.\nTo unsubscribe, write to us.",
    ):
        assert cut_reply(f"{ANSWER}\n\n{QUOTATION}\n\n{footer}\n")[0] == ANSWER

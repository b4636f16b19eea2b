"""Whole letters: answers above, below and between, marks of all shapes, the separator."""

import pytest

from okno.channels.email.rules.cutting import SEPARATORS, cut_reply, cut_reply_html, separator_line

LINE = "On Mon, 3 Nov 2025 at 10:12, Jan Kowal <jan@kowal.example> wrote:"

# name: letter, new, quoted
CUT = {
    "greeting above, answer below": (
        f"Hello,\n\n{LINE}\n> Does it work?\n\nYes, it does.\n",
        "Hello,\n\nYes, it does.",
        f"{LINE}\n> Does it work?\n",
    ),
    "the bat answers below": (
        "Здравствуйте, Иван.\n\nВы писали 3 ноября 2025 г., 10:12:34:\n\n> Работает ли принтер?\n\nДа, работает.\n\n-- \nС уважением,\n Анна                          mailto:anna@nowak.example",
        "Здравствуйте, Иван.\n\nДа, работает.",
        "Вы писали 3 ноября 2025 г., 10:12:34:\n\n> Работает ли принтер?\n\n-- \nС уважением,\n Анна                          mailto:anna@nowak.example",
    ),
    "the bat initials": (
        "Здравствуйте, Иван.\n\nВы писали 3 ноября 2025 г., 10:12:34:\n\nИП> Работает ли принтер?\nИП> Жду ответа.\n\nДа, работает.",
        "Здравствуйте, Иван.\n\nДа, работает.",
        "Вы писали 3 ноября 2025 г., 10:12:34:\n\nИП> Работает ли принтер?\nИП> Жду ответа.\n",
    ),
    "initials latin": (
        f"Yes.\n\n{LINE}\n\nJK> Does it work?\nJK>> Does what?\nJK> The printer.",
        "Yes.",
        f"{LINE}\n\nJK> Does it work?\nJK>> Does what?\nJK> The printer.",
    ),
    "names": (
        "Да.\n\nИван Петров пишет:\n\nИван> Работает?\nИван> Жду.",
        "Да.",
        "Иван Петров пишет:\n\nИван> Работает?\nИван> Жду.",
    ),
    "bars": (
        f"Yes.\n\n{LINE}\n| Does it work?\n| Please answer.",
        "Yes.",
        f"{LINE}\n| Does it work?\n| Please answer.",
    ),
    "full-width marks": (
        "はい。\n\n2025年11月3日(月) 10:12 山田 <taro@yamada.example>:\n＞動きますか\n＞返事をください",
        "はい。",
        "2025年11月3日(月) 10:12 山田 <taro@yamada.example>:\n＞動きますか\n＞返事をください",
    ),
    "marks of many depths": (
        f"Yes.\n\n{LINE}\n>> a\n> > b\n>>> c\n> d",
        "Yes.",
        f"{LINE}\n>> a\n> > b\n>>> c\n> d",
    ),
    "escaped marks": (
        f"Yes.\n\n{LINE}\n&gt; Does it work?\n&gt; Please answer.",
        "Yes.",
        f"{LINE}\n&gt; Does it work?\n&gt; Please answer.",
    ),
    "marked attribution": (f"Yes.\n\n> {LINE}\n>\n> Does it work?\n", "Yes.", f"> {LINE}\n>\n> Does it work?\n"),
    "no attribution": (
        "Yes, it does.\n\n> Does it work?\n> Please answer.\n",
        "Yes, it does.",
        "> Does it work?\n> Please answer.\n",
    ),
    "no attribution, below": ("> Does it work?\n\nYes, it does.", "Yes, it does.", "> Does it work?\n"),
    "torn lines": (
        f"Yes.\n\n{LINE}\n> Does the second printer on the first floor by the window work\nagain\n> as it did before? Please answer.",
        "Yes.",
        f"{LINE}\n> Does the second printer on the first floor by the window work\nagain\n> as it did before? Please answer.",
    ),
    "attribution at the end": (f"Yes.\n\n{LINE}\n", "Yes.", f"{LINE}\n"),
    "rule above the attribution": (
        f"Yes.\n\n---\n{LINE}\n> Does it work?",
        "Yes.",
        f"---\n{LINE}\n> Does it work?",
    ),
    "two older letters": (
        f"Yes.\n\n{LINE}\n> Does it work?\n\nFrom: Anna <anna@nowak.example>\nSent: Monday, November 3, 2025 9:00 AM\nTo: Jan\nSubject: Printer\n\nIt is broken.",
        "Yes.",
        f"{LINE}\n> Does it work?\n\nFrom: Anna <anna@nowak.example>\nSent: Monday, November 3, 2025 9:00 AM\nTo: Jan\nSubject: Printer\n\nIt is broken.",
    ),
    "forward ends": (
        'Для сведения.\n\n-------- Пересылаемое сообщение --------\n03.11.2025, 10:12, "Иван" <ivan@petrov.example>:\n\nПривет\n-------- Конец пересылаемого сообщения --------\n\nЖду ответа.',
        "Для сведения.\n\nЖду ответа.",
        '-------- Пересылаемое сообщение --------\n03.11.2025, 10:12, "Иван" <ivan@petrov.example>:\n\nПривет\n-------- Конец пересылаемого сообщения --------\n',
    ),
    "yandex signature": (
        'Да.\n\n-- \nОтправлено из мобильной Яндекс Почты\n\n03.11.2025, 10:12, "Иван" <ivan@petrov.example>:\n\n> Работает?',
        "Да.",
        '-- \nОтправлено из мобильной Яндекс Почты\n\n03.11.2025, 10:12, "Иван" <ivan@petrov.example>:\n\n> Работает?',
    ),
    "mail.ru": (
        "Да.\n\n\n--\nАнна Новак\n\n\nПонедельник, 3 ноября 2025, 10:12 +03:00 от Иван <ivan@petrov.example>:\n\n>Работает?\n>\n>--\n>Иван",
        "Да.",
        "--\nАнна Новак\n\n\nПонедельник, 3 ноября 2025, 10:12 +03:00 от Иван <ivan@petrov.example>:\n\n>Работает?\n>\n>--\n>Иван",
    ),
    "iphone": (
        "Yes\n\nSent from my iPhone\n\n> On 3 Nov 2025, at 10:12, Jan Kowal <jan@kowal.example> wrote:\n> \n> \ufeffDoes it work?\n",
        "Yes",
        "Sent from my iPhone\n\n> On 3 Nov 2025, at 10:12, Jan Kowal <jan@kowal.example> wrote:\n> \n> \ufeffDoes it work?\n",
    ),
    "outlook for telephones": (
        "Yes\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Jan <jan@kowal.example>\nSent: Monday, November 3, 2025 10:12:34 AM\nTo: Anna\nSubject: Printer\n\nDoes it work?",
        "Yes",
        "Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Jan <jan@kowal.example>\nSent: Monday, November 3, 2025 10:12:34 AM\nTo: Anna\nSubject: Printer\n\nDoes it work?",
    ),
    "no-break spaces": (
        "Oui\n\nLe\u00a0lun. 3\u00a0nov. 2025 à\u00a010:12, Jan Kowal <jan@kowal.example> a\u00a0écrit\u00a0:\n\n>\u00a0Ça marche ?",
        "Oui",
        "Le\u00a0lun. 3\u00a0nov. 2025 à\u00a010:12, Jan Kowal <jan@kowal.example> a\u00a0écrit\u00a0:\n\n>\u00a0Ça marche ?",
    ),
    "decomposed letters": (
        "Oui\n\nLe 03/11/2025 à 10:12, Jan Kowal a e\u0301crit :\n> Ça marche ?",
        "Oui",
        "Le 03/11/2025 à 10:12, Jan Kowal a e\u0301crit :\n> Ça marche ?",
    ),
    "opening on a line of its own": (
        "Yes\n\nOn Monday,\n3 November 2025 at 10:12, Jan Kowal\n<jan@kowal.example> wrote:\n> Does it work?",
        "Yes",
        "On Monday,\n3 November 2025 at 10:12, Jan Kowal\n<jan@kowal.example> wrote:\n> Does it work?",
    ),
    "broken address": (
        "Yes\n\nOn Mon, 3 Nov 2025 at 10:12, Jan Kowal <\njan.a.very.long.name.of.a.person@a.very.long.name.of.a.domain.kowal.example>\nwrote:\n\n> Does it work?",
        "Yes",
        "On Mon, 3 Nov 2025 at 10:12, Jan Kowal <\njan.a.very.long.name.of.a.person@a.very.long.name.of.a.domain.kowal.example>\nwrote:\n\n> Does it work?",
    ),
    "interleaved, then nobody answered the rest": (
        f"{LINE}\n> Does it work?\nYes.\n\n> Does the other one?\nNo.\n\n> Thank you.\n> Jan\n",
        f"{LINE}\n> Does it work?\nYes.\n\n> Does the other one?\nNo.",
        "> Thank you.\n> Jan\n",
    ),
    "interleaved, with a signature": (
        f"{LINE}\n> Does it work?\nYes.\n> Does the other one?\nNo.\n\nSent from my iPhone\n",
        f"{LINE}\n> Does it work?\nYes.\n> Does the other one?\nNo.",
        "Sent from my iPhone\n",
    ),
}


@pytest.mark.parametrize("name", CUT)
def test_cut(name: str) -> None:
    letter, new, quoted = CUT[name]
    assert cut_reply(letter) == (new, quoted)


@pytest.mark.parametrize("name", CUT)
def test_line_ends_of_windows(name: str) -> None:
    letter, new, quoted = (part.replace("\n", "\r\n") for part in CUT[name])
    assert cut_reply(letter) == (new, quoted)


@pytest.mark.parametrize("name", CUT)
def test_cutting_again_changes_nothing(name: str) -> None:
    assert cut_reply(CUT[name][1]) == (CUT[name][1], "")


INTERLEAVED = {
    "with attribution": f"{LINE}\n> Does it work?\n\nYes.\n\n> Does the other one?\n\nNo.",
    "with a greeting": f"Hello Jan,\n\n{LINE}\n> Does it work?\nYes.\n> Does the other one?\nNo.\n\nBest regards,\nAnna",
    "without attribution": "> Does it work?\nYes.\n\n> Does the other one?\nNo.",
    "deeper": f"{LINE}\n>> It is broken.\n> Is it?\nYes.\n> Since when?\nSince Monday.",
}


@pytest.mark.parametrize("name", INTERLEAVED)
def test_interleaved_stays_whole(name: str) -> None:
    assert cut_reply(INTERLEAVED[name]) == (INTERLEAVED[name], "")


@pytest.mark.parametrize("language", SEPARATORS)
class TestSeparator:
    """Okno's own line is known in every shape the programs give it."""

    def test_in_an_unknown_introduction(self, language: str) -> None:
        letter = f"It works.\n\nOkno kirjot sul 3/11/25 10:12 <support@okno.example>\n\n{separator_line(language)}\n\nTry it.\n"
        new, quoted = cut_reply(letter)
        assert new == "It works."
        assert quoted.startswith("Okno kirjot")

    def test_alone(self, language: str) -> None:
        new, quoted = cut_reply(f"It works.\n\n{separator_line(language)}\n\nTry it.\n")
        assert new == "It works."
        assert quoted.startswith("##-")

    def test_without_its_marks(self, language: str) -> None:
        assert cut_reply(f"It works.\n\n-- {SEPARATORS[language]} --\n\nTry it.\n")[0] == "It works."

    def test_quoted(self, language: str) -> None:
        letter = f"It works.\n\nOkno blah blah:\n> {separator_line(language)}\n>\n> Try it.\n"
        assert cut_reply(letter)[0] == "It works."

    def test_quoted_and_answered_below(self, language: str) -> None:
        letter = f"{LINE}\n> {separator_line(language)}\n>\n> Try it.\n\nIt works.\n"
        assert cut_reply(letter)[0] == "It works."

    def test_wrapped(self, language: str) -> None:
        first, last = (
            separator_line(language).rsplit(" ", 3)[0],
            " ".join(separator_line(language).rsplit(" ", 3)[1:]),
        )
        assert cut_reply(f"It works.\n\n{first}\n{last}\n\nTry it.\n")[0] == "It works."

    def test_with_no_break_spaces(self, language: str) -> None:
        line = separator_line(language).replace(" ", "\u00a0")
        assert cut_reply(f"It works.\n\n{line}\n\nTry it.\n")[0] == "It works."

    def test_in_html(self, language: str) -> None:
        new, quoted = cut_reply_html(
            f"<div>It works.</div><div>Okno blah 3/11/25 10:12 blah</div><p><span>{separator_line(language)}</span></p><p>Try it.</p>"
        )
        assert new == "<div>It works.</div>"
        assert "Try it." in quoted

    def test_with_nothing_above(self, language: str) -> None:
        letter = f"{separator_line(language)}\n\nTry it.\n"
        assert cut_reply(letter) == (letter, "")


def test_separator_of_another_desk() -> None:
    assert cut_reply("It works.\n\n##- Please type your reply above this line -##\n\nTicket 1")[0] == "It works."


def test_separator_of_an_unknown_language_is_english() -> None:
    assert separator_line("xx") == separator_line("en")

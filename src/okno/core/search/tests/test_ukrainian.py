"""Forms of one Ukrainian word have one stem; different words have different ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.core.search.rules.ukrainian import stem

FORMS = [
    "друкарка друкарки друкарці друкарку друкаркою друкарок друкаркам друкарками друкарках",
    "рахунок рахунку рахунком рахунки рахунків рахунками рахунках",
    "сервер сервера серверу сервером сервері сервери серверів серверами",
    "пароль пароля паролю паролем паролі паролів паролями",
    "помилка помилки помилці помилку помилкою помилок помилками",
    "звіт звіту звітом звіти звітів звітами",
    "допомога допомоги допомозі допомогу допомогою",
    "сторінка сторінці сторінку сторінок сторінками",
    "клієнт клієнта клієнтові клієнтом клієнти клієнтів",
    "повідомлення повідомленню повідомленням повідомлень повідомленнями",
    "користувач користувача користувачу користувачем користувачі користувачів",
    "мережевий мережева мережеве мережевого мережевому мережевим мережеві мережевих мережевими",
    "друкувати друкує друкують друкував друкувала друкували",
    "налаштування налаштувань налаштуванням налаштувати налаштував",
    "вхід входу входом входи",
    "кінець кінця кінцем",
    "можливість можливості можливістю",
]


@pytest.mark.parametrize("forms", FORMS)
def test_forms_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1, {form: stem(form) for form in forms.split()}


def test_words_have_stems_of_their_own() -> None:
    words = [forms.split()[0] for forms in FORMS]
    assert len({stem(word) for word in words}) == len(words)


@given(st.text(alphabet="абвгдеєжзиіїйклмнопрстуфхцчшщьюя", min_size=1, max_size=30))
def test_any_word_keeps_something(word: str) -> None:
    assert stem(word)
    assert len(stem(word)) <= len(word)

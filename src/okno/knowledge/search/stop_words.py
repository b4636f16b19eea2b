"""Words that stand in every request and tell no article from another, in four languages, folded."""

from __future__ import annotations

from okno.core.search.rules import fold

_ENGLISH = """
    the and for are was were with that this from have has had not but you your our out can cannot could
    please help need needs want hello dear thanks thank regards problem problems issue issues question
    does did doing doesn don isn how what when where why who which any all some there here its it's get
    got getting work works working since after before again still just now today yesterday morning will
    would should about into been being
"""
_RUSSIAN = """
    что как это для при или его она они был была были быть есть нет если уже ещё еще все всё вас нас мне
    меня вам нам мой моя наш наша ваш пожалуйста помогите помощь нужно надо нужна хочу здравствуйте
    добрый день спасибо проблема проблемы вопрос почему когда где кто чем так там тут тоже только после
    перед снова опять сейчас сегодня вчера утра утром может можно нельзя могу работает работают работать
    работал очень под над без про
"""
_UKRAINIAN = """
    що як для при або його вона вони був була були бути немає якщо вже ще все вас нас мені мене вам нам
    мій моя наш наша ваш будь ласка допоможіть допомога потрібно треба потрібна хочу вітаю добрий день
    доброго дякую проблема проблеми питання чому коли хто чим так там тут також тільки лише після перед
    знову зараз сьогодні вчора ранку вранці може можна можу працює працюють працювати дуже під над без
    про
"""
_POLISH = """
    nie jest czy dla lub jego ona oni był była było były być jeśli już jeszcze wszystko nas was mnie mój
    moja nasz nasza wasz proszę prosze pomoc pomocy potrzebuję trzeba chcę dzień dobry dziękuję dziekuje
    witam problem problemy pytanie dlaczego kiedy gdzie kto tak tam tutaj też tylko przed znowu teraz
    dzisiaj dziś wczoraj rano może można mogę działa działają działać bardzo pod nad bez się sie oraz
    jak ale
"""

SAYS_NOTHING = frozenset(
    fold(word) for words in (_ENGLISH, _RUSSIAN, _UKRAINIAN, _POLISH) for word in words.split()
)

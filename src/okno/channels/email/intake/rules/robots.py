"""Senders that are no persons, and domains that belong to everybody."""

from __future__ import annotations

import re

_ROBOT = re.compile(
    r"(?:(?:do[._-]?)?not?[._-]?(?:reply|respond|answer)|dont[._-]?reply|nie[._-]?odpowiadaj|ne[._-]?otvechat"
    r"|mailer[._-]?daemon|postmaster|bounces?|listserv|majordomo|notifications?|alerts?|robot|daemon|cron|root)"
    r"(?:[._+=-].*)?",
    re.DOTALL,
)
_TAIL = re.compile(r".{0,80}[._-]no[._-]?reply")

FREE_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com",
        "msn.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "rocketmail.com",
        "icloud.com", "me.com", "mac.com", "aol.com", "proton.me",
        "protonmail.com", "pm.me", "gmx.com", "gmx.net", "gmx.de",
        "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de",
        "mail.com", "zoho.com", "fastmail.com", "tutanota.com", "tuta.io",
        "hey.com", "yandex.ru", "yandex.com", "yandex.ua", "yandex.by",
        "yandex.kz", "ya.ru", "narod.ru", "mail.ru", "bk.ru",
        "list.ru", "inbox.ru", "internet.ru", "rambler.ru", "lenta.ru",
        "autorambler.ru", "myrambler.ru", "ro.ru", "mail.ua", "ukr.net",
        "i.ua", "meta.ua", "bigmir.net", "email.ua", "online.ua",
        "wp.pl", "o2.pl", "onet.pl", "onet.eu", "op.pl",
        "poczta.onet.pl", "interia.pl", "interia.eu", "poczta.fm", "gazeta.pl",
        "tlen.pl", "go2.pl", "vp.pl", "buziaczek.pl", "int.pl",
        "spoko.pl", "autograf.pl", "seznam.cz", "email.cz", "centrum.cz",
        "atlas.cz", "post.cz", "azet.sk", "zoznam.sk", "centrum.sk",
        "tut.by", "abv.bg", "mail.bg", "inbox.lv", "inbox.lt",
        "mail.ee", "freemail.hu", "citromail.hu", "orange.fr", "free.fr",
        "laposte.net", "wanadoo.fr", "sfr.fr", "libero.it", "virgilio.it",
        "tiscali.it", "alice.it", "hotmail.it", "hotmail.fr", "hotmail.de",
        "live.nl", "ziggo.nl", "kpnmail.nl", "telenet.be", "skynet.be",
        "terra.es", "uol.com.br", "bol.com.br", "qq.com", "163.com",
        "126.com", "sina.com", "foxmail.com", "naver.com", "daum.net",
        "rediffmail.com", "comcast.net", "verizon.net", "att.net",
    }
)  # fmt: skip
"""Domains at which anybody has an address: they say nothing about a company."""


def is_robot(address: str) -> bool:
    """Whether nobody reads what is sent to this address."""
    local = address.rpartition("@")[0].lower()
    return bool(_ROBOT.fullmatch(local) or _TAIL.fullmatch(local))


def is_free_mail(domain: str) -> bool:
    """Whether the domain belongs to a provider of mail for everybody, so that no company owns it."""
    return domain.lower() in FREE_MAIL

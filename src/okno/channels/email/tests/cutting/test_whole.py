"""Letters without a quotation stay whole, whatever their text looks like."""

import pytest

from okno.channels.email.rules.cutting import cut_reply, cut_reply_html

LETTERS = {
    "plain": "Good morning,\n\nthe printer is broken.\n\nAnna",
    "one word": "OK",
    "empty": "",
    "blank": "  \n\n \n",
    "bullets": "What we need:\n\n- two cables\n- one screen\n* a mouse\n\nThanks",
    "numbers": "1. open the page\n2. press the button\n3. nothing happens",
    "rule in the middle": "First matter: the printer.\n\n---\n\nSecond matter: the screen.",
    "underscores": "Name: ____________________\nDate: ____________________\n________________________________\n\nPlease sign above.",
    "python session": "I run this:\n\n>>> import okno\n>>> okno.start()\nTraceback (most recent call last):\n  File \"<stdin>\", line 1\nNameError: name 'x' is not defined",
    "python session at the end": "I run this\n\n>>> import okno\n>>> okno.start()",
    "shell continuation": "The command is:\n> npm install\n> npm start",
    "npm": "npm says\n\n> okno@1.0.0 build\n> vite build\n\nvite: command not found\nWhat is wrong?",
    "comparison": "the value must be\n> 5 and\n< 10",
    "sql prompt": "SQL> select * from dual;\nSQL> exit\nand then it hangs",
    "mysql prompt": "mysql> show tables;\nmysql> quit\nWhy is it empty?",
    "menu path": "I open Settings > Mail > Signature\nand press Save.",
    "arrow": "->  go left\n=> go right\nThen?",
    "cited passage": "The manual says\n\n> Turn the key to the left.\n\nbut the key does not turn. What now?",
    "cited after a colon": "In the manual I read:\n\n> Turn the key to the left.\n> Then wait.",
    "from in prose": "From: what I understand, the invoice is wrong.\nTo: be honest, I do not know.",
    "travel": "I would like to book:\n\nFrom: Warsaw\nTo: Berlin\nDate: 3 November 2025\nPassengers: 2\n\nThank you",
    "travel bare": "From: Warsaw\nTo: Berlin\nDate: 3 November 2025\nPassengers: 2",
    "form": "Name: Anna\nCompany: ACME\nPhone: 123\nSubject: printer\n\nIt does not print.",
    "web form": "Имя: Анна\nТелефон: 123\nТема: принтер\nСообщение: не печатает",
    "web form from": "From: Anna Nowak\nSubject: Question about the invoice\n\nMessage: why is it so high?",
    "pasted headers": "Why was this refused? These are the headers:\n\nReceived: from mx.example (mx.example [192.0.2.1])\nFrom: Jan <jan@kowal.example>\nTo: anna@nowak.example\nSubject: Hi\nMessage-ID: <1@kowal.example>\nDate: Mon, 3 Nov 2025 10:12:34 +0100\n\nPlease help.",
    "pasted headers 2": "The suspicious letter had these headers:\nReturn-Path: <bad@evil.example>\nDKIM-Signature: v=1; a=rsa-sha256\nFrom: Bank <bad@evil.example>\nTo: me@nowak.example\nSubject: Urgent\nX-Mailer: Foo\n\nIs it safe?",
    "pasted headers 3": "My filter looks like this:\nFrom: jan@kowal.example\nTo: me@nowak.example\nSubject: report\nIt does not catch anything.",
    "log": "2025-11-03 10:12:34 INFO started\n2025-11-03 10:12:35 ERROR user jan@kowal.example wrote:\n2025-11-03 10:12:36 INFO stopped\nWhat does it mean?",
    "log 2": "Nov  3 10:12:34 mx postfix/smtpd[1]: connect from unknown[192.0.2.1]\nNov  3 10:12:35 mx postfix/qmgr[2]: from=<jan@kowal.example>, size=1\n",
    "wrote in prose": "On Monday John wrote: we should call you. So I call.\n\nPlease answer.",
    "wrote in prose 2": "Yesterday your colleague wrote:\n\nWe shall come on Monday.\n\nNobody came.",
    "wrote in prose ru": "В понедельник ваш инженер писал:\n\nприеду завтра.\n\nНикто не приехал.",
    "wrote in prose pl": "W poniedziałek kolega napisał:\n\nprzyjedziemy jutro.\n\nNikt nie przyjechał.",
    "wrote in a sentence": "On 3 November 2025 at 10:12 I noticed that the device wrote the following messages to its log:\n\nerror 5\nerror 7",
    "times": "The shop was closed on 3 November 2025, 10:12:\n\nnobody opened the door.",
    "contact": "Please call me or write to anna@nowak.example before 10:00 on 3 November 2025:\n\nI am in a hurry.",
    "schedule": "Monday, 3 November 2025, 10:00:\n- meeting\nTuesday, 4 November 2025, 11:00:\n- lunch",
    "table": "| name | price |\n|------|-------|\n| cable | 5 |\n| screen | 100 |",
    "table after a colon": "The prices:\n\n| name | price |\n|------|-------|\n| cable | 5 |",
    "diff": "--- a/file\n+++ b/file\n@@ -1 +1 @@\n-old\n+new",
    "yaml": "---\nname: okno\nfrom: here\nto: there\n---\nis my file right?",
    "certificate": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nIs it valid?",
    "heading": "--- Summary ---\nAll works.\n--- Details ---\nNothing.",
    "markdown": "# Title\n\n**Subject:** printer\n\ntext",
    "html in text": "<html>\n<body>\n> not closed\n</body>",
    "wrapped link": "See the page <https://okno.example/a/very/long/address\n> for more.\nThank you",
    "emoticon": "It works again\n>:-)\nAnna",
    "double dash in the middle": "First\n--\nSecond paragraph is long and goes on.\n\nIs that clear?\n\nThird",
    "address book": "Anna Nowak <anna@nowak.example>:\nplease add her to the list.",
    "questions": "Questions:\n\nRe: cable - when?\nRe: screen - how much?",
    "mentions forward": "Begin forwarded message is what the phone shows. Why?",
    "the word original": "The original message was lost. Please send it again.",
    "dash sentence": "- On Monday - he wrote - nothing came.",
    "invoice": "From 1 Nov to 30 Nov:\nSubject: rent\nTotal: 100",
    "chat": "[10:12] Anna: hello\n[10:13] Jan: hi\n[10:14] Anna: it is broken",
    "chat names": "Anna: hello\nJan: hi\nAnna: it is broken, please come",
    "code arrows": "list.map(x => x.name)\n> is what I typed",
    "xml": "> <note>\n<to>Anna</to>\n<from>Jan</from>",
    "windows prompt": "C:\\Users\\anna> ping okno.example\nPing request could not find host.",
    "only a quotation": "> Please try the other cable.\n> Okno",
    "only a quotation with its attribution": "On Mon, 3 Nov 2025 at 10:12, Jan Kowal <jan@kowal.example> wrote:\n\n> Please try the other cable.\n",
    "only an unmarked quotation": "Am 03.11.2025 um 10:12 schrieb Jan Kowal <jan@kowal.example>:\n\nBitte versuchen Sie es erneut.\n",
    "closing colon": "Please answer the following:\n\nhow much?\nwhen?",
    "nested list": "1) first:\n   > second\n   third",
    "address lines": "To: Anna Nowak\nul. Długa 1\n80-000 Gdańsk",
}


@pytest.mark.parametrize("name", LETTERS)
def test_text_stays_whole(name: str) -> None:
    assert cut_reply(LETTERS[name]) == (LETTERS[name], "")


@pytest.mark.parametrize("name", [name for name in LETTERS if name not in ("html in text", "xml")])
def test_html_stays_whole(name: str) -> None:
    shown = LETTERS[name].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for html in (f"<pre>{shown}</pre>", f"<div>{shown.replace(chr(10), '<br>')}</div>"):
        assert cut_reply_html(html) == (html, "")

"""A second corpus, written from memory of how each program quotes, against the first version of the rules."""

# (name, letter, what is new)
LETTERS = [
    (
        "gmail wrap de",
        "Danke!\n\nViele Grüße\nAnna\n\nAm Mo., 3. Nov. 2025 um 10:12 Uhr schrieb Okno Support <\nsupport@okno.example>:\n\n> Hallo\n",
        "Danke!\n\nViele Grüße\nAnna",
    ),
    (
        "gmail ru wrap",
        "Спасибо!\n\nпн, 3 нояб. 2025 г. в 10:12, Служба поддержки Ромашка <\nsupport@romashka.example>:\n\n> Здравствуйте\n",
        "Спасибо!",
    ),
    (
        "gmail uk wrap",
        "Дякую!\n\nпн, 3 лист. 2025 р. о 10:12 Служба підтримки <support@x.example>\nпише:\n\n> Вітаю\n",
        "Дякую!",
    ),
    (
        "gmail pl wrap",
        "Dziękuję\n\npon., 3 lis 2025 o 10:12 Wsparcie Okno <support@okno.example>\nnapisał(a):\n\n> Witam\n",
        "Dziękuję",
    ),
    ("gmail no blank before", "Thanks\nOn Mon, Nov 3, 2025 at 10:12 AM Jan <j@x.example> wrote:\n> hi", "Thanks"),
    (
        "apple ru ios",
        "Да\n\nОтправлено с iPhone\n\n> 3 нояб. 2025 г., в 10:12, Иван <i@x.example> написал(а):\n> \n> \ufeffПривет\n",
        "Да",
    ),
    (
        "apple de ios",
        "Ja\n\nVon meinem iPhone gesendet\n\n> Am 03.11.2025 um 10:12 schrieb Jan <j@x.example>:\n> \n> hi",
        "Ja",
    ),
    (
        "outlook ru full",
        "Добрый день!\n\nСпасибо, всё заработало.\n\nС уважением,\nАнна Новак\nГлавный бухгалтер\nООО «Ромашка»\nтел. +7 495 000-00-00\n\nFrom: Support <support@okno.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: Анна Новак <a@x.example>\nSubject: Re: [#123] Принтер\n\nЗдравствуйте",
        "Добрый день!\n\nСпасибо, всё заработало.\n\nС уважением,\nАнна Новак\nГлавный бухгалтер\nООО «Ромашка»\nтел. +7 495 000-00-00",
    ),
    (
        "outlook date-line ru",
        "ок\n\nОт: Support [mailto:s@x.example] \nОтправлено: Monday, November 03, 2025 10:12 AM\nКому: Анна\nТема: x\n\nstary",
        "ок",
    ),
    (
        "outlook from only sent",
        "ok\n\nFrom: Support\nSent: 03 November 2025 10:12\nTo: Anna\nCc: Ola; Ewa\nSubject: RE: Printer\nAttachments: a.pdf\n\nold",
        "ok",
    ),
    (
        "outlook bold md",
        "ok\n\n*From:* Support <s@x.example>\n*Sent:* Monday, November 3, 2025 10:12 AM\n*To:* Anna <a@x.example>\n*Subject:* x\n\nold",
        "ok",
    ),
    (
        "thunderbird de",
        "Hallo,\n\nes geht.\n\nAm 03.11.25 um 10:12 schrieb Okno Support:\n> Bitte",
        "Hallo,\n\nes geht.",
    ),
    (
        "thunderbird bottom pl",
        "W dniu 3.11.2025 o 10:12, Okno Support pisze:\n> Czy działa?\n> Pozdrawiam\nTak, działa.\n\nAnna",
        "Tak, działa.\n\nAnna",
    ),
    (
        "yahoo",
        "ok\n\n    On Monday, November 3, 2025 at 10:12:34 AM GMT+1, Jan <j@x.example> wrote:  \n \n Hello\n there",
        "ok",
    ),
    (
        "yahoo pl",
        "ok\n\n    W dniu poniedziałek, 3 listopada 2025 10:12:34 CET użytkownik Jan <j@x.example> napisał:  \n \n Witam",
        "ok",
    ),
    (
        "yahoo es",
        "ok\n\n    El lunes, 3 de noviembre de 2025, 10:12:34 CET, Jan <j@x.example> escribió:  \n \n Hola",
        "ok",
    ),
    (
        "yahoo it",
        "ok\n\n    Il lunedì 3 novembre 2025 alle ore 10:12:34 CET, Jan <j@x.example> ha scritto:  \n \n Ciao",
        "ok",
    ),
    (
        "yahoo pt",
        "ok\n\n    Em segunda-feira, 3 de novembro de 2025 10:12:34 BRT, Jan <j@x.example> escreveu:  \n \n Olá",
        "ok",
    ),
    ("yahoo ro", "ok\n\n    luni, 3 noiembrie 2025 la 10:12:34 EET, Jan <j@x.example> a scris:  \n \n Buna", "ok"),
    (
        "yahoo uk",
        "ok\n\n    понеділок, 3 листопада 2025 р. о 10:12:34 EET, Jan <j@x.example> пише:  \n \n Вітаю",
        "ok",
    ),
    (
        "yahoo ru",
        "ok\n\n    понедельник, 3 ноября 2025 г. в 10:12:34 GMT+3, Jan <j@x.example> написал(-а):  \n \n Привет",
        "ok",
    ),
    (
        "outlook.com es",
        "vale\n\n________________________________\nDe: Jan <j@x.example>\nEnviado: lunes, 3 de noviembre de 2025 10:12\nPara: a@x.example <a@x.example>\nAsunto: x\n\nhola",
        "vale",
    ),
    (
        "zendesk style",
        "It works\n\n##- Please type your reply above this line -##\n\nYour request (123) has been updated",
        "It works",
    ),
    (
        "proton sig",
        "ok\n\nSent with [Proton Mail](https://proton.me/mail/home) secure email.\n\nOn Monday, November 3rd, 2025 at 10:12 AM, Jan <j@x.example> wrote:\n\n> hi",
        "ok",
    ),
    ("airmail", "ok\n\n\nOn 3 November 2025 at 10:12:34, Jan (j@x.example) wrote:\n\nhello there", "ok"),
    (
        "lotus",
        'ok\n\n\n\nFrom:   "Jan" <j@x.example>\nTo:     "Anna" <a@x.example>, \nDate:   03.11.2025 10:12\nSubject:        RE: x\n\n\n\nhello',
        "ok",
    ),
    (
        "lotus inactive",
        "ok\n\nInactive hide details for Jan ---03.11.2025 10:12:34---Hello AnnaJan ---03.11.2025 10:12:34---Hello Anna\n\nFrom: Jan\nTo: Anna\nDate: 03.11.2025 10:12\nSubject: x\n\nhello",
        "ok",
    ),
    ("mutt", "* Jan Kowal (j@x.example) wrote:\n> does it?\n\nyes", "yes"),
    ("emacs", "Jan Kowal <j@x.example> writes:\n\n> does it?\n\nyes", "yes"),
    (
        "mailing list",
        "ok\n\nOn 11/3/25 10:12, Jan via list wrote:\n> x\n\n_______________________________________________\nlist mailing list -- list@x.example\nTo unsubscribe send an email to list-leave@x.example",
        "ok",
    ),
    (
        "fwd with comment",
        "Прошу разобраться.\n\n---------- Forwarded message ---------\nОт: Иван <i@x.example>\nDate: пн, 3 нояб. 2025 г. в 10:12\nSubject: Счёт\nTo: <a@x.example>\n\n\nтекст",
        "Прошу разобраться.",
    ),
    (
        "fwd no dash fr",
        "Voir ci-dessous\n\nDébut du message réexpédié :\n\nDe: Jan <j@x.example>\nObjet: x\nDate: 3 novembre 2025 à 10:12\nÀ: a@x.example\n\nhi",
        "Voir ci-dessous",
    ),
    (
        "see below colon then outlook",
        "Please see the letter below:\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: Anna\nSubject: x\n\nhello",
        "Please see the letter below:",
    ),
    (
        "mail.ru fwd",
        "см.\n\n\n-------- Пересылаемое сообщение --------\nОт: Иван <i@x.example>\nКому: a@x.example\nДата: понедельник, 3 ноября 2025 г., 10:12 +03:00\nТема: x\n\nтекст",
        "см.",
    ),
    ("rambler", "да\n\n03.11.2025, 10:12, Иван <i@x.example> написал(а):\n\nтекст", "да"),
    (
        "ukrnet",
        'так\n\n--- Оригінальне повідомлення ---\nВід кого: "Іван" <i@x.example>\nДата: 3 листопада 2025, 10:12:34\n\nтекст',
        "так",
    ),
    (
        "i.ua",
        "так\n\n--- оригінальне повідомлення ---\nВід: Іван <i@x.example>\nКому: a@x.example\nДата: 3 листопада 2025\n\nтекст",
        "так",
    ),
    ("meta.ua", "так\n\n3 листопада 2025 р., 10:12:34, Іван <i@x.example> написав:\n> текст", "так"),
    (
        "interia pl",
        'tak\n\nOd: "Jan" <j@x.example>\nDo: a@x.example; \nWysłane: 10:12 Poniedziałek 2025-11-03\nTemat: x\n\n> tekst',
        "tak",
    ),
    ("o2", "tak\n\nDnia 3 listopada 2025 10:12 Jan &lt;j@x.example&gt; napisał(a):\n\n> tekst", "tak"),
    ("onet", "tak\n\nW dniu 2025-11-03 10:12:34 użytkownik Jan <j@x.example> napisał:\n> tekst", "tak"),
    (
        "pl outlook",
        "tak\n\n-----Original Message-----\nFrom: Jan [mailto:j@x.example]\nSent: Monday, November 03, 2025 10:12 AM\nTo: a\nSubject: x\n\ntekst",
        "tak",
    ),
    ("tb pl bez przecinka", "tak\n\nW dniu 03.11.2025 10:12, Jan napisał(a):\n> tekst", "tak"),
    (
        "iphone pl",
        "tak\n\nWysłane z iPhone’a\n\n> Wiadomość napisana przez Jan <j@x.example> w dniu 03.11.2025, o godz. 10:12:\n> \n> tekst",
        "tak",
    ),
    (
        "gmail ja",
        "了解しました。\n\n2025年11月3日(月) 10:12 サポート <s@x.example>:\n\n> こんにちは\n",
        "了解しました。",
    ),
    (
        "outlook ja",
        "了解しました。\n\n________________________________\n差出人: サポート <s@x.example>\n送信日時: 2025年11月3日 10:12\n宛先: a\n件名: x\n\nこんにちは",
        "了解しました。",
    ),
    (
        "zh outlook",
        "好的\n\n发件人: 支持 <s@x.example>\n发送时间: 2025年11月3日 10:12\n收件人: a\n主题: x\n\n你好",
        "好的",
    ),
    (
        "qq",
        '好的\n\n\n\n\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人: "支持"<s@x.example>;\n发送时间: 2025年11月3日(星期一) 上午10:12\n收件人: "a"<a@x.example>;\n主题: x\n\n你好',
        "好的",
    ),
    ("163", '好的\n\n\nAt 2025-11-03 10:12:34, "支持" <s@x.example> wrote:\n>你好\n', "好的"),
    ("ko gmail wrap", "네\n\n2025년 11월 3일 (월) 오전 10:12, 지원 <\ns@x.example>님이 작성:\n\n> 안녕\n", "네"),
    (
        "naver",
        '네\n\n-----Original Message-----\nFrom: "지원"<s@x.example>\nTo: a\nCc: \nSent: 2025-11-03 (월) 10:12:34 (GMT+09:00)\nSubject: x\n\n안녕',
        "네",
    ),
    (
        "he",
        "תודה\n\n\u202bבתאריך יום ב׳, 3 בנוב׳ 2025 ב-10:12 מאת \u202aJan\u202c\u200f <\u202a\nj@x.example\u202c\u200f>:\u202c\n\n> שלום",
        "תודה",
    ),
    (
        "ar gmail wrap",
        "شكرا\n\nفي الاثنين، 3 نوفمبر 2025 في 10:12 ص تمت كتابة ما يلي بواسطة \u202aJan\u202c\u200f <\u202a\nj@x.example\u202c\u200f>:\n\n> مرحبا",
        "شكرا",
    ),
    (
        "tr gmail wrap",
        "Tamam\n\nJan Kowal <j@x.example>, 3 Kas 2025 Pzt,\n10:12 tarihinde şunu yazdı:\n\n> Merhaba",
        "Tamam",
    ),
    (
        "hu wrap",
        "Köszönöm\n\nJan Kowal <j@x.example> ezt írta (időpont: 2025. nov. 3.,\nH, 10:12):\n\n> Szia",
        "Köszönöm",
    ),
    ("fi tb", "Kiitos\n\nJan Kowal kirjoitti 3.11.2025 klo 10.12:\n> Hei", "Kiitos"),
    (
        "pt gmail wrap",
        "Obrigado\n\nJan Kowal <j@x.example> escreveu (segunda, 3/11/2025\nà(s) 10:12):\n\n> Olá",
        "Obrigado",
    ),
    (
        "vi outlook",
        "Cảm ơn\n\nTừ: Jan <j@x.example>\nĐã gửi: Thứ Hai, 3 tháng 11, 2025 10:12\nTới: a\nChủ đề: x\n\nchào",
        "Cảm ơn",
    ),
    (
        "inline color",
        "See my answers in red.\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\n\nq1\nA: yes\n",
        "See my answers in red.",
    ),
    (
        "sig outlook de",
        "ok\n\nMit freundlichen Grüßen\nAnna\n\nVon: Jan <j@x.example>\nGesendet: Montag, 3. November 2025 10:12\nAn: A\nBetreff: x\n\nhallo",
        "ok\n\nMit freundlichen Grüßen\nAnna",
    ),
    (
        "disclaimer kept",
        "ok\n\nThis e-mail is confidential.\n\nOn 3.11.2025 10:12, Jan wrote:\n> x",
        "ok\n\nThis e-mail is confidential.",
    ),
    (
        "samsung pl",
        "ok\n\n\nWysłane z mojego Galaxy\n\n\n-------- Oryginalna wiadomość --------\nOd: Jan <j@x.example> \nData: 03.11.2025  10:12  (GMT+01:00) \nDo: a@x.example \nTemat: x \n\nhej",
        "ok",
    ),
    (
        "samsung ru",
        "ок\n\nОтправлено с моего Galaxy\n\n-------- Исходное сообщение --------\nОт: Jan <j@x.example> \nДата: 03.11.2025 10:12 (GMT+03:00) \nКому: a \nТема: x \n\nhej",
        "ок",
    ),
    (
        "samsung uk",
        "ок\n\nНадіслано з пристрою Galaxy\n\n-------- Вихідне повідомлення --------\nВід: Jan <j@x.example> \nДата: 03.11.2025 10:12 (GMT+02:00) \nКому: a \nТема: x \n\nhej",
        "ок",
    ),
    (
        "huawei",
        "ok\n\nSent from my HUAWEI phone\n\n-------- Original Message --------\nSubject: x\nFrom: Jan \nTo: a\nCC: \n\n\nhello",
        "ok",
    ),
    ("mi", "ok\n\n从我的小米手机发送\n\n在 Jan <j@x.example>，2025年11月3日 上午10:12写道：\n\nhi", "ok"),
    (
        "bluemail",
        "ok\n\nGet BlueMail for Android\n\nOn 3 Nov 2025, 10:12, at 10:12, Jan <j@x.example> wrote:\n>hi",
        "ok",
    ),
    (
        "k9 de",
        "ok\n-- \nDiese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.\n\nAm 3. November 2025 10:12:34 MEZ schrieb Jan <j@x.example>:\n>hi",
        "ok",
    ),
    ("k9 ru", "ok\n\n3 ноября 2025 г. 10:12:34 GMT+03:00, Jan <j@x.example> пишет:\n>hi", "ok"),
    (
        "sparrow",
        "ok\n\n-- \nJan\nSent with Sparrow\n\n\nOn Monday, November 3, 2025 at 10:12 AM, Jan wrote:\n\n> hi",
        "ok",
    ),
    (
        "danish from line",
        "Tack\nDen 14 september, 2015 02:23:18, Ola Lind (v@x.example) skrev:\n\nVi kommer i morgon",
        "Tack",
    ),
    (
        "nl heeft",
        "Prima\n\nOp 17-feb.-2015, om 13:18 heeft Ola <j@x.example> het volgende geschreven:\n    \nWij komen morgen",
        "Prima",
    ),
    ("date to only", "Fine\n\nDate: Wed, 16 May 2012 00:15:02 -0600\nTo: k@x.example", "Fine"),
    ("drawn attribution", "Passt\n\n------On 12/29/1987 17:32 PM, Ola Lind wrote-----\n\nBitte warten", "Passt"),
    (
        "wrapped header value",
        "Hi\n\n  *From:* b@x.example [mailto:\n  b@x.example]\n  *Sent:* Wednesday, June 27, 2012 3:05 PM\n  *To:* t@x.example\n  *Subject:* Hello\n\n",
        "Hi",
    ),
    (
        "undecoded comma",
        "Fine\nDate: Fri=2C 28 Sep 2012 10:55:48 +0000\nFrom: t@x.example\nTo: b@x.example\nSubject: [Ticket #8] Test\n\n",
        "Fine",
    ),
    (
        "answers around",
        "It is mended\nOn 04/19/2011 07:10 AM, Ola wrote:\n\n>Is it mended?\n>On 04/19/2011 07:10 AM, Ola wrote:\n>\n>>\n>> Test.\n>>\n>> Ola\n\nRegards, Ola",
        "It is mended\n\nRegards, Ola",
    ),
    ("old gmail nocolon", "Will do\n2011/4/7 Ола Линд <s@x.example>\n\n>  Will you come?", "Will do"),
    (
        "offset without a name",
        'By the way\n\nOn Tue, Jan 27, 2015 at 12:42 PM -0800, "Company" <c@x.example> wrote:\n\nHello Ola,\nany news?\n\nOn Jan 27, 2015, at 11:55 AM, Ewa <m@x.example> wrote:\n\nAny?\n\nSent from Acompli',
        "By the way",
    ),
    ("fwd david", "ok\n\n[Original Message processed by david]\nx\nVon: a\nAn: b\n", "ok"),
    (
        "hubspot ja",
        "はい\n\n---------- メッセージを転送 ---------\n送信元：Jan <j@x.example>\n日付：2025/11/03\n件名：x\n\nhi",
        "はい",
    ),
    ("bg", "Благодаря\n\n На 3.11.25 г. в 10:12, Jan написа:\n> x", "Благодаря"),
    ("quote markers only blank lines", "ok\n\n>\n>\n> x\n>\n", "ok"),
    (
        "many depths",
        "ok 3\n\nOn Mon, Nov 3, 2025 at 10:12 AM A <a@x.example> wrote:\n\n> ok 2\n>\n> On Mon, Nov 3, 2025 at 9:12 AM B <b@x.example> wrote:\n>\n>> ok 1\n",
        "ok 3",
    ),
    (
        "tab indentation",
        "ok\n\n\tFrom:\tJan <j@x.example>\n\tSent:\tMonday 3.11.2025 10:12\n\tTo:\tA\n\tSubject:\tx\n\n\told",
        "ok",
    ),
    (
        "answer then three letters outlook",
        "A3\n\nFrom: B <b@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\n\nA2\n\nFrom: A <a@x.example>\nSent: Monday, November 3, 2025 9:12 AM\nTo: B\nSubject: x\n\nA1",
        "A3",
    ),
    (
        "confidential banner",
        "[EXTERNAL] be careful\n\nIt works\n\nOn 3.11.2025 10:12, Jan wrote:\n> x",
        "[EXTERNAL] be careful\n\nIt works",
    ),
]

# Letters without a quotation.
WHOLE = [
    (
        "form rule",
        "New request from the site\n-----------------\nName: Anna\nEmail: anna@x.example\nPhone: 123\nMessage: It's broken",
    ),
    (
        "form rule date",
        "New request from the site\n-----------------\nName: Anna\nEmail: anna@x.example\nMessage: It's broken",
    ),
    (
        "form from subj",
        "New message from the website\n\nFrom: Anna <a@x.example>\nSubject: printer\n\nIt is broken",
    ),
    (
        "form colon",
        "You have a new message:\n\nFrom: Anna <a@x.example>\nTo: shop@x.example\nSubject: x\nPhone: 12\n\ntext",
    ),
    ("order", "Order 123\n\nFrom: Warehouse 5\nTo: Shop 3\nDate: 3.11.2025 10:12\nItems: 5"),
    (
        "itinerary",
        "Flight:\n\nFrom: Gdansk (GDN)\nTo: Munich (MUC)\nDate: 3 November 2025 10:12\nPassenger: Anna Nowak\n\nPlease change the date.",
    ),
    ("meeting", "Meeting\n\nWhen: Monday, November 3, 2025 10:12 AM\nWhere: Room 5\nSubject: plan\n\nPlease come"),
    ("on date prose", "On Mon, Nov 3, 2025 at 10:12 AM the server stopped.\nWe restarted it."),
    ("on date prose colon", "On 3 November 2025 at 10:12 the server stopped and the log said:\n\nerror 5\n"),
    ("ru date colon", "03.11.2025 10:12 сервер остановился, в журнале написано:\n\nошибка 5"),
    ("ru пишет", "Программа пишет:\n\nОшибка 5"),
    ("ru 2", "При входе 03.11.2025 в 10:12 система пишет: неверный пароль.\nЧто делать?"),
    ("ru 3", "Вчера в 10:12 Иван Петров написал:\n\nприеду завтра\n\nно не приехал"),
    ("list >", "Path: Settings > Account > Mail\n> nothing happens there"),
    ("html code", "My page:\n\n<blockquote>\n> x\n</blockquote>"),
    ("angle", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> branch\nhow do I merge?"),
    ("conflict end", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> branch"),
    ("git diff", "diff:\n\n- old\n+ new\n-- \n2.40.1 is my version?"),
    ("ascii art", ">>>>> IMPORTANT <<<<<\nIt is broken"),
    ("arrows", ">>> Urgent! <<<\n\nThe printer is broken."),
    ("stars", "*****\nImportant\n*****\nThe printer is broken"),
    ("equals", "===================\nReport\n===================\nAll: ok"),
    ("name colon list", "Anna Nowak:\n- a\n- b\nJan Kowal:\n- c"),
    ("email list", "Please add these people:\n\nanna@x.example:\n- admin\njan@x.example:\n- user"),
    ("curl", "$ curl -v https://x.example\n> GET / HTTP/1.1\n> Host: x.example\n>\n< HTTP/1.1 500\n\nWhy?"),
    ("curl end", "$ curl -v https://x.example\n> GET / HTTP/1.1\n> Host: x.example"),
    ("wrote one", "As you wrote:\n\nplease send the invoice\n\nhere it is."),
    ("said", "The operator said:\n\ncall again on Monday."),
    (
        "bounce",
        "I got this back:\n\nThis is the mail system at host mx.example.\n\n<anna@x.example>: host mx.example said: 550 no such user\n\nWhat is wrong?",
    ),
    ("date list", "Dates when it failed:\n03.11.2025 10:12\n04.11.2025 11:12\n05.11.2025 12:12"),
    ("memo then", "Please see our memo.\n\nSubject: Holiday\nDate: Monday\n\nNo work."),
    ("sig only closings", "С уважением,\nИван"),
    ("single gt at end", "the sign >"),
    ("quote in German list", "Punkte:\n» erster\n» zweiter"),
    ("translated", "Q: does it work?\nA: yes"),
    ("ticket copy", "Ticket #5\nStatus: open\nFrom: Anna\nCreated: 3.11.2025 10:12\nSubject: printer\n\nAny news?"),
    ("sms", "SMS from +48 500 000 000 (3.11.2025 10:12):\n\nPlease call me"),
    ("dash sig", "Thanks\n—\nAnna"),
    ("eml log", "Nov 3 10:12:00 From: <a@x.example> To: <b@x.example> Subject: hi - rejected\nWhy?"),
]

# HTML letters: NEW is what the person typed.
HTML = [
    (
        "prewrap",
        '<div style="white-space: pre-wrap">NEW\n\nOn Mon, 3 Nov 2025 at 10:12, Jan &lt;j@x.example&gt; wrote:\n&gt; OLD</div>',
    ),
    ("p gt", "<p>NEW</p><p>On 3.11.2025 10:12, Jan wrote:</p><p>&gt; OLD</p><p>&gt; OLD</p>"),
    (
        "hr from no b",
        "<div>NEW</div><hr/><div>From: Jan &lt;j@x.example&gt;</div><div>Date: Monday, November 3, 2025 at 10:12</div><div>To: A</div><div>Subject: x</div><div>OLD</div>",
    ),
    (
        "table head",
        "<p>NEW</p><hr><table><tr><td><b>From:</b></td><td>Jan &lt;j@x.example&gt;</td></tr><tr><td><b>Sent:</b></td><td>3.11.2025 10:12</td></tr><tr><td><b>To:</b></td><td>A</td></tr><tr><td><b>Subject:</b></td><td>x</td></tr></table><p>OLD</p>",
    ),
    (
        "outlook de span",
        '<div class="WordSection1"><p class="MsoNormal"><span lang="DE">NEW<o:p></o:p></span></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt"><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span>Von:</span></b><span> Jan &lt;j@x.example&gt; <br><b>Gesendet:</b> Montag<br><b>An:</b> A<br><b>Betreff:</b> x<o:p></o:p></span></p></div></div><p class="MsoNormal">OLD</p></div></div>',
    ),
    (
        "gmail x_ adopted outlook",
        '<div>NEW</div><hr><div id="divRplyFwdMsg"><b>From:</b> x</div><div><div class="x_gmail_quote">OLD</div></div>',
    ),
    (
        "yandex reply no addr",
        '<div>NEW</div><div>\xa0</div><div>03.11.2025, 10:12, "Иван Петров":</div><blockquote><div>OLD</div></blockquote>',
    ),
    (
        "yandex new",
        '<div>NEW</div><div>----------------</div><div>Кому: support@x.example;</div><div>Тема: x;</div><div>03.11.2025, 10:12, "Иван" &lt;i@x.example&gt;:</div><blockquote>OLD</blockquote>',
    ),
    (
        "mailru reply2",
        '<div>NEW</div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px">Понедельник, 3 ноября 2025, 10:12 +03:00 от Иван:<br>OLD</blockquote>',
    ),
    (
        "apple ru",
        '<div dir="auto">NEW<br><br><div dir="ltr">Отправлено с iPhone</div><div dir="ltr"><br><blockquote type="cite">3 нояб. 2025 г., в 10:12, Иван &lt;i@x&gt; написал(а):<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">OLD</div></blockquote></div>',
    ),
    (
        "samsung ru",
        '<div dir="auto">NEW</div><div id="composer_signature"><meta><div>Отправлено с моего Galaxy</div></div><div><br></div><div><div>-------- Исходное сообщение --------</div><div>От: Jan &lt;j@x.example&gt;</div><div>Дата: 03.11.2025 10:12</div><div>Кому: a</div><div>Тема: x</div><div><br></div></div>OLD',
    ),
    (
        "comment conds",
        '<!--[if mso]><p>x</p><![endif]--><p>NEW</p><!-- c --><blockquote type="cite">OLD</blockquote>',
    ),
    (
        "b attribution",
        "<p>NEW</p><p><b>On Monday, November 3, 2025 10:12 AM</b>, Jan &lt;j@x.example&gt; wrote:</p><p>OLD</p>",
    ),
    (
        "fwd hr",
        "<p>NEW</p><p>---------- Forwarded message ---------<br>От: <strong>Иван</strong><br>Date: 3<br>Subject: x</p><p>OLD</p>",
    ),
    (
        "from inside font hr size",
        '<font>NEW</font><br><br><hr size=2 width="100%"><font><b>From:</b> Jan<br><b>Sent:</b> Monday, November 3, 2025 10:12 AM<br><b>To:</b> A<br><b>Subject:</b> x</font><br><br>OLD',
    ),
    (
        "interleaved trailing sig",
        '<div>NEW</div><div>--&nbsp;<br>Anna<br>ACME</div><div class="gmail_quote">On Mon wrote:<blockquote class="gmail_quote">OLD</blockquote></div>',
    ),
    ("gmail_quote no bq text", '<div>NEW</div><div class="gmail_quote">On Mon, Jan wrote:<br>OLD</div>'),
    (
        "outlook web ru",
        '<div>NEW</div><div id="Signature"><div>Get <a>Outlook для iOS</a></div></div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>От:</b> x</div>OLD',
    ),
    (
        "reply below outlook quote container",
        '<div id="mail-editor-reference-message-container"><div>OLD</div></div><div>NEW</div>',
    ),
    ("two bq", '<p>NEW</p><blockquote type="cite">OLD</blockquote><br><blockquote type="cite">OLD</blockquote>'),
    (
        "mailspring",
        '<div>NEW</div><signature id="x"></signature><div class="gmail_quote_attribution">On Nov 3 2025, at 10:12 am, Jan wrote:</div><blockquote class="gmail_quote">OLD</blockquote>',
    ),
    (
        "rtl",
        '<div dir="rtl">NEW</div><div class="gmail_quote"><div dir="rtl" class="gmail_attr">\u202bבתאריך יום ב׳, 3 בנוב׳ 2025 ב-10:12 מאת Jan:</div><blockquote class="gmail_quote">OLD</blockquote></div>',
    ),
    (
        "separator cell",
        "<p>NEW</p><p>Am Mo. hat Okno:</p><table><tr><td>##- Please write your reply above this line -##</td></tr><tr><td>OLD</td></tr></table>",
    ),
    (
        "sep quoted bq",
        "<p>NEW</p><p>Okno kirjot 3/11/25 10:12</p><blockquote><p>##- Please write your reply above this line -##</p>OLD</blockquote>",
    ),
]

WHOLE += [
    ("form with titled rules", "--- Name ---\nAnna\n--- Message ---\nIt is broken.\n--- Phone ---\n123"),
    ("form with titled rules ru", "----- Сообщение -----\nНе печатает.\n----- Телефон -----\n123"),
    ("texts of a translator", "----- Original -----\nGuten Tag\n\n----- Translation -----\nGood morning"),
    (
        "contact form with a rule",
        "New request\n--------------------\nName: Anna\nE-mail: anna@x.example\nPhone: 123\nIt is broken",
    ),
]

"""The words that mail programs put around a quotation, in the languages of the world."""

from okno.channels.email.rules.cutting.lines import fold

# "wrote", "writes", "has written": as the programs of each language spell it.
WROTE: dict[str, str] = {
    "en": "wrote writes written said says sent replied",
    "ru": "написала написал написали писала писал писали пишет пишете пишут написано сообщил ответил ответила",
    "uk": "написала написав написали писала писав писали пише пишете пишуть написано повідомив відповів відповіла",
    "be": "напісала напісаў напісалі пісаў пісала піша даслаў",
    "bg": "написа писа пише написали написал написала",
    "sr": "написао написала написа napisao napisala piše",
    "hr": "napisao napisala piše",
    "mk": "напиша напишал",
    "sl": "napisal napisala pisal piše",
    "pl": "napisał napisała napisali napisano napisana pisze pisał pisała nadesłał nadesłała napisal napisala",
    "cs": "napsal napsala napsali píše psal psala",
    "sk": "napísal napísala napísali píše písal",
    "de": "schrieb schrieben schreibt geschrieben",
    "nl": "schreef schrijft geschreven",
    "af": "geskryf skryf",
    "sv": "skrev skriver",
    "da": "skrev skriver skrevet",
    "nn": "skreiv",
    "is": "skrifaði skrifar",
    "fi": "kirjoitti kirjoittaa",
    "et": "kirjutas kirjutanud kirjutab",
    "lv": "rakstīja raksta rakstija",
    "lt": "rašė parašė rašo",
    "hu": "írta írt írja irta",
    "fr": "écrit ecrit écrivait dit",
    "es": "escribió escribio escrito escribía",
    "ca": "escrit escriure escrigué",
    "gl": "escribiu",
    "eu": "idatzi",
    "pt": "escreveu escreveram",
    "it": "scritto scrisse scrive",
    "ro": "scris scrie",
    "el": "έγραψε έγραψαν γράφει",
    "tr": "yazdı yazmış yazdi",
    "az": "yazdı yazıb yazmışdır yazib",
    "kk": "жазды жазған",
    "ky": "жазды",
    "uz": "yozdi ёзди",
    "tt": "язды",
    "ka": "დაწერა წერს მისწერა მოგწერათ დაწერილი",
    "hy": "գրել գրեց գրում",
    "he": "כתב כתבה כתבו מאת",
    "ar": "كتب كتبت كتبه كتابة بواسطة أرسل",
    "fa": "نوشت نوشته نوشته‌است",
    "vi": "viết",
    "id": "menulis wrote",
    "ms": "menulis",
    "tl": "sumulat isinulat",
    "sq": "shkroi shkruar",
    "ga": "scríobh",
    "cy": "ysgrifennodd",
    "eo": "skribis",
    "br": "skrivet",
    "lb": "geschriwwen",
}

# The same in scripts that put no spaces between words.
WROTE_UNSPACED = (
    "写道",
    "寫道",
    "写到",
    "写信",
    "写于",
    "寫於",
    "编写",
    "来信",
    "撰写",
    "發表",
    "作成",
    "書きました",
    "書いた",
    "のメッセージ",
    "のメール",
    "が書き込み",
    "작성",
    "썼습니다",
    "쓴 글",
    "쓰기",
    "씀",
    "보낸 메일",
    "เขียน",
    "សរសេរ",
    "लिखा",
    "লিখেছে",
    "لکھا",
)


# Short words that may stand between the verb and the closing colon.
AFTER_VERB = (
    "the following sie ihnen følgende følgjande följande seuraavaa a а ла la не folgendes il seguente "
    "lo siguiente le je zuen ceci o seguinte следующее следующие наступне таке następująco co następuje u në "
    "this to me мне вам à vous է ը as cho như sau tale ca urmare următoarele alábbiakat takto takole "
    "ovo ово следното το εξής"
)

# Short words that stand between the date and the name, or open the line.
OPENERS = (
    "on at am de del les missatge le"
    " el il em op den w dniu dnia dne dňa v в на у la în pe στις στην στο vào pada på kl um "
    "zo wo in data o date tarihinde בתאריך ב في بتاريخ على در ในวันที่ เมื่อ në ar þann dana u ob día "
    "dia giorno jour від от ад пользователь користувач użytkownik via message dans nel mensaje en "
    "o'clock klo om às à alle las lúc kell dátummal"
)

# How the names of the months begin.
MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec mär mai okt dez janv fév fev avr juin juil aoû "
    "aout déc ene abr ago dic set out gen mag giu lug ott mrt mei maj янв фев мар апр мая май июн июл "
    "авг сен окт ноя дек січ лют бер кві тра чер лип сер вер жов лис гру сту сак кра чэр ліп жні кас "
    "ліс сне sty lut kwi cze lip sie wrz paź lis gru led úno bře dub kvě čer srp zář říj sij velj ožu "
    "tra svi kol ruj stu tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu ian iun "
    "iul márc ápr máj jún júl szept febr oca şub nis haz tem ağu eyl eki kas ara yan iyn iyl avq sen "
    "oky noy ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ sau vas kov bal geg bir lie rugp rugs "
    "spa lap jaan veebr märts juuni juuli dets қаң ақп нау сәу мам мау шіл там қыр қаз қар жел იან თებ "
    "მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ հուն փետ մար ապր մայ օգո սեպ հոկ նոյ դեկ ינו פבר מרץ אפר "
    "מאי יונ יול אוג ספט אוק נוב דצמ בינו בפבר במרץ באפר במאי ביונ ביול באוג בספט באוק בנוב בדצמ ينا "
    "فبر مار أبر مايو يون أغس سبت أكت نوف ديس تشر كان شباط آذار نيس ژان فور آور ژوئ سپت اکت دسا آبان "
    "مهر آذر بهم اسف فرو خرد thg tháng agu des nop"
)

# How the days of the week begin: the evidence of the old and terse attributions.
WEEKDAYS = (
    "mon tue wed thu fri sat sun mont dien mitt donn frei sams sonn lund mard merc jeud vend same dima "
    "lunes mart miér juev vier sáb domi lune giov sabato segu terç quar quin sext пон вто сре чет пят "
    "суб вос вт ср чт пт сб вс пн нед понеділ вівт серед четв п'ят субот неділ poni wtor środ czwa "
    "piąt sobo niedz pond úter stře čtvr páte nedě uto sri čet pet sub nedj mån tis ons tors fre lör "
    "sön man tir lør søn maan dins woen dond vrij zate zond hétf kedd szer csüt pént szom vasá pzt "
    "paza salı çarş perş cuma cmrt lun joi vin sâm dum δευτ τρίτ τετά πέμπ παρα σάββ κυρι thứ tiis "
    "kesk perj lauan sunnun"
)


def _folded(words: str) -> frozenset[str]:
    """The words as they look after a line is folded and lowered."""
    return frozenset(fold(word).casefold() for word in words.split())


VERBS = _folded(" ".join(WROTE.values()))
UNSPACED_VERBS = tuple(fold(word) for word in WROTE_UNSPACED)
FILLERS = _folded(AFTER_VERB)
OPENING_WORDS = _folded(OPENERS)
MONTH_STEMS = _folded(MONTHS)
WEEKDAY_STEMS = _folded(WEEKDAYS)


def begins_with_stem(word: str, stems: frozenset[str]) -> bool:
    """Whether the first letters of a word, two to six of them, are among the stems."""
    return any(word[:size] in stems for size in range(2, min(len(word), 7) + 1))

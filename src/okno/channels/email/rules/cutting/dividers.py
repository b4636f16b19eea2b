"""The lines that programs draw above a quoted or a forwarded letter, and below a forwarded one."""

from okno.channels.email.rules.cutting.lines import fold
from okno.channels.email.rules.cutting.moments import has_moment

_ORIGINAL = """
original message|original email|original mail|original e-mail|original appointment|original letter|
reply message|originalnachricht|original-nachricht|ursprüngliche nachricht|originale nachricht|
ursprüngliche mail|ursprüngliche mitteilung|originalmail|original-mail|ursprüngliche e-mail|
ursprünglicher termin|antwort nachricht|message original|message d'origine|message initial|
courriel original|message d'origine :|mail original|messaggio originale|messaggio originario|
e-mail originale|mensaje original|correo original|mensagem original|e-mail original|
oorspronkelijk bericht|origineel bericht|oorspronkelijke bericht|oorspronkelijke e-mail|
ursprungligt meddelande|ursprungsmeddelande|originalmeddelande|oprindelig meddelelse|oprindelig besked|
opprinnelig melding|opphavleg melding|opprinnelig e-post|original meddelelse|alkuperäinen viesti|
alkuperäinen viesti / orig.msg.|wiadomość oryginalna|oryginalna wiadomość|treść oryginalnej wiadomości|
wiadomość pierwotna|původní zpráva|původní e-mail|původní email|pôvodná správa|
pôvodná správa --- original message|originální zpráva|originálna správa|исходное сообщение|
исходное письмо|оригинальное сообщение|первоначальное сообщение|оригинал сообщения|
исходный текст сообщения|текст исходного сообщения|оригінальне повідомлення|початкове повідомлення|
вихідне повідомлення|оригінал повідомлення|початковий лист|арыгінальнае паведамленне|зыходны ліст|
зыходнае паведамленне|оригинално съобщение|оригинално писмо|оригинална порука|изворна порука|
originalna poruka|izvorna poruka|izvirno sporočilo|prvotno sporočilo|originalno sporočilo|
оригинална порака|eredeti üzenet|eredeti levél|mesaj original|mesajul original|mesajul inițial|
mesaj inițial|αρχικό μήνυμα|orijinal ileti|orijinal mesaj|özgün ileti|orjinal mesaj|özgün mesaj|
asıl ileti|orijinal məktub|originalus laiškas|originalus pranešimas|pradinis laiškas|
pradinis pranešimas|sākotnējais ziņojums|oriģinālais ziņojums|sākotnējā ziņa|algne kiri|algne sõnum|
originaalkiri|originaalsõnum|algsõnum|бастапқы хабар|түпнұсқа хабар|бастапқы хат|საწყისი წერილი|
თავდაპირველი შეტყობინება|ორიგინალი შეტყობინება|օրիգինալ նամակը|սկզբնական հաղորդագրություն|
բնօրինակ հաղորդագրություն|הודעה מקורית|ההודעה המקורית|الرسالة الأصلية|رسالة أصلية|پیام اصلی|پیغام اصلی|
نامه اصلی|元のメッセージ|元のメール|オリジナルメッセージ|原始邮件|原始郵件|原始信件|原邮件|原件|原文|
原始消息|原信|邮件原件|原郵件|원본 메시지|원본메시지|원본 메일|원문 메시지|원본 이메일|thư gốc|
tin nhắn gốc|thư ban đầu|thông báo gốc|ข้อความต้นฉบับ|ข้อความเดิม|ต้นฉบับ|pesan asli|pesan awal|
mesej asal|missatge original|mensaxe orixinal|jatorrizko mezua|mesazhi origjinal|upprunalegur póstur|
upprunaleg skilaboð|oorspronklike boodskap|मूल संदेश|orihinal na mensahe
"""
_FORWARDED = """
forwarded message|forwarded email|forwarded mail|forwarded letter|forward message|
weitergeleitete nachricht|weitergeleitete mail|weitergeleitete e-mail|message transféré|
message transmis|message réexpédié|courriel transféré|mail transféré|messaggio inoltrato|
mensaje reenviado|correo reenviado|mensagem encaminhada|mensagem reencaminhada|doorgestuurd bericht|
doorgestuurde bericht|vidarebefordrat meddelande|vidarebefordrat mejl|videresendt meddelelse|
videresendt besked|videresendt melding|vidaresend melding|edelleenlähetetty viesti|välitetty viesti|
välitetty viesti / fwd.msg|wiadomość przekazana|przekazana wiadomość|wiadomość przesłana dalej|
treść przekazanej wiadomości|wiadomość przekazywana|przesłana wiadomość|přeposlaná zpráva|
přeposlaný e-mail|preposlaná správa|preposlaná správa --- forwarded message|пересылаемое сообщение|
пересланное сообщение|перенаправленное сообщение|переадресованное сообщение|пересылаемое письмо|
пересланное письмо|пересылка|переслане повідомлення|перенаправлене повідомлення|пересланий лист|
повідомлення, що пересилається|перасланае паведамленне|препратено съобщение|препратено писмо|
прослеђена порука|прослијеђена порука|prosleđena poruka|proslijeđena poruka|posredovano sporočilo|
továbbított üzenet|továbbított levél|mesaj redirecționat|mesaj redirectionat|mesaj retrimis|
προωθημένο μήνυμα|iletilmiş mesaj|iletilen ileti|iletilen mesaj|yönlendirilmiş mesaj|
yönləndirilmiş məktub|ötürülmüş mesaj|persiųstas laiškas|persiunčiamas laiškas|persiųstas pranešimas|
pārsūtītais ziņojums|pārsūtīts ziņojums|pārsūtītā ziņa|edastatud kiri|edastatud sõnum|
қайта жіберілген хабар|бағытталған хабар|გადამისამართებული წერილი|გადაგზავნილი შეტყობინება|
փոխանցված հաղորդագրություն|վերահասցեավորված նամակ|הודעה שהועברה|הודעה מועברת|رسالة مُعاد توجيهها|
رسالة معاد توجيهها|رسالة محولة|رسالة مُعادة التوجيه|پیام ارسال‌شده|پیام فوروارد شده|پیام هدایت شده|
転送されたメッセージ|転送メッセージ|メッセージを転送|转发的邮件|转发邮件|转发消息|轉寄的郵件|轉寄郵件|
轉寄信件|已轉寄的郵件|转发邮件信息|전달된 메시지|전달된 메일|전달한 메시지|thư được chuyển tiếp|
thư đã chuyển tiếp|tin nhắn được chuyển tiếp|ข้อความที่ส่งต่อ|pesan terusan|pesan diteruskan|
pesan yang diteruskan|missatge reenviat|mensaxe reenviada|birbidalitako mezua|mesazh i përcjellë|
अग्रेषित संदेश
"""
# Said without any dashes by Apple Mail, MailMate and The Bat!
_BARE = """
begin forwarded message|forwarded message|start of forwarded message|this is a forwarded message|
anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|weitergeleitete nachricht|
début du message réexpédié|début du message transféré|inicio del mensaje reenviado|
inizio messaggio inoltrato|inizio del messaggio inoltrato|início da mensagem encaminhada|
início da mensagem reencaminhada|begin doorgestuurd bericht|vidarebefordrat mejl|vidarebefordrat brev|
start på videresendt besked|start på videresendt meddelelse|videresendt melding|
start på videresendt melding|välitetty viesti alkaa|välitetyn viestin alku|
początek przekazywanej wiadomości|początek przekazanej wiadomości|začátek přeposílané zprávy|
začiatok preposlanej správy|начало переадресованного сообщения|начало пересылаемого сообщения|
начало пересланного сообщения|это пересылаемое сообщение|початок листа, що пересилається|
початок пересланого повідомлення|початок переадресованого повідомлення|початок пересланого листа|
пачатак перасланага ліста|начало на препратено съобщение|започни прослијеђену поруку|
započni proslijeđenu poruku|početak proslijeđene poruke|začetek posredovanega sporočila|
továbbított levél kezdete|începe mesajul redirecționat|începutul mesajului redirecționat|
έναρξη προωθημένου μηνύματος|έναρξη του μηνύματος που προωθήθηκε|iletilmiş mesajın başlangıcı|
ileti başlangıcı|iletilen mesajın başlangıcı|תחילת ההודעה שהועברה|התחלת ההודעה שהועברה|
بداية الرسالة المعاد توجيهها|بداية رسالة تمت إعادة توجيهها|転送されたメッセージ|メッセージの転送を開始|
以下は転送されたメッセージです|开始转发的邮件|下面是被转发的邮件|開始轉寄郵件|以下是轉寄的郵件|
전달된 메시지 시작|전달된 메시지의 시작|bắt đầu thư được chuyển tiếp|bắt đầu thư đã chuyển tiếp|
เริ่มต้นข้อความที่ส่งต่อ|pesan terusan dimulai|mulai pesan terusan|inici del missatge reenviat|
ursprüngliche nachricht|original message processed by david|persiunčiamo laiško pradžia|
edastatud kirja algus|pārsūtītā ziņojuma sākums
"""
_END_BEGINNINGS = """
end of|end forwarded|end original|ende der|fin du|fin del|fine del|fim da|einde van|slut på|slutt på|koniec|konec|
конец|кінець|канец|край на|kraj|vége|sfârșit|τέλος|sonu|loppu|lõpp|pabaiga|beigas|終わり|结束|끝|kết thúc
"""
_WORD_STEMS = """
forward|original|пересыл|пересла|перенапр|weitergeleit|ursprüng|oryginaln|przekaz|transfér|
inoltrat|reenviad|encaminhad
"""

_NOUNS = """
messag|mail|nachricht|сообщен|письм|повідомл|лист|wiadomo|mensa|berich|meddel|melding|viesti|zpráv|správ|mesaj|ileti|poruk
"""


def _phrases(table: str) -> frozenset[str]:
    return frozenset(fold(phrase).casefold() for phrase in table.replace("\n", "").split("|") if phrase)


_DASHED = _phrases(_ORIGINAL) | _phrases(_FORWARDED) | _phrases(_BARE)
_SAID = _phrases(_BARE)
_ENDS = tuple(_phrases(_END_BEGINNINGS))
_NOUN_STEMS = tuple(_phrases(_NOUNS))
_STEMS = tuple(_phrases(_WORD_STEMS))
_DRAWN = "-_=—–*~<>#+8[] "  # The Bat! draws scissors: ===8<===


def _core(text: str) -> tuple[str, int, int]:
    """The words of a drawn line with the number of drawn characters before and after them."""
    core = text.lstrip(_DRAWN)
    before = len(text) - len(core)
    words = core.rstrip(_DRAWN)
    return words, before, len(core) - len(words)


def is_divider(text: str) -> bool:
    """Whether the line announces a quoted or a forwarded letter below it."""
    if not text or len(text) > 200:
        return False
    words, before, after = _core(text)
    phrase = words.rstrip(":.： ").casefold()
    if before < 2:
        return (text[-1] in ":." or len(phrase) > 18) and phrase in _SAID
    if is_end_marker(text):
        return False
    if phrase in _DASHED:
        return before > 2 or after > 1
    # "----- Forwarded by Jan Kowal/ACME on 03.11.2025 10:12 -----", "----- Forwarded message from Jan -----"
    told = "@" in phrase or has_moment(phrase) or any(stem in phrase for stem in _NOUN_STEMS)
    return before > 2 and after > 2 and len(phrase) < 150 and told and any(stem in phrase for stem in _STEMS)


def is_end_marker(text: str) -> bool:
    """Whether the line says that a forwarded letter ends here."""
    if len(text) > 120:
        return False
    words, before, after = _core(text)
    phrase = words.casefold()
    return before > 2 and after > 2 and phrase.startswith(_ENDS)


def is_notes_line(text: str) -> bool:
    """Whether the line is that of Notes: the sender, the moment and the first words, with dashes between."""
    parts = text.split("---", 2)
    return len(parts) == 3 and len(text) < 300 and len(parts[1]) < 40 and has_moment(parts[1])


def is_titled_rule(text: str) -> bool:
    """Whether a few words stand between two drawn rules; a header block below makes it a divider."""
    if len(text) > 120:
        return False
    words, before, after = _core(text)
    return before > 3 and after > 3 and 0 < len(words) < 80

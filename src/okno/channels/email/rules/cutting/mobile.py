"""What telephones and mail programs write below a letter of themselves, in the languages of the world."""

import re

from okno.channels.email.rules.cutting.lines import fold

MOST_WORDS = 18
LONGEST = 160

_BEGINNINGS = """
get bluemail|get outlook|get spark|
sent from|sent via|sent with|sent using|sent by|sent on|sent through|sent securely|get outlook|
download outlook|written from|written on|composed on|typed on|from my iphone|from my ipad|
from my mobile|via my|envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé via|envoyé d'|
envoye de|envoye depuis|télécharger outlook|obtenir outlook|obtenez outlook|téléchargez outlook|
provenance|von meinem|von mein|gesendet von|gesendet mit|gesendet über|gesendet vom|gesendet aus|
gesendet via|diese nachricht wurde von|holen sie sich outlook|outlook für|outlook fur|laden sie outlook|
enviado desde|enviado con|enviado mediante|enviado a través|enviado de|enviado do|enviado com|
enviado pelo|enviado a partir|enviado por|enviado via|enviada do|obtener outlook|obtenga outlook|
descargar outlook|obter o outlook|obtenha o outlook|baixe o outlook|inviato da|inviato dal|inviato con|
inviato tramite|ottieni outlook|scarica outlook|verzonden vanaf|verzonden met|verzonden via|
verzonden vanuit|verzonden van|verstuurd vanaf|verstuurd via|verstuurd met|verstuurd van|outlook voor|
download outlook voor|skickat från|skickades från|skickat med|skickat via|hämta outlook|skaffa outlook|
sendt fra|sendt via|sendt med|hent outlook|få outlook|lähetetty|hanki outlook|hae outlook|wysłane z|
wysłano z|wysłane za|wysłano za|wyslane z|wyslano z|wysłane przez|wiadomość wysłana z|pobierz outlook|
pobierz aplikację outlook|uzyskaj outlook|odesláno z|odesláno ze|odesláno pomocí|odoslané z|odoslané zo|
odoslané pomocou|získejte outlook|stáhnout outlook|získať outlook|prevezmite outlook|отправлено с|
отправлено из|отправлено со|отправлено через|отправлено от|отправлено при помощи|отправлено с помощью|
отправлено мной|отправил из|послано с|послано из|написано с|скачать outlook|скачайте outlook|
получить outlook|загрузить outlook|outlook для|надіслано з|надіслано із|надіслано через|надіслано за|
надіслано від|відправлено з|відправлено із|відправлено через|відправлено за|отримати outlook|
завантажити outlook|адпраўлена з|даслана з|изпратено от|изпратено с|изпратено чрез|изпратен от|
вземете outlook|послато са|послато из|послато с|poslato sa|poslato iz|poslano s|poslano z|poslano sa|
poslano iz|preuzmite outlook|nabavite outlook|elküldve|küldve|az outlook|trimis de|trimis din|
trimis prin|trimis cu|descărcați outlook|obțineți outlook|στάλθηκε|αποστολή|εστάλη|απεστάλη|
αποκτήστε το outlook|λήψη του outlook|ios için outlook|android için outlook|נשלח מ|הורד את outlook|
קבל את outlook|أرسلت من|أُرسلت من|مرسل من|مُرسل من|تم الإرسال من|أرسل من|تم إرسالها من|احصل على outlook|
الحصول على outlook|ارسال شده از|فرستاده شده از|从我的|发自|來自我的|從我的|發自|发送自|使用|寄自|我的|
來自|来自|获取 outlook|取得 outlook|下载 outlook|나의|내|gửi từ|được gửi từ|đã gửi từ|tải outlook|
ส่งจาก|ส่งด้วย|รับ outlook|dikirim dari|dikirim melalui|dikirim menggunakan|dapatkan outlook|
dihantar dari|saadetud|išsiųsta iš|išsiųsta naudojant|siųsta iš|nosūtīts no|sūtīts no|
nosūtīts, izmantojot|iegūt outlook|გაგზავნილია|გამოგზავნილია|ուղարկված է|ուղարկվել է|iphone'umdan|
iphone'dan|göndərildi|enviat des de|enviat amb|iphone қолданбасынан|менің iphone|mənim iphone|
mail for windows|почта для windows|почта mail|из почты|з пошти|blackberry|android cihazımdan|
poslano mojim|poslano preko|sent from mail|sent from outlook|отправлено мобильной|отримайте outlook|
отправлено|bu e-posta|dérobé|eki|senta de
"""
_ENDINGS = """
gesendet|verschickt|geschickt|verzonden|gönderildi|gönderilmiştir|göndərildi|göndərilib|から送信|
より送信|から送信されました|から送信しました|を入手|傳送|发送|發送|发出|發出|寄出|传送|送信|에서 보냄|
에서 보냈습니다|로 보냄|에서 발송|보냈습니다|보냄|жіберілді|жиберилди|küldve|küldtem|lähetetty|
yuborildi|saadetud|으로 전송|에서 전송|beziehen|herunterladen|edinin|alın|다운로드|받기|გაგზავნილია|ից|
çekici|indirin
"""
_DEVICES = """
iphon|ipad|ipod|ios|android|андроид|андроїд|андроід|айфон|айпад|айфону|айфона|samsung|galaxy|huawei|
honor|xiaomi|redmi|poco|oneplus|oppo|vivo|realme|pixel|nokia|motorola|moto|sony|xperia|htc|lg|
blackberry|windows phone|windows mail|windows 10|windows 11|for windows|для windows|für windows|phone|
mobile|mobil|handy|smartphone|smartfon|смартфон|телефон|мобіль|мобиль|komórk|telefon|tablet|планшет|
teléfono|móvil|celular|telemóvel|téléphone|portable|cellulare|telefono|puhelim|outlook|yahoo|gmail|
googlemail|mail.ru|почты|почта|пошти|пошта|poczt|яндекс|yandex|ukr.net|proton|tutanota|tuta|spark|
superhuman|hey|airmail|mailspring|missive|bluemail|blue mail|k-9|k9|fairemail|thunderbird|canary|newton|
edison|aqua mail|aquamail|mymail|nine|typeapp|boxer|spike|shift|front|zoho|gmx|web.de|freenet|t-online|
orange|laposte|sfr|bbox|vodafone|verizon|t-mobile|at&t|mail app|mail for|apple|watch|手机|手機|電話|
智能|小米|华为|華為|三星|邮箱|郵箱|网易|qq|新浪|foxmail|휴대폰|스마트폰|아이폰|갤럭시|네이버|다음|携帯|
スマートフォン|スマホ|приложени|додатк|aplikacj|aplicación|app|เครื่อง|điện thoại|ponsel|telefonum|
מכשיר|טלפון|הטלפון|هاتف|جهاز|جوال|گوشی|تلفن|κινητό|τηλέφωνο|seznam|email.cz|centrum|wp|onet|interia|o2|
poczta|libero|virgilio|tiscali|alice|uol|bol|terra|dispositivo|device|gerät|appareil|apparaat|enhet|
enhed|urządze|zařízen|устройств|пристро|устройство|уређај|ierīc|seade|įrengin|cihaz|készülék
"""
_SCANNER_NOTES = """
avast.com|avg.com|virus-free|без вирусов|без вірусів|вірусів немає|вирусов нет|wolny od wirusów|wolna od wirusów|
nie zawiera wirusów|virenfrei|libre de virus|sans virus|senza virus|livre de vírus|virusvrij|virusfri|bez virů|
bez vírusov|проверено на вирусы|проверено антивирусом|this email has been checked for viruses|vírusmentes|virüssüz|
bez virusa|fără viruși|virusvapaa
"""
_LINK = re.compile(r"[<(\[](?:https?|mailto):[^<>()\[\]\s]{0,300}[>)\]]|https?://\S{1,300}")


def _phrases(table: str) -> tuple[str, ...]:
    return tuple(fold(phrase).casefold() for phrase in table.replace("\n", "").split("|") if phrase)


BEGINNINGS, ENDINGS, DEVICES = _phrases(_BEGINNINGS), _phrases(_ENDINGS), _phrases(_DEVICES)
_SCANNERS = _phrases(_SCANNER_NOTES)
_FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|je|ich|yo|eu|io|ik|jag|jeg|ja|я|ми|мы|we|wir|yesterday|вчера|вчора|wczoraj|please|прошу|proszę)\b"
)


def is_mobile(text: str) -> bool:
    """Whether the line is what a telephone or a mail program signs with."""
    if not text or len(text) > LONGEST + 300:
        return False
    plain = _LINK.sub("", text).strip(" .:!*_-–—~|()[]<>\"'«»„“”【】").casefold()
    if len(plain) > LONGEST or plain.count(" ") >= MOST_WORDS or text.rstrip().endswith((":", "?")):
        return False
    if not (plain.startswith(BEGINNINGS) or plain.endswith(ENDINGS)):
        return False
    first_sentence = plain.split(". ", 1)[0]
    return any(device in plain for device in DEVICES) and not _FIRST_PERSON.search(first_sentence)


def is_scanner_note(text: str) -> bool:
    """Whether the line is the note of a virus scanner."""
    low = text[:200].casefold()
    return len(text) < 250 and any(
        low.startswith(note) or (note[-4:] == ".com" and note in low) for note in _SCANNERS
    )

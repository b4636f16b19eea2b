"""The names of the header fields above a quoted or forwarded letter, in the languages of the world."""

from enum import Enum

from okno.channels.email.rules.cutting.lines import fold


class Field(Enum):
    """What a header line of a quoted letter tells."""

    SENDER = "from"
    SENT = "sent"
    RECIPIENT = "to"
    COPY = "cc"
    SUBJECT = "subject"
    OTHER = "other"
    TECHNICAL = "technical"


_SENDER = """
from|sender|von|absender|de|expéditeur|expediteur|émetteur|da|mittente|van|afzender|från|avsändare|fra|
avsender|afsender|lähettäjä|od|nadawca|od kogo|odesílatel|odosielateľ|remitente|remetente|от|от кого|
отправитель|від|від кого|відправник|ад|ад каго|адпраўнік|од|пошиљалац|pošiljatelj|šalje|šalje od|poslao|
pošiljalac|подател|изпращач|feladó|küldő|de la|expeditor|expeditorul|expeditorul mesajului|kimden|
gönderen|göndərən|kimdən|кімнен|жіберуші|ким|από|αποστολέας|מאת|מ|שולח|من|المرسل|از|فرستنده|差出人|
送信者|送信元|发件人|寄件人|寄件者|发信人|寄件人名稱|보낸 사람|보낸사람|발신|발신자|보낸이|từ|người gửi|
จาก|ผู้ส่ง|dari|pengirim|nuo|siuntėjas|no|sūtītājs|saatja|kellelt|ვისგან|გამომგზავნი|ումից|ուղարկող|frá|
remitent|nork|nga|mula sa|prejeto od|pošiljatelj sporočila|प्रेषक|प्रेषक का नाम
"""
_SENT = """
sent|date|sent at|sent on|date sent|received|gesendet|gesendet am|datum|datum und zeit|verschickt|
envoyé|envoye|envoyé le|date d'envoi|enviado|enviado el|enviada|enviado em|enviada em|enviado a|fecha|
fecha de envío|inviato|data|data invio|inviato il|verzonden|verstuurd|verzonden op|skickat|skickades|
sendt|dato|lähetetty|päivämäärä|päiväys|pvm|aika|wysłano|wysłane|data wysłania|wysłany|odesláno|
odoslané|odoslaná|dátum|отправлено|дата|дата отправки|послано|надіслано|відправлено|дата відправлення|
адпраўлена|дасланa|изпратено|изпратена|датум|послато|poslano|poslato|poslato dana|datum slanja|elküldve|
küldve|feladva|időpont|trimis|trimis la|dată|data trimiterii|gönderildi|gönderilen|tarih|
gönderme tarihi|gönderilme tarihi|göndərildi|tarix|жіберілді|жіберілген|күні|στάλθηκε|ημερομηνία|εστάλη|
ημερ/νία|נשלח|נשלח ב|בתאריך|תאריך|تاريخ الإرسال|التاريخ|تم الإرسال|تاريخ|أرسلت|أُرسلت|تاریخ|ارسال شده|
فرستاده شده|送信日時|日時|日付|送信日|发送时间|日期|时间|发送日期|寄件日期|傳送時間|傳送日期|寄送日期|
보낸 날짜|날짜|보낸날짜|발송일|보낸시간|보낸 시간|일시|đã gửi|ngày|đã gửi vào|thời gian|ส่งแล้ว|
ส่งเมื่อ|วันที่|ส่ง|dikirim|tanggal|terkirim|išsiųsta|data ir laikas|nosūtīts|datums|nosūtīšanas datums|
saadetud|kuupäev|გაგზავნილია|გაგზავნის დრო|თარიღი|ուղարկված է|ամսաթիվ|sent date|enviat|data d'enviament|
bidalia|dërguar|ipinadala|date and time|भेजा गया|दिनांक|dagsetning
"""
_RECIPIENT = """
to|an|empfänger|à|a|pour|destinataire|destinataires|para|destinatario|destinatário|aan|ontvanger|till|
mottagare|til|mottaker|modtager|vastaanottaja|do|adresat|do kogo|komu|pre|кому|получатель|получатели|
одержувач|каму|до|за|прима|получател|prima|za|primatelj|primalac|címzett|către|catre|destinatarul|
destinatari|kime|alıcı|kimə|кімге|προς|παραλήπτης|אל|ל|נמען|נמענים|إلى|الى|المستلم|به|گیرنده|宛先|
受信者|送信先|收件人|收件者|收信人|받는 사람|받는사람|수신|받는이|수신자|đến|tới|người nhận|ถึง|ผู้รับ|
kepada|ke|untuk|kam|kellele|adresatas|gavėjas|kam:|adresāts|adressaat|saaja|ვის|მიმღები|ում|ստացող|per a|nori|për|
naslovnik|प्रति|प्राप्तकर्ता
"""
_COPY = """
cc|bcc|copie|copie à|cci|kopie|kopie (cc)|blindkopie|copia|copia nascosta|ccn|cco|cópia|kopia|kopi|
kópia|kopio|dw|udw|do wiadomości|копия|копія|копiя|прихована копія|скрытая копия|копіявана|másolat|
másolatot kap|bilgi|gizli|koopia|kopija|kk|tiek|копие|skrytá kopie|hemlig kopia|κοιν|κοινοποίηση|עותק|
העתק|نسخة|نسخة إلى|رونوشت|抄送|密送|副本|密件副本|写し|참조|숨은참조|cc:|สำเนา|tembusan|kopēt|asl|ასლი|
պատճեն|көшірме|surəti|kp|in cc|dk
"""
_SUBJECT = """
subject|re|betreff|objet|sujet|oggetto|asunto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|
тема|тэма|subiect|subiectul|subiectul mesajului|tárgy|konu|mövzu|тақырып|тақырыбы|относно|предмет|
naslov|zadeva|θέμα|נושא|הנדון|الموضوع|موضوع|件名|主题|主題|主旨|标题|제목|chủ đề|tiêu đề|เรื่อง|หัวข้อ|
subjek|perihal|tema|temats|tēma|teema|თემა|საგანი|թեմա|assumpte|gaia|subjekti|asunto:|subjekt|efni|paksa|
विषय|antwort|вопрос|тема листа|тема письма|konu başlığı
"""
_OTHER = """
attachments|attachment|anlagen|anlage|anhang|anhänge|pièces jointes|pj|pièce jointe|allegati|allegato|
adjuntos|datos adjuntos|anexos|bijlagen|bijlage|bilagor|vedlegg|vedhæftet|vedhæftede filer|liitteet|
załączniki|přílohy|prílohy|вложения|вложение|вкладення|вкладення:|прикачени файлове|прилози|privici|
priponke|prilozi|mellékletek|atașări|ekler|συνημμένα|קבצים מצורפים|المرفقات|添付ファイル|附件|첨부 파일|
첨부파일|tệp đính kèm|สิ่งที่แนบมา|lampiran|priedai|pielikumi|manused|importance|priority|sensitivity|
wichtigkeit|priorität|importance:|importancia|prioridade|importanza|priorità|urgentie|prioriteit|
prioritet|ważność|важность|важливість|reply-to|reply to|antwort an|antworten an|répondre à|responder a|
responder para|rispondi a|antwoord aan|svara till|svar til|vastaus|odpowiedź-do|odpowiedź do|odpověď na|
odpovedať-pre|ответ-кому|обратный адрес|кому відповісти|válaszcím|răspuns către|yanıt adresi|
odgovori na|when|where|wann|wo|organization|organisation|organizacja|организация|категории|categories|
kategorien|catégories|conversation|in-reply-to|flag|flags|cc to|security|signed by|mailed-by|
mailing list|list|auftrag|phone|datei|folder|ordner|required|optional
"""
_TECHNICAL = """
received|return-path|message-id|mime-version|content-type|content-transfer-encoding|content-disposition|
dkim-signature|authentication-results|received-spf|arc-seal|arc-message-signature|
arc-authentication-results|delivered-to|x-mailer|x-originating-ip|x-spam-status|x-spam-score|x-received|
user-agent|list-unsubscribe|list-id|references|x-google-dkim-signature|x-priority|envelope-to|
delivery-date|feedback-id|x-spam-flag|x-virus-scanned|thread-topic|thread-index|
x-ms-exchange-organization-authsource|precedence|auto-submitted|errors-to|return-path:
"""


def _table() -> dict[str, Field]:
    """Every known name of a header field, folded, with what it tells; the first group wins."""
    found: dict[str, Field] = {}
    groups = (
        (Field.TECHNICAL, _TECHNICAL.replace("received|return-path", "return-path", 1)),
        (Field.SENDER, _SENDER),
        (Field.SENT, _SENT),
        (Field.RECIPIENT, _RECIPIENT),
        (Field.COPY, _COPY),
        (Field.SUBJECT, _SUBJECT),
        (Field.OTHER, _OTHER),
    )
    for field, names in groups:
        for name in names.replace("\n", "").split("|"):
            found.setdefault(fold(name).rstrip(":").casefold(), field)
    found.pop("", None)
    return found


LABELS = _table()

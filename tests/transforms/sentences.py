"""News sentences of our own in many languages, with the quotes, dashes and spaces each is printed with."""

# ruff: noqa: E501

SENTENCES = {
    "ar": "قرر مجلس المدينة مساء الخميس إعادة فتح خط العبارات القديم، ومن المقرر أن تغادر «أول سفينة» في السادسة صباحا.",
    "cs": "Zastupitelstvo ve čtvrtek večer rozhodlo o obnovení přívozu; „první loď vypluje v šest,“ řekl starosta Dvořák.",
    "de": "Der Stadtrat hat am Donnerstag beschlossen, die alte Fähre wieder zu öffnen – „endlich“, sagte Jürgen Größ.",
    "en": "The council voted late on Thursday to reopen the old ferry line — “at last,” said Zoë Muñoz, the port’s chief.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε το βράδυ της Πέμπτης να ανοίξει ξανά την «παλιά γραμμή» των πορθμείων.",
    "es": "El ayuntamiento decidió el jueves reabrir la línea de ferris: «¿Por qué no?», dijo Íñigo Ibáñez, de A Coruña.",
    "fi": "Kaupunginvaltuusto päätti torstai-iltana avata vanhan lauttalinjan; ”vihdoin”, sanoi Väinö Åkerlund Äänekoskelta.",
    "fr": "Le conseil a décidé jeudi de rouvrir l’ancienne ligne à Orléans : « Ça y est ! », a lâché Hélène Lebœuf.",
    "he": "מועצת העיר החליטה ביום חמישי בערב לפתוח מחדש את קו המעבורת הישן, והספינה ״הראשונה״ תצא בשש בבוקר.",
    "hi": "नगर परिषद ने गुरुवार की रात पुरानी नौका सेवा फिर से शुरू करने का फैसला किया, पहली नाव सुबह छह बजे चलेगी।",
    "hu": "A városi tanács csütörtök este úgy döntött, hogy megnyitja a régi kompjáratot; „végre” – mondta Szőke Ödön.",
    "it": "Il consiglio ha deciso giovedì di riaprire la linea dei traghetti: «È fatta», ha detto Niccolò, «perché c’è libertà».",
    "ja": "市議会は木曜日の夜、古いフェリー航路を再開することを決め、「最初の便」は午前六時に出航する。",
    "ko": "시의회는 목요일 밤 옛 여객선 항로를 다시 열기로 결정했으며 “첫 배”는 오전 여섯 시에 출발한다.",
    "pl": "Rada miasta zdecydowała w czwartek o otwarciu linii promowej – „nareszcie”, powiedziała Łucja Źdźbło z Łodzi.",
    "pt": "A câmara decidiu na quinta-feira reabrir a linha de barcos; “não há razão para esperar”, disse João Conceição.",
    "ro": "Consiliul local a hotărât joi să redeschidă linia de feribot; „în sfârșit”, a spus Ștefan Țîrlea din Brăila.",
    "ru": "Городской совет решил в четверг вновь открыть паромную линию — «первый паром» отправится в шесть часов утра.",
    "sv": "Kommunfullmäktige beslutade på torsdagen att öppna färjelinjen igen; ”äntligen”, sade Åsa Öberg från Älvsbyn.",
    "tr": "Belediye meclisi perşembe akşamı eski feribot hattını açmaya karar verdi; “nihayet” dedi Işıl Çağlar Öğüt.",
    "uk": "Міська рада вирішила у четвер знову відкрити стару поромну лінію — «перший пором» вирушить о шостій ранку.",
    "vi": "Hội đồng thành phố tối thứ Năm đã quyết định mở lại tuyến phà cũ, “chuyến đầu tiên” khởi hành lúc sáu giờ sáng.",
    "zh": "市议会周四晚间决定重新开放旧渡轮航线，“第一班船”将于早上六点出发，居民表示欢迎。",
}  # fmt: skip

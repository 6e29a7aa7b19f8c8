"""Words of bylines in the languages of news: what stands before, between and behind the names of people."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BY = (
    r"by|(?:this (?:post|article|story) was )?written by|"
    r"interview(?:ed)? by|guest (?:author|post by)|words by|story by|text by|posted by|published by|"
    r"reported by|reporting by|authors?|"
    r"author\(s\)|writers?|contributors?|created by|submitted by|an article by|opinion by|analysis by|"
    r"essay by|review by|reviewed and written by|von|ein beitrag von|ein kommentar von|"
    r"texte?|autor(?:in|en|es|a|as)?|verfasst von|geschrieben von|par|écrit par|rédigé par|publié par|"
    r"propos recueillis par|auteure?s?|por|escrito por|publicado por|texto|texto de|di|da|a cura di|"
    r"scritto da|pubblicato da|autor[ei]|articolo di|testo di|door|geschreven door|tekst|auteurs?|av|af|"
    r"skrevet av|skrevet af|skriven av|publicerad av|kirjoittaja|toimittaja|teksti|kirjoittanut|autorzy|"
    r"napisane przez|написано автором|được viết bởi|글쓴이|كُتب بواسطة|执笔者|"
    r"napisał(?:a)?|opracował(?:a)?|tekst|napsala?|píše|zdroj a autor|szerző|írta|de|scris de|publicat de|"
    r"oprac\.?|(?:aus \w{2,20} )?berichtet|"
    r"автор(?:ы|и)?|текст|от|yazan|yazar|oleh|penulis|ditulis oleh|tác giả|συντάκτης|του|της|από|"
    r"بقلم|كتب|كتبت|מאת|作者|記者|记者|文|撰文|著者|執筆者?|글|โดย"
)
"""Alternatives of a regular expression: what introduces names."""

WRITTEN = (
    r"(?:this (?:post|article|story|piece) was )?written by|(?:about the )?guest (?:author|post by)|"
    r"(?:dieser (?:artikel|beitrag) wurde )?(?:verfasst|geschrieben) von|(?:cet article a été )?(?:écrit|rédigé) par|"
    r"escrito por|scritto da|geschreven door|skrevet a[vf]|skriven av|kirjoittanut|napisał(?:a)?|napsala?|ditulis oleh"
)
"""Alternatives of a regular expression: what tells who wrote an article wherever it stands."""

GENRES = (
    r"(?:(?:an?|eine?|une?|un[ao]?) )?(?:analys[ei]s?|anàlisi|análisis|análise|analisi|artikel|article|artículo|"
    r"bericht|chronique|column|columna|comment|commentaire|commento|crónica|entretien|entrevista|essay|gastbeitrag|glosse|"
    r"interview|intervista|kolumne|kommentar|leitartikel|opinion|opinión|porträt|protokoll|reportage|reportaje|"
    r"reportagem|report|review|rezension|text|tribune)"
)
"""Kinds of articles, as they stand before the word "by" or a colon."""
OF = "by|von|vom|par|por|de|di|da|door|av|af"

NOT_BY = (
    r"(?:medically |expertly |clinically |legally |peer[- ]|last |fact[- ])?"
    r"(?:reviewed|checked|edited|updated|translated|verified|photographed|illustrated|produced|narrated|recipe|photos?|"
    r"photography|pictures?|images?|videos?|graphics?|design|code|sponsored|presented|advertisement|liked|shared)"
    r" ?(?:by|:)|fotos?:|foto:|bild(?:er)?:|photos? ?:|kuva:|zdjęcia:|фото:|edited by|übersetzt von|bearbeitet von|"
    r"traduit par|traducido por|traducción|redigerat av|写真|撮影|photographies?|责任编辑|責任編輯|编辑|編輯|责编"
)
"""Alternatives of a regular expression: what introduces people who did not write it."""

PARTICLES = _words("""
    a af al ap ben bin bint d da dal dalla das de degli dei del della den der des di do dos du e el et i ibn la
    las le lo los mac mc och ou 's san st 't ten ter till van vande vanden vander vom von và y z zu zum zur
""")
"""Words of a name that are written small."""

ARTICLES = _words("""
    a as az das de den der det die el gli het il la las le les lo los o os the
""")
"""Words a newspaper's name may begin with, and no person's."""

AND = "and|und|et|og|och|ja|oraz|и|та|και|và|dan|ve|és|és|şi|și|with|mit|avec|con|with additional reporting by"
"""Words between names."""

AND_OR_NAME = "y|e|i|en|a|kaj"
"""Words between names that also stand inside a name (Ortega y Gasset): they part full names only."""

JOBS = _words("""
    analyst anchor author blogger bureau business ceo chief co-founder cofounder columnist columnista commentator
    contributing contributor contributors correspondant correspondante correspondent correspondents corresponsal
    corrispondente critic deputy designer desk director directora editor editor-in-chief editora editorial editors
    editörü founder freelance freelancer head health journalism journalist journalista journaliste journalisten
    journalistin kolumnist korrespondent korrespondentin manager managing medewerker moderator muhabir periodista
    photographer photojournalist political politics president producer professor redacteur redactor redactora
    redakteur redakteurin redaktor redaktör redaktør reporter reportera reporters rédacteur rédactrice science
    senior specialist sports staff technology toimittaja verslaggever vice volontär wartawan writer writers
    журналист журналіст кореспондент корреспондент обозреватель редактор
""")
"""Jobs: what stands behind a name, or alone instead of one."""

ORGANISATIONS = _words("""
    academy admin administrator advertisement agence agencia agencias agencies agency agentur agenturen agenzia
    anonymous articles association bank bio blog board center centre club college comment comments commission
    committee comms communications community company conteudo corp corporation council courtesy credit daily
    department editorial-team ekibi facebook firma foundation fundación gazette getty gmbh government graphics group
    herald illustration image images inc instagram institute institution international journal lab labs library
    limited linkedin llc login ltd magazin magazine marketing media menu ministry museum n/a network networks news
    newspaper newspapers newsroom newswire none null office online organisation organization photo photography
    photos picture plc profile publishing radio redaccion redacción redactie redakce redakcia redakcja redaksi
    redaksjonen redaktion redaktionen redazione redação release review rédaction school service services
    shutterstock society solutions studio studios subscribe support syndication system team teams television times
    toimitus tribune tv twitter undefined union university universität unknown various verlag video webdesk
    webmaster website wire youtube zeitung редакция редакція редакції
""")
"""Words that make a name that of no person."""

NO_NAMES = _words("""
    about all api apply article best blogs book books call click comments contact courses download explore follow
    foto fotograf fotografie fotografía fotos get guide guides here how jobs join latest learn lessons list meet meets
    more my national opinion opinión opinião our podcast post posts privacy read related save search see share shop
    sign site story stories terms this tips top topics using via view visit watch what why your
""")
"""Words of labels and menus, which no name has."""

SURNAMES_TOO = frozenset(
    ("bank", "best", "book", "call", "list", "more", "page", "post", "read", "senior", "share", "story")
)
"""Words of jobs, organisations and labels that are surnames too: of what is said to be a person they are."""

ONLY_ARTICLES = _words("das der die het las los the")
"""Articles that are no given name anywhere: what begins with one is a newspaper."""

NAMES_OF_PAPERS = _words("el il la las le les los o the")
"""Articles that make two words the name of a newspaper: Le Figaro."""

AGENCIES = {
    "afp": "AFP", "agence france-presse": "AFP", "ap": "AP", "associated press": "AP", "the associated press": "AP",
    "reuters": "Reuters", "dpa": "dpa", "deutsche presse-agentur": "dpa", "efe": "EFE", "agencia efe": "EFE",
    "ansa": "ANSA", "apa": "APA", "belga": "Belga", "anp": "ANP", "ritzau": "Ritzau", "ntb": "NTB", "lusa": "Lusa",
    "xinhua": "Xinhua", "tass": "TASS", "тасс": "TASS", "interfax": "Interfax", "ukrinform": "Ukrinform",
    "pap": "PAP", "čtk": "ČTK", "mti": "MTI", "sid": "SID", "pti": "PTI", "ani": "ANI", "ians": "IANS",
    "kyodo": "Kyodo", "yonhap": "Yonhap", "bloomberg": "Bloomberg", "upi": "UPI", "pa media": "PA Media",
    "press association": "PA Media", "canadian press": "The Canadian Press",
    "the canadian press": "The Canadian Press", "aap": "AAP", "antara": "Antara", "europa press": "Europa Press",
    "agerpres": "Agerpres", "anadolu": "Anadolu", "bta": "BTA", "keystone-sda": "Keystone-SDA",
}  # fmt: skip
"""News agencies by their folded names and short names."""

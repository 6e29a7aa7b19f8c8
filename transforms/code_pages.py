"""Which one-byte code page a text in Latin letters is written in: the one that gives the letters of its language."""

from __future__ import annotations

from transforms.languages import detect

_CODE_PAGES = ("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257")
"""The likeliest first: it is chosen where another gives no more letters."""
_LETTERS = {
    "bs": "čćđšž", "cs": "áčďéěíňóřšťúůýž", "hr": "čćđšž", "hu": "áéíóöőúüű", "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž", "pl": "ąćęłńóśźż", "ro": "ăâîşţ", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "sr": "čćđšž",
    "tr": "âçğıîöşüûİ",
}  # fmt: skip
"""Letters beyond ASCII of languages written in other code pages than the Western one, by ISO 639-1 code."""
_FIRST_OTHER_SCRIPT = "\u0370"


def latin_code_page(sample: bytes, reading: str) -> str | None:
    """Return the code page of `sample`, of which some detector makes `reading`; None where that is not Latin script.

    Western code pages differ in a few signs, which detectors mistake; a language's letters tell them apart.

    >>> latin_code_page("Zażółć gęślą jaźń, powiedziała w środę".encode("iso8859-2"), "Latin letters")
    'iso8859-2'
    """
    if any(character >= _FIRST_OTHER_SCRIPT and character.isalpha() for character in reading):
        return None
    letters = _LETTERS.get(detect(sample.decode("cp1252", "replace")) or "", "")
    counts = {page: _count(sample, page, letters) for page in _CODE_PAGES}
    best = max(counts, key=lambda page: counts[page])
    return best if counts[best] >= 0 else None


def _count(sample: bytes, page: str, letters: str) -> int:
    """Return how many of `letters` the code page gives; -1 where it cannot be the one."""
    try:
        text = sample.decode(page)
    except UnicodeDecodeError:
        return -1
    if any("\x80" <= character <= "\x9f" for character in text):
        return -1
    return sum(character in letters or character.lower() in letters for character in text if character > "\x7f")
